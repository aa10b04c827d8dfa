"""The real graph, 28,000 triples, 70 faults planted: both engines find all, and the same.

Nothing in either engine depends on the size below `graph.validate.WHOLE`, what lies above it is held by
test_validate_parts, and pyshacl takes its time; so the graph is no larger than it is.
"""

import random
import re
from dataclasses import dataclass

import pytest

from graph.store import Store
from graph.triples import TYPE, Triples
from graph.validate import Report, validate
from ontology import names as n

LEAST = 25_000  # triples
EACH = 2  # plants of every kind of fault
DATE, INTEGER, DECIMAL = (f"^^<{n.XSD}{name}>" for name in ("date", "integer", "decimal"))
FOAF = "http://xmlns.com/foaf/0.1/"


@dataclass(frozen=True)
class Fault:
    """What is done to a thing of a class that has a property: its values go, and others may come."""

    shape: str
    of: str
    has: str
    new: str | None = None
    keep: bool = False
    put: str | None = None  # another property that the new value is of
    like: str = ""  # what the old value must hold


def gone(shape: str, of: str, has: str) -> Fault:
    return Fault(shape, of, has)


def changed(shape: str, of: str, has: str, new: str, like: str = "") -> Fault:
    return Fault(shape, of, has, new, like=like)


def added(shape: str, of: str, has: str, new: str, put: str | None = None) -> Fault:
    return Fault(shape, of, has, new, keep=True, put=put)


def concept(key: str) -> str:
    return f"<{n.BASE}id/{key}>"


FAULTS = (
    gone("County", n.County, n.scbCode),
    changed("County", n.County, n.nutsCode, '"SE12"'),
    changed("County", n.County, n.isoCode, '"E"'),
    gone("Municipality", n.Municipality, n.within),
    changed("Municipality", n.Municipality, n.scbCode, '"80"'),
    added("Municipality", n.Municipality, n.within, n.County),
    changed("Territory", n.Municipality, n.within, n.SciencePark),
    added("Territory", n.Municipality, n.type_, f"<{n.Organisation}>"),
    gone("Name", n.SciencePark, n.prefLabel),
    added("Name", n.ClusterOrganisation, n.prefLabel, '"Annat namn"@sv'),
    added("Name", n.SciencePark, n.prefLabel, '"utan språk"'),
    changed("Organisation", n.ClusterOrganisation, n.actorKind, concept("role/owner")),
    gone("Organisation", n.SciencePark, n.actorKind),
    changed("Organisation", n.ClusterOrganisation, n.locatedIn, n.SciencePark),
    added("OrganisationNumber", n.ClusterOrganisation, n.type_, '"121212-1212"', n.organisationNumber),
    gone("RegionAuthority", n.RegionAuthority, n.governs),
    gone("PriorityArea", n.StrengthArea, n.inScheme),
    changed("PriorityArea", n.StrengthArea, n.coversTerritory, '"Östergötland"'),
    changed("PriorityArea", n.PriorityArea, n.validFrom, '"förr"'),
    changed("StrengthArea", n.StrengthArea, n.areaKind, concept("area-kind/challenge")),
    changed("Project", n.Project, n.fundedBy, n.Fund),
    added("Project", n.Project, n.type_, f'"2021-13-45"{DATE}', n.startDate),
    changed("Participation", n.Participation, n.byOrganisation, n.Project),
    gone("Participation", n.Participation, n.inRole),
    gone("Goal", n.Goal, n.goalKind),
    gone("Statement", n.Statement, n.fromDocument),
    added("Statement", n.Statement, n.object_, concept("unknown/not-stated"), n.unknownKind),
    changed("StatementOfSeed", n.Statement, n.lines, '"rad tre"', like='"2'),
    added("Statement", n.Statement, n.fromDocument, '"utan språk"', n.comment),
    changed("NeedMatch", n.NeedMatch, n.score, f'"1.5"{DECIMAL}'),
    changed("NeedMatch", n.NeedMatch, n.lexicalScore, '"0.5"'),
    changed("MonetaryAmount", n.MonetaryAmount, n.amount, f'"-5"{DECIMAL}'),
    changed("SourceDocument", n.SourceDocument, n.sha256, '"abc"'),
    changed("AreaSet", n.AreaSet, n.statedSize, f'"0"{INTEGER}'),
    added("NoNumberOfPerson", n.SciencePark, n.type_, '"ring 031-390 06 00"@sv', n.comment),
)  # fmt: skip


