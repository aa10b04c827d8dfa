"""What is missing: counted from the rows, each figure of how many, apart from stated unknowns."""

import pytest

from graph.store import Store
from ontology import names as n
from queries import missing
from queries.answer import ask
from queries.catalogue import queries, query
from queries.missing import Missing

THING = n.BASE + "id/"
CLASSES = {
    "areas": n.PriorityArea,
    "counties": n.County,
    "documents": n.SourceDocument,
    "needs": n.Need,
    "organisations": n.Organisation,
    "projects": n.Project,
    "strategies": n.Strategy,
}
# what holds a thing's column, as a pattern of its own: another way to the same count
HAS = {
    "areas.lead": f"?x <{n.ledBy}> ?y",
    "areas.validity": f"?x <{n.validFrom}> ?y",
    "areas.english": f"?x <{n.prefLabel}> ?y FILTER(LANG(?y) = 'en')",
    "counties.areas": f"?y <{n.coversTerritory}> ?x ; a <{n.PriorityArea}>",
    "documents.address": f"?x <{n.seeAlso}> ?y",
    "needs.match": f"?y <{n.matchNeed}> ?x",
    "needs.call": f"?y <{n.matchNeed}> ?x ; <{n.matchArea}> ?z . ?z <{n.ledBy}> ?w",
    "organisations.kind": f"?x <{n.actorKind}> ?y",
    "organisations.number": f"?x <{n.organisationNumber}> ?y",
    "organisations.website": f"?x <{n.homepage}> ?y",
    "organisations.county": f"?x <{n.locatedIn}>|<{n.governs}> ?y",
    "projects.budget": f"?x <{n.totalBudget}> ?y",
    "projects.period": f"?x <{n.startDate}> ?y ; <{n.endDate}> ?z",
    "projects.grant": f"?x <{n.fundedBy}> ?y",
    "strategies.decided": f"?x <{n.decidedOn}> ?y",
}


@pytest.fixture(scope="module")
def found(store: Store) -> dict[str, Missing]:
    """What the built store lacks, by the name of the class."""
    return {each.name: each for each in missing.missing(store)}


def _number(store: Store, query: str) -> int:
    return len(store.rows(query).rows)


def test_there_is_one_file_for_each_class(found: dict[str, Missing]) -> None:
    assert set(found) == set(CLASSES)
    files = {name for name, each in queries().items() if each.category == missing.CATEGORY}
    assert files == {f"missing-{name}" for name in CLASSES} | {missing.UNKNOWNS}


@pytest.mark.parametrize("name", CLASSES)
def test_every_thing_of_the_class_is_counted_once(store: Store, found: dict[str, Missing], name: str) -> None:
    assert found[name].of == _number(store, f"SELECT DISTINCT ?x {{ ?x a <{CLASSES[name]}> }}")
    things = [str(row["thing"]) for row in ask(store, found[name].query).rows.dicts()]
    assert len(things) == len(set(things)) == found[name].of
    for lack in found[name].lacks:
        assert set(lack.nothing) | set(lack.unknown) <= set(things)
        assert not set(lack.nothing) & set(lack.unknown)


@pytest.mark.parametrize("key", HAS)
def test_the_figures_are_those_of_a_plain_count(store: Store, found: dict[str, Missing], key: str) -> None:
    name, _, column = key.partition(".")
    (lack,) = (each for each in found[name].lacks if each.name == column)
    having = _number(store, f"SELECT DISTINCT ?x {{ ?x a <{CLASSES[name]}> . {HAS[key]} }}")
    assert len(lack.nothing) + len(lack.unknown) == found[name].of - having


def test_a_stated_unknown_is_no_nothing(found: dict[str, Missing]) -> None:
    (budget,) = (lack for lack in found["projects"].lacks if lack.name == "budget")
    assert f"{THING}project/skiss" in budget.unknown and f"{THING}project/skiss" not in budget.nothing
    (lead,) = (lack for lack in found["areas"].lacks if lack.name == "lead")
    assert f"{THING}area/sormland-avancerad-tillverkning" in lead.unknown
    assert f"{THING}area/norrbotten-arktiska-tester" in lead.nothing


def test_the_counties_without_a_list_are_named(found: dict[str, Missing]) -> None:
    (areas,) = found["counties"].lacks
    assert set(areas.nothing) == {f"{THING}county/{code}" for code in ("03", "22", "24")}


def test_all_stated_unknowns_are_listed(store: Store) -> None:
    rows = list(missing.unknowns(store).dicts())
    listed = {(row["thing"], row["property"], row["unknown"]) for row in rows}
    pattern = f"?s <{n.unknownKind}> ?k ; <{n.subject}> ?x ; <{n.predicate}> ?p"
    assert len(listed) == len(rows) == _number(store, f"SELECT DISTINCT ?x ?p ?k {{ {pattern} }}")
    assert {row["unknown"] for row in rows} <= {"field-empty", "not-stated", "not-named"}
    assert all(row["evidence"] for row in rows)


def test_figures_and_counts_say_the_same(found: dict[str, Missing]) -> None:
    all_of = tuple(found.values())
    counts = missing.counts(all_of)
    for row in missing.figures(all_of):
        key = f"{row['class']}.{row['lacks']}"
        assert (counts[str(row["class"])], counts[key + ".nothing"], counts[key + ".unknown"]) == (
            row["of"],
            row["nothing"],
            row["unknown"],
        )
        assert int(row["nothing"]) + int(row["unknown"]) <= int(row["of"])


def test_an_empty_store_lacks_nothing() -> None:
    assert {each.of for each in missing.missing(Store.memory())} == {0}
    assert missing.unknowns(Store.memory()).columns == query(missing.UNKNOWNS).returns


def test_figures_alone_are_those_of_the_things(store: Store, found: dict[str, Missing]) -> None:
    figures = missing.counted(store)
    assert figures == missing.counts(tuple(found.values()))
    assert any(figures[name] for name in figures if name.endswith(".unknown"))
