"""Give the value of an XLSX cell as text: numbers without `.0`, dates in ISO form, error cells as a fault."""

import re
from datetime import datetime, timedelta
from decimal import Decimal

_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))  # built-in formats
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_SECOND = timedelta(seconds=1)
_EPOCH = datetime(1904, 1, 1)  # noqa: DTZ001 - a cell knows no time zone


class CellError(ValueError):
    """A cell holds no value that can be read."""


def is_date(number: int, code: str | None) -> bool:
    """Tell whether a number format (its number; its code if it is the file's own) writes a date or time."""
    if code is None:
        return number in _DATES
    return re.search("[dmyhs]", _NOT_CODE.sub("", code.partition(";")[0]), re.IGNORECASE) is not None


def unescaped(text: str) -> str:
    """Return a text with `_x000D_` and the like as the characters they stand for."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def number(text: str) -> str:
    """Return a stored number as it is read: no `.0`, no exponent, no tail of binary rounding."""
    if _WHOLE.fullmatch(text):
        return text
    try:
        value = float(text)
    except ValueError as error:
        raise CellError(f"{text[:50]!r} is no number") from error
    if not abs(value) < 1e300:
        raise CellError(f"{text[:50]!r} is no number that can be kept")
    return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")


def date(text: str, since_1904: bool) -> str:
    """Return the date, date and time, or time that a stored day number stands for."""
    try:
        serial = float(text)
        days = int(serial)
        seconds = round((serial - days) * 86400)
        if days == 0 and not since_1904:
            return (_EPOCH + seconds * _SECOND).time().isoformat()
        day = _EPOCH if since_1904 else _EPOCH - timedelta(1462 if days > 60 else 1461)
        moment = day + timedelta(days=days) + seconds * _SECOND
    except (ValueError, OverflowError) as error:
        raise CellError(f"{text[:50]!r} is no day") from error
    if days < 0:
        raise CellError(f"{text[:50]!r} is no day")
    return moment.isoformat() if seconds else moment.date().isoformat()
