"""The 16 kinds of fault that are planted into a CORDIS-like file, and how well a reader's rejects agree.

A reader that keeps to the grammar (after a closing quote comes `;` or the end of the line) and starts
again at the line after the one where a broken record began, finds each where the truth says it is.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random

COLUMNS = (
    *(
        "projectID",
        "projectAcronym",
        "organisationID",
        "vatNumber",
        "name",
        "shortName",
        "SME",
        "activityType",
    ),
    *("street", "postCode", "city", "country", "nutsCode", "geolocation", "organizationURL", "contactForm"),
    *("contentUpdateDate", "rcn", "order", "role", "ecContribution", "netEcContribution", "totalCost"),
    *("endOfParticipation", "active"),
)
RECORD = "record"  # the field of a fault that belongs to no column
DUPLICATE = "duplicate"  # an exact repetition: counted, and no fault
_TEXTS = ("projectAcronym", "name", "shortName", "street", "city")

Spoil = Callable[[list[str], Random], tuple[bytes, str]]


@dataclass(frozen=True)
class Fault:
    """What was planted: the first physical line of the record, the kind, the column or "record"."""

    line: int
    kind: str
    field: str


@dataclass(frozen=True)
class Agreement:
    """How rejects agree with the truth: by line, and by line and field together."""

    planted: int
    rejected: int
    lines: int  # rejected at the right line
    fields: int  # and with the right field

    @property
    def precision(self) -> float:
        """Return the share of the rejects that were planted as told."""
        return self.fields / self.rejected if self.rejected else 1.0

    @property
    def recall(self) -> float:
        """Return the share of the planted faults that were told."""
        return self.fields / self.planted if self.planted else 1.0


def agreement(truth: Iterable[Fault], rejects: Iterable[tuple[int, str]]) -> Agreement:
    """Compare what was planted with rejects as (line, field); exact repetitions are none of either.

    A reader may tell a fault of the record's form or bytes as that of the record instead of a column.
    """
    planted = {fault.line: fault for fault in truth if fault.kind != DUPLICATE}
    told = set(rejects)
    met = [(planted[line], field) for line, field in told if line in planted]
    right = {fault.line for fault, field in met if field in _fields(fault)}
    return Agreement(len(planted), len(told), len({fault.line for fault, _ in met}), len(right))


def quoted(values: Sequence[str]) -> str:
    """Return a record as CORDIS prints it: every field quoted, `;` between them."""
    inner = '";"'.join(value.replace('"', '""') for value in values)
    return f'"{inner}"\n'


def _fields(fault: Fault) -> tuple[str, ...]:
    return (fault.field, RECORD) if fault.kind in FORM else (fault.field,)


def _missing_field(values: list[str], chance: Random) -> tuple[bytes, str]:
    del values[chance.randrange(1, len(values))]
    return quoted(values).encode(), RECORD


def _extra_field(values: list[str], chance: Random) -> tuple[bytes, str]:
    """Put a `;` outside the quotes, which cuts a field in two or makes an empty one."""
    head, tail = quoted(values[:9]).rstrip("\n"), quoted(values[9:])
    return (head + chance.choice((";", ';" room 2"')) + ";" + tail).encode(), RECORD


def _shifted_row(values: list[str], chance: Random) -> tuple[bytes, str]:
    """Split totalCost at its decimal comma: all behind slides by one, and the last field falls off."""
    cost = COLUMNS.index("totalCost")
    whole = [*values[:cost], str(chance.randrange(10_000, 9_000_000)), "25", *values[cost + 1 : -1]]
    return quoted(whole).encode(), "endOfParticipation"


def _unclosed_quote(values: list[str], chance: Random) -> tuple[bytes, str]:
    """Leave a field without its closing quote: within the record, or at its end before the next one."""
    open_ = chance.choice((*_TEXTS, "contactForm", "active"))
    at = COLUMNS.index(open_)
    shown = [quoted([value]).rstrip("\n") for value in values]
    shown[at] = shown[at][:-1]
    return (";".join(shown) + "\n").encode(), RECORD


def _bytes(*bad: bytes) -> Spoil:
    """Return a fault that puts one of these into a text."""

    def spoil(values: list[str], chance: Random) -> tuple[bytes, str]:
        field = chance.choice(_TEXTS)
        values[COLUMNS.index(field)] += "\N{SNOWMAN}X"
        return quoted(values).encode().replace("\N{SNOWMAN}".encode(), chance.choice(bad)), field

    return spoil


def _value(columns: str, *bad: str) -> Spoil:
    """Return a fault that puts one of these values into one of these columns."""

    def spoil(values: list[str], chance: Random) -> tuple[bytes, str]:
        field = chance.choice(columns.split())
        values[COLUMNS.index(field)] = chance.choice(bad)
        return quoted(values).encode(), field

    return spoil


FORM: dict[str, Spoil] = {
    "missing-field": _missing_field,
    "extra-field": _extra_field,
    "shifted-row": _shifted_row,
    "unclosed-quote": _unclosed_quote,
    "nul-byte": _bytes(b"\x00"),
    "control-character": _bytes(
        b"\x07", b"\x0b", b"\x1b", b"\x1c"
    ),  # two of them end a line for str.splitlines
    "not-utf8": _bytes(b"\xe9", b"\xd6", b"\xff\xfe"),
}
_VALUES: dict[str, Spoil] = {
    "empty-project": _value("projectID", ""),
    "bad-pic": _value("organisationID", "9100A0021", "PIC", "n/a"),
    "bad-amount": _value("ecContribution totalCost", "12O000,5", "n/a", "10,5,1"),
    "negative-amount": _value("ecContribution totalCost", "-103437.5", "-1"),
    "bad-role": _value("role", "participnt", "boss"),
    "bad-boolean": _value("SME endOfParticipation", "maybe", "2"),
    "bad-coordinates": _value("geolocation", "91.5,17.9", "45.2,181.3", "-90.01,0.0"),
    "bad-country": _value("country", "SWE", "S3", "12"),
    "bad-update-date": _value("contentUpdateDate", "2023-13-45 13:15:00", "2023-02-30 09:00:00"),
}
KINDS: dict[str, Spoil] = {**FORM, **_VALUES}
