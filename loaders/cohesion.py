"""Read what the sources of the EU's cohesion policy share: funds, programmes, objectives, rates, numbers.

Kohesio lists several codes of a row with `|`; up to three of them are said, a row with more is refused.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from loaders.curated import organisation_number
from loaders.errors import PersonalData, RecordError
from loaders.mapping import Convert, Field, Link, Note, Say, Thing
from loaders.matching import number_from_vat
from loaders.persons import sole_trader
from loaders.reviewed import LOOKUPS, rows
from loaders.values import amount, english, plain, swedish
from ontology import names as n

MOST = 3  # codes of one kind in a row
_CODE = re.compile(r"(?:TO|PO)?\s?0*([1-9][0-9]?)(?:\.0+)?")
_CCI = re.compile(r"(?:19|20)[0-9]{2}[A-Z]{2}[A-Z0-9]{6,9}")
_ESF = re.compile(r"(?:\A|_)([0-9]{2}-[0-9]{3}-S[0-9]{2,3})\Z", re.IGNORECASE)
_TEN = re.compile(r"(?:16|SE)?([0-9]{6}-?[0-9]{4})")
_SLACK = Decimal("0.01")


def listed(value: str) -> list[str]:
    """Return the parts of a field that lists several with `|`, each once.

    >>> listed("ERDF|ESF"), listed("ERDF")
    (['ERDF', 'ESF'], ['ERDF'])
    """
    return list(dict.fromkeys(part for each in value.split("|") if (part := each.strip())))


def whole(value: str) -> str:
    """Return a number that was printed as a float as the whole number it is: `117.0` is 117."""
    return re.sub(r"\.0+\Z", "", value)


def objective(value: str) -> str:
    """Return the number of an objective: `TO03`, `03`, `3.0` and `3` are 3.

    >>> objective("TO03"), objective("3.0"), objective("TA")
    ('3', '3', 'TA')
    """
    found = _CODE.fullmatch(value)
    return found[1] if found else value


@dataclass(frozen=True)
class Codes:
    """Codes that a lookup table leads to things of ours: their fields, links and descriptions.

    Without names in the table a thing is described elsewhere, and only linked to. `unknown` is told of a
    code that the table lacks: it raises ValueError, or takes a note, and the code is not said.
    """

    name: str  # of the fields
    kind: str  # of the things
    classes: tuple[str, ...]
    table: Mapping[str, tuple[str, str, str]]  # code -> key, Swedish name, English name
    unknown: Callable[[str], None]
    plain: Callable[[str], str] = str

    def fields(self, column: str) -> tuple[Field, ...]:
        """Return the fields that take the codes of a column."""
        return tuple(
            Field(name, column, self._nth(number, part))
            for number, told in enumerate(self._names())
            for part, name in enumerate((told, f"{told}_sv", f"{told}_en"))
        )

    def links(self, predicate: str) -> tuple[Link, ...]:
        """Return what leads to the things."""
        return tuple(Link(predicate, f"{self.kind}/{{{name}}}") for name in self._names())

    def things(self) -> tuple[Thing, ...]:
        """Return what describes the things that have names in the table."""
        return tuple(
            Thing(
                f"{self.kind}/{{{name}}}",
                self.classes,
                (Say(n.prefLabel, f"{name}_sv"), Say(n.prefLabel, f"{name}_en")),
                once=True,
                when=f"{name}_sv",
            )
            for name in self._names()
        )

    def _names(self) -> tuple[str, ...]:
        return tuple(f"{self.name}{number}" for number in range(MOST))

    def _nth(self, number: int, part: int) -> Convert:
        """Return what takes the key (0) or a name (1, 2) of the code in this place."""

        def convert(value: str) -> str | None:
            codes = [self.plain(code) for code in listed(value)]
            if len(codes) > MOST:
                raise ValueError(f"at most {MOST} codes are read, with | between them")
            if number >= len(codes):
                return None
            found = self.table.get(codes[number])
            if found is None:
                if part == 0:
                    self.unknown(codes[number])
                return None
            return _term(found, part)

        return convert


def _term(found: tuple[str, str, str], part: int) -> str | None:
    if part == 0:
        return found[0]
    if not found[part]:
        return None
    return swedish(found[part]) if part == 1 else english(found[part])


def funds() -> Codes:
    """Return the funds by the codes of the Commission; those that the seeds describe are only linked to."""

    def unknown(code: str) -> None:
        raise ValueError(f"lookups/eu_funds.csv knows no fund {code!r}; add a line")

    table = {row["code"]: (row["fund"], row["name_sv"], row["name_en"]) for row in _read("eu_funds")}
    return Codes("fund", "fund", (n.Fund,), table, unknown)


def thematic_objectives(note: Note) -> Codes:
    """Return the objectives of 2014-2020 by their number."""
    table = _objectives("thematic_objectives")
    return Codes(
        "thematic",
        "thematic-objective",
        (n.Concept,),
        table,
        lambda code: note(f"thematic objective {code!r} is not known and not said"),
        objective,
    )


def policy_objectives(note: Note) -> Codes:
    """Return the objectives of 2021-2027 by their number."""
    table = _objectives("policy_objectives")
    return Codes(
        "policy",
        "policy-objective",
        (n.Concept,),
        table,
        lambda code: note(f"policy objective {code!r} is not known and not said"),
        objective,
    )


def _objectives(name: str) -> dict[str, tuple[str, str, str]]:
    return {row["number"]: (row["number"], row["name_sv"], row["name_en"]) for row in _read(name)}


def _read(name: str) -> list[dict[str, str]]:
    return [row for _, row in rows(LOOKUPS / f"{name}.csv")]


def programme_fields(column: str) -> tuple[Field, ...]:
    """Return the fields of a programme by its CCI: its key and names; without names, the CCI is the name."""
    reviewed = {row["printed"]: row for row in _read("eu_programmes")}

    def key(value: str) -> str:
        found = reviewed[value]["cci"] if value in reviewed else value
        if not _CCI.fullmatch(found):
            raise ValueError("the CCI of a programme was expected, such as 2021SE05SFPR001")
        return found

    def named(column: str, tagged: Callable[[str], str]) -> Convert:
        return lambda value: tagged(reviewed.get(key(value), {}).get(column) or key(value))

    return (
        Field("programme", column, key),
        Field("programme_sv", column, named("name_sv", swedish)),
        Field("programme_en", column, named("name_en", english)),
    )


def programme_thing(*says: Say | Link) -> Thing:
    """Return what describes a programme, with what a source says of it beside."""
    named = (Say(n.prefLabel, "programme_sv"), Say(n.prefLabel, "programme_en"))
    return Thing("programme/{programme}", (n.Programme,), (*named, *says), once=True)


def share(value: str) -> Decimal:
    """Return a rate as a share of 1: `40.0`, `40%` and `0.4` are the same.

    >>> share("50"), share("0.5"), share("90%")
    (Decimal('0.5'), Decimal('0.5'), Decimal('0.9'))
    """
    found = Decimal(amount(value.removesuffix("%").strip()))
    rate = found / 100 if found > 1 or value.endswith("%") else found
    if rate > 1:
        raise ValueError("a rate from 0 to 100 per cent was expected")
    return rate


def rate_checked(note: Note) -> Callable[[str, str, str], str | None]:
    """Return what holds a rate against the total and the EU's part; it takes a note when they differ."""

    def convert(rate: str, total: str, contribution: str) -> str | None:
        found = share(rate) if rate else None
        if found is None or not total or not contribution or Decimal(amount(total)) == 0:
            return None
        if abs(Decimal(amount(contribution)) / Decimal(amount(total)) - found) > _SLACK:
            note(
                "the rate differs by more than 1 per cent from the EU's part of the total; all are as printed"
            )
        return str(found)

    return convert


def esf_identifier(local: str) -> str | None:
    """Return the identifier that Kohesio and ESF's project bank share, None where there is none.

    >>> esf_identifier("2021SE05SFPR001_23-017-S01"), esf_identifier("2020/00114")
    ('"ESF 23-017-S01"', None)
    """
    found = _ESF.search(local)
    return plain(f"ESF {found[1].upper()}") if found else None


def beneficiary_number(value: str, column: str) -> str:
    """Return a Swedish organisation number as NNNNNN-NNNN; what is a person's, or may be, is not repeated."""
    printed = whole(value).strip()
    if sole_trader(printed):
        raise PersonalData(column, "the number is a person's (a sole trader): the record is left out")
    if number := number_from_vat(printed):
        return number
    found = _TEN.fullmatch(printed)
    if found is None or sole_trader(found[1]):
        raise PersonalData(column, "this is no organisation number of ten digits, and may be a person's")
    try:
        return organisation_number(found[1])
    except RecordError as error:
        raise RecordError(column, value, error.reason) from None
