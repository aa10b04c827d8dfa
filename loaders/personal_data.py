"""Recognise personal numbers, telephone numbers and e-mail addresses in a text."""

import re

_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
_PERSONAL = re.compile(rf"(?<!\d)(?:(?:19|20)\d{{2}}{_DAY}[-+ ]?\d{{4}}|\d{{2}}{_DAY}[-+]\d{{4}})(?!\d)")
_PLAIN = re.compile(rf"(?<!\d)\d{{2}}{_DAY}\d{{4}}(?!\d)")
_MAIL = re.compile(r"[^\s@,;|<>]+@[^\s@,;|<>]+\.[A-Za-z]{2,}")
_TELEPHONE = re.compile(r"(?<![\w./-])(?:\+\d|0\d)[\d ()/–-]{5,}\d(?!\w)")
_DIGITS = range(8, 14)


def found_in(text: str) -> str | None:
    """Return what kind of personal data a text seems to hold, None for none.

    >>> found_in("ring +46 8 123 45 67"), found_in("556012-5790")
    ('a telephone number', None)
    """
    if _PERSONAL.search(text) or any(luhn(found) for found in _PLAIN.findall(text)):
        return "a personal number"
    if _MAIL.search(text):
        return "an e-mail address"
    if any(sum(map(str.isdigit, found)) in _DIGITS for found in _TELEPHONE.findall(text)):
        return "a telephone number"
    return None


def luhn(digits: str) -> bool:
    """Tell whether the last of the digits is the check digit of the others.

    >>> luhn("2321000040"), luhn("2321000041")
    (True, False)
    """
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
