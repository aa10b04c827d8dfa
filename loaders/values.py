"""Turn the text of a field into a term or a part of an IRI; what cannot be turned raises ValueError.

A converter takes the text of one field, never empty, in NFC and without control characters (the readers see
to that), and returns N-Triples text or a key. It is called once a field and row, so it is short and plain.
"""

import html
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import NamedNode

from ontology.names import XSD

Converter = Callable[[str], str]

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_SPECIAL = re.compile(r'["\\\n\r\t]')
_NUMBER = re.compile(r"-?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|-?\d+(?:[.,]\d+)?", re.ASCII)
_NOT_KEY = re.compile(r"[^A-Za-z0-9]+")
_FORMS = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y", "%Y-%m-%dT%H:%M:%S")
_ISO = re.compile(r"(19|20)\d\d-\d\d-\d\d(?:[ T]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?)?\Z", re.ASCII)
_YEAR = re.compile(r"\d{4}\Z", re.ASCII)
_BREAK = re.compile(r"</?(?:br|div|h[1-6]|li|ol|p|table|td|th|tr|ul)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LETTERS = str.maketrans("åäöéüøæÅÄÖÉÜØÆ", "aaoeuoaAAOEUOA")


def quoted(value: str) -> str:
    """Return a text between quotes, escaped as N-Triples asks."""
    return f'"{value.translate(_ESCAPES)}"' if _SPECIAL.search(value) else f'"{value}"'


def plain(value: str) -> str:
    """Return a plain string literal."""
    return quoted(value)


def swedish(value: str) -> str:
    """Return a text in Swedish."""
    return f"{quoted(value)}@sv"


def english(value: str) -> str:
    """Return a text in English."""
    return f"{quoted(value)}@en"


def cleaned(value: str) -> str:
    """Return a text without HTML tags and entities, with single blanks, its paragraphs on lines of their own.

    >>> cleaned("<p>Att  <b>växa</b> &amp; frodas</p><br>a < b")
    'Att växa & frodas\\na < b'
    """
    if "<" in value or "&" in value:
        value = html.unescape(_TAG.sub("", _BREAK.sub("\n", value)))
    return "\n".join(line for each in value.splitlines() if (line := " ".join(each.split())))


def prefixed(prefix: str) -> Converter:
    """Return a converter that puts a word before an identifier, such as `PIC 999979888`."""
    return lambda value: quoted(f"{prefix} {value}")


@lru_cache(maxsize=65_536)
def amount(value: str) -> str:
    """Return a canonical decimal without exponent: comma or point, blanks between thousands, never negative.

    >>> amount("103437,5"), amount("103437.5"), amount("4 973 906")
    ('103437.5', '103437.5', '4973906')
    """
    whole, mark, part = value.replace(",", ".", 1).partition(".")
    if value.isascii() and whole.isdigit() and (part.isdigit() or not mark):  # what most are
        whole, part = whole.lstrip("0") or "0", part.rstrip("0")
        return f"{whole}.{part}" if part else whole
    if not _NUMBER.fullmatch(value):
        raise ValueError("an amount such as 103437.5 or 103437,5 was expected")
    found = Decimal(re.sub(r"[ \u00a0\u202f]", "", value).replace(",", "."))
    if found < 0:
        raise ValueError("an amount of 0 or more was expected")
    shown = format(found, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def digits(value: str) -> str:
    """Return a number made of digits only, as a key."""
    if not (value.isascii() and value.isdigit()):
        raise ValueError("digits only were expected")
    return value


def key(value: str) -> str:
    """Return a source's own identifier as a part of an IRI: other characters become hyphens."""
    found = _NOT_KEY.sub(_joint, value.translate(_LETTERS)).strip("-._")
    if not found:
        raise ValueError("an identifier with letters or digits was expected")
    return found


def _joint(gap: re.Match[str]) -> str:
    return gap[0] if gap[0] in (".", "_", "-") else "-"


def slug(value: str) -> str:
    """Return a name as a part of an IRI: small letters a-z, digits and hyphens."""
    found = _NOT_KEY.sub("-", value.translate(_LETTERS)).strip("-").lower()
    if not found:
        raise ValueError("a name with letters or digits was expected")
    return found[:120].rstrip("-")


@lru_cache(maxsize=65_536)
def day(value: str) -> str:
    """Return an xsd:date of a day in any of the forms that the sources use; a moment gives its day."""
    return f'"{_day(value).isoformat()}"^^<{XSD}date>'


def day_of(*forms: str) -> Converter:
    """Return a converter of days written in these forms of `strptime` and no others."""

    @lru_cache(maxsize=65_536)
    def convert(value: str) -> str:
        return f'"{_day(value, forms).isoformat()}"^^<{XSD}date>'

    return convert


@lru_cache(maxsize=65_536)
def day_or_year(value: str) -> str:
    """Return an xsd:date, or an xsd:gYear when no more than a year is written."""
    return f'"{value}"^^<{XSD}gYear>' if _YEAR.match(value) else day(value)


def plain_day(term: str) -> str:
    """Return the day or year inside a term made here, to be compared as text."""
    return term[1 : term.index('"', 1)]


def in_order(start: str, end: str) -> bool:
    """Tell whether the day in a term made here comes no later than another."""
    return plain_day(start) <= plain_day(end)


def _day(value: str, forms: Iterable[str] = _FORMS) -> date:
    if forms is _FORMS and _ISO.match(value):  # the usual form, twenty times as fast
        with suppress(ValueError):
            return date.fromisoformat(value[:10])
    for form in forms:
        try:
            found = datetime.strptime(value, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
        if 1900 <= found.year <= 2100:
            return found
    raise ValueError("a real day such as 2024-04-01 was expected")


def one_of(words: Mapping[str, str]) -> Converter:
    """Return a converter that turns one of a source's words into ours."""

    def convert(value: str) -> str:
        found = words.get(value)
        if found is None:
            raise ValueError(f"expected one of {', '.join(sorted(words)[:12])}")
        return found

    return convert


@lru_cache(maxsize=65_536)
def address(value: str) -> str:
    """Return a web address as an IRI; one without a scheme is read as https."""
    found = value if value.startswith(("http://", "https://")) else f"https://{value}"
    if " " in found or "." not in found:
        raise ValueError("a web address was expected")
    try:
        return str(NamedNode(found))
    except ValueError as error:
        raise ValueError(f"a web address was expected ({error})") from error


def boolean(value: str) -> str:
    """Return `true` or `false` of the words that sources use for them."""
    found = value.casefold()
    if found not in ("true", "false"):
        raise ValueError("true or false was expected")
    return found