@pytest.fixture(scope="module")
def large(store: Store) -> list[str]:
    """The real graph."""
    found = store.lines()
    assert len(found) > LEAST
    return found


@pytest.fixture(scope="module")
def planted(large: list[str]) -> tuple[list[str], set[tuple[str, str]]]:
    """The real graph with 70 faults, each in a thing of its own, and where they are to be found."""
    triples, lines, chance = Triples(large), set(large), random.Random(70)  # noqa: S311  (no secrets here)
    expected: set[tuple[str, str]] = set()
    taken: set[str] = set()
    for fault in FAULTS * EACH:
        thing = chance.choice(_candidates(triples, fault, taken))
        taken.add(thing)
        _plant(triples, lines, thing, fault, chance)
        expected.add((f"{n.BASE}shapes#{fault.shape}", thing[1:-1]))
    return sorted(lines), expected


def _candidates(triples: Triples, fault: Fault, taken: set[str]) -> list[str]:
    rows = triples.by(f"<{fault.has}>")
    of_class = triples.instances(f"<{fault.of}>") - taken
    found = [thing for thing in of_class if any(fault.like in value for value in rows.get(thing, ()))]
    if fault.shape == "StatementOfSeed":
        documents = triples.by(f"<{n.fromDocument}>")
        found = [thing for thing in found if re.search(r"/document/00\d", documents[thing][0])]
    assert found, fault
    return sorted(found)


def _plant(triples: Triples, lines: set[str], thing: str, fault: Fault, chance: random.Random) -> None:
    property_ = f"<{fault.has}>"
    if not fault.keep:
        lines -= {f"{thing} {property_} {value}" for value in triples.by(property_)[thing]}
    if fault.new is not None:
        new = fault.new
        if new.startswith("http"):  # any other thing of a class
            new = chance.choice(sorted(triples.instances(f"<{new}>") - {thing}))
        lines.add(f"{thing} <{fault.put or fault.has}> {new}")


@pytest.fixture(scope="module")
def reports(planted: tuple[list[str], set[tuple[str, str]]]) -> tuple[Report, Report]:
    """What each engine finds; the reference runs once, as it takes its time."""
    data = [f"{line} ." for line in planted[0]]
    return validate(data), validate(data, engine="pyshacl")


def test_there_are_70_faults_of_many_kinds(planted: tuple[list[str], set[tuple[str, str]]]) -> None:
    assert len(planted[1]) == 70
    assert len({shape for shape, _ in planted[1]}) > 15


def test_nothing_but_warnings_was_wrong_before(large: list[str]) -> None:
    report = validate(f"{line} ." for line in large)
    assert report.conforms and report.findings


def test_all_70_faults_are_found(
    planted: tuple[list[str], set[tuple[str, str]]], reports: tuple[Report, Report]
) -> None:
    found = {(each.shape, each.focus) for each in reports[0].findings}
    assert planted[1] - found == set()
    assert len({each.component for each in reports[0].findings}) > 10


def test_both_engines_find_the_same(reports: tuple[Report, Report]) -> None:
    fast, reference = reports
    assert fast == reference
    assert fast.to_json() == reference.to_json()
    assert fast.to_turtle() == reference.to_turtle()
    assert fast.counts() == reference.counts()


def test_a_type_is_no_property_that_a_fault_takes_away() -> None:
    assert [fault for fault in FAULTS if f"<{fault.has}>" == TYPE and not fault.keep] == []
