"""Lead a record's own keys to one organisation: by number, ROR id, PIC and reviewed lines, never by likeness.

What `Matcher.resolve` returns is a pure function of the record's keys, the bundled sources and the reviewed
table `lookups/organisations.csv`; what is loaded already, and in which order, changes nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from loaders.curated import organisation_number
from loaders.errors import LayoutError, LoadError, RecordError
from loaders.organisation_names import name_key
from loaders.reviewed import LOOKUPS, rows
from loaders.source import SNAPSHOTS

Method = Literal["organisation-number", "ror", "pic", "reviewed-name", "own-key"]

TABLE = LOOKUPS / "organisations.csv"
COLUMNS = ("kind", "value", "source", "verdict", "organisation", "why", "as_of")

_METHODS: dict[str, Method] = {"number": "organisation-number", "ror": "ror", "pic": "pic"}
_PREFIXES = {"number": "orgnr-", "ror": "ror-", "pic": "pic-"}
_VAT = re.compile(r"SE([0-9]{10})01")
_BLANKS = re.compile(r"[\s.-]+")
_ROR = re.compile(r"(?:https?://ror\.org/)?(0[a-z0-9]{6}[0-9]{2})")
_PIC = re.compile(r"[0-9]{1,12}")
_KEY = re.compile(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Keys:
    """What a record says of an organisation: its number, ROR id, PIC, VAT number, name, and who says it."""

    number: str | None
    ror: str | None
    pic: str | None
    vat: str | None
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Match:
    """The KEY of organisation/KEY, what led to it, and whether a reviewed line or a bundled source did."""

    key: str
    method: Method
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table, or a key that a bundled source states."""

    kind: str
    value: str
    source: str  # empty for any
    verdict: str
    organisation: str
    where: str
    rank: int  # 0 for the bundled sources, 1 for the committed table, 2 and on for tables beside the store

    @property
    def of(self) -> tuple[str, str, str]:
        """Return what the line speaks of."""
        return self.kind, self.value, self.source


def number_from_vat(vat: str) -> str | None:
    """Return the organisation number in a Swedish VAT number, None when there is none or it is misprinted.

    >>> number_from_vat("SE202100309601"), number_from_vat("SE202100309701"), number_from_vat("DE812345670")
    ('202100-3096', None, None)
    """
    found = _VAT.fullmatch(_BLANKS.sub("", vat).upper())
    try:
        return organisation_number(found[1]) if found else None
    except RecordError:
        return None


def own_key(kind: str, value: str) -> str:
    """Return the key of an organisation that nothing leads elsewhere: orgnr-NNNNNNNNNN, ror-ID or pic-N."""
    return _PREFIXES[kind] + value.replace("-", "")


class Matcher:
    """Resolve keys by dictionaries that are built once."""

    def __init__(self, lines: Iterable[Line]) -> None:
        stated = list(lines)
        self._different = {(line.of, line.organisation): line for line in stated if line.verdict != "same"}
        self._same: dict[tuple[str, str, str], Line] = {}
        self._cached = lru_cache(maxsize=65_536)(self._resolve)
        standing = [line for line in stated if line.verdict == "same" and not self._undone(line)]
        pairs = [(self._same.setdefault(line.of, line), line) for line in standing]
        for first, second in pairs:
            if self._follow(first) != self._follow(second):
                raise _contradiction(first, second)

    @classmethod
    def reviewed(cls, *more: Path) -> "Matcher":
        """Build from the bundled sources, the committed table, and further tables of the same columns."""
        tables = (read_table(path, rank) for rank, path in enumerate((TABLE, *more), start=1))
        return cls([*_bundled(), *(line for table in tables for line in table)])

    def resolve(self, keys: Keys) -> Match:
        """Return the organisation that a record's keys lead to.

        First comes a key that leads to a curated organisation (number, ROR id, PIC, in this order), then the
        record's own number, then a ROR id or PIC that leads to another key, then the record's own ROR id or
        PIC. A name leads anywhere only in a record without keys, and only by a reviewed line; else the record
        is an organisation of its source's own.
        """
        return self._cached(keys)

    def _resolve(self, keys: Keys) -> Match:
        found = list(_keys(keys))
        if not found:
            return self._by_name(keys)
        led = [(kind, self._lead(kind, value, keys.source)) for kind, value in found]
        for kind, place in led:
            if place and not parted(place)[0]:
                return Match(place, _METHODS[kind], reviewed=True)
        strongest, value = found[0]
        for kind, place in led[:1] if strongest == "number" else led:
            if place:
                return Match(place, _METHODS[kind], reviewed=True)
        return Match(own_key(strongest, value), _METHODS[strongest], reviewed=False)

    def _by_name(self, keys: Keys) -> Match:
        name = name_key(keys.name)
        if led := self._lead("name", name, keys.source):
            return Match(led, "reviewed-name", reviewed=True)
        return Match(f"{keys.source}.{name}", "own-key", reviewed=False)

    def differs(self, key: str, organisation: str) -> bool:
        """Tell whether a reviewed line keeps a key (as `pic-…` or `SOURCE.name`) from an organisation."""
        kind, value, source = parted(key)
        return any(((kind, value, of), organisation) in self._different for of in {"", source})

    def _lead(self, kind: str, value: str, source: str) -> str | None:
        """Return where a key is led, None for nowhere; a key kept from the last place is kept from all."""
        line = self._same.get((kind, value, source)) or self._same.get((kind, value, ""))
        if line is None or self._kept_apart(kind, value, source, line.organisation):
            return None
        last = self._follow(line)
        return None if self._kept_apart(kind, value, source, last) else last

    def _kept_apart(self, kind: str, value: str, source: str, organisation: str) -> bool:
        return any(((kind, value, of), organisation) in self._different for of in (source, ""))

    def _follow(self, line: Line) -> str:
        """Go on while the organisation of a line is itself a key that a line leads further."""
        passed = {line.organisation}
        while True:
            kind, value, source = parted(line.organisation)
            further = self._same.get((kind, value, source)) or self._same.get((kind, value, ""))
            if further is None or self._kept_apart(kind, value, source, further.organisation):
                return line.organisation
            if further.organisation in passed:
                raise _contradiction(further, line)
            passed.add(further.organisation)
            line = further

    def _undone(self, line: Line) -> bool:
        """Tell whether a table of a higher rank takes a line back; one of the same rank contradicts it."""
        for scope in {line.source, ""}:
            other = self._different.get(((line.kind, line.value, scope), line.organisation))
            if other is not None and other.rank <= line.rank:
                raise _contradiction(line, other)
            if other is not None:
                return True
        return False


def read_table(path: Path, rank: int = 1) -> Iterator[Line]:
    """Yield the lines of a reviewed table; raise LayoutError for one that is not filled in."""
    for where, row in rows(path, *COLUMNS):
        try:
            yield _line(where, row, rank)
        except RecordError as error:
            raise LayoutError(f"{where}: {error}.") from error


def _line(where: str, row: dict[str, str], rank: int) -> Line:
    kind, value, verdict, organisation = row["kind"], row["value"], row["verdict"], row["organisation"]
    if verdict not in ("same", "different"):
        raise RecordError("verdict", verdict, "fill in same or different")
    if not _KEY.fullmatch(organisation):
        raise RecordError("organisation", organisation, "expected the KEY of organisation/KEY")
    if not row["why"]:
        raise RecordError("why", "", "say what the verdict rests on")
    if not _DAY.fullmatch(row["as_of"]):
        raise RecordError("as_of", row["as_of"], "expected the day of the review, such as 2026-11-21")
    if kind not in _FORMS:
        raise RecordError("kind", kind, f"expected one of {', '.join(_FORMS)}")
    return Line(kind, _FORMS[kind](value), row["source"], verdict, organisation, where, rank)


def _bundled() -> Iterator[Line]:
    """Yield the ROR ids and organisation numbers that the bundled sources state of curated organisations."""
    for where, row in rows(SNAPSHOTS / "actors" / "actors.csv", "organisation", "ror"):
        if row["ror"]:
            yield Line("ror", _ror(row["ror"]), "", "same", row["organisation"], where, 0)
    for where, row in rows(SNAPSHOTS / "seeds" / "facts.csv", "subject", "predicate", "value"):
        if row["predicate"] == "organisationNumber":
            organisation = row["subject"].removeprefix("organisation/")
            yield Line("number", organisation_number(row["value"]), "", "same", organisation, where, 0)


def _keys(keys: Keys) -> Iterator[tuple[str, str]]:
    """Yield a record's keys in the order of their strength."""
    if number := organisation_number(keys.number) if keys.number else number_from_vat(keys.vat or ""):
        yield "number", number
    if keys.ror:
        yield "ror", _ror(keys.ror)
    if keys.pic:
        yield "pic", _pic(keys.pic)


def parted(key: str) -> tuple[str, str, str]:
    """Return the kind, value and source that a key is made of; a curated slug is of no kind."""
    for kind, prefix in _PREFIXES.items():
        if key.startswith(prefix):
            value = key.removeprefix(prefix)
            return kind, f"{value[:6]}-{value[6:]}" if kind == "number" else value, ""
    source, dot, name = key.partition(".")
    return ("name", name, source) if dot else ("", key, "")


def _ror(value: str) -> str:
    if not (found := _ROR.fullmatch(value)):
        raise RecordError("ror", value, "a ROR id is a 0, six letters or digits, and two digits")
    return found[1]


def _pic(value: str) -> str:
    if not _PIC.fullmatch(value):
        raise RecordError("pic", value, "a PIC is made of digits")
    return value


def _contradiction(first: Line, second: Line) -> LoadError:
    one, other = (
        f"{line.where} ({line.kind} {line.value}: {line.verdict}, {line.organisation})"
        for line in (first, second)
    )
    return LoadError(f"{one} and {other} contradict each other; take one of the two lines away.")


_FORMS = {"number": organisation_number, "ror": _ror, "pic": _pic, "name": name_key}
