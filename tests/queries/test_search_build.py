"""The index as columns: it can be kept in a file, says what it is made of, and sorts things into kinds."""

from pathlib import Path

import pytest

from graph.store import Store
from ontology import names as n
from queries.search import Index
from queries.search_build import ASKED, KINDS, build, kind, read, telling, text


def test_what_was_kept_answers_the_same(store: Store, tmp_path: Path) -> None:
    made = build(store)
    assert read(store, tmp_path / "columns") == made == read(Store.memory(), tmp_path / "columns")
    assert read(Store.memory(), None) != made
    (file,) = (tmp_path / "columns").iterdir()
    assert file.stat().st_size < 1_000_000


def test_the_order_of_the_rows_does_not_matter(store: Store) -> None:
    lines = sorted(store.lines(), reverse=True)
    other = Store.memory()
    other.replace(f"{n.BASE}graph/other", lines)
    for sought in ("a", "malmö", "univrsitet"):
        assert Index(build(other)).search(sought) == Index(build(store)).search(sought)


def test_an_index_is_named_by_its_queries() -> None:
    assert all(word in text() for word in ("prefLabel", "locatedIn", "search index"))
    assert len(ASKED) == 3


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        ((n.SciencePark, n.Organisation), "organisation"),
        ((n.StrengthArea, n.Concept), "area"),
        ((n.Municipality,), "place"),
        ((n.Concept,), "term"),
        ((), "other"),
    ],
)
def test_a_kind_is_told_by_the_classes(classes: tuple[str, ...], expected: str) -> None:
    assert kind(classes) == expected


def test_classes_that_tell_least_come_last() -> None:
    assert telling([n.Organisation, n.Company, n.University, n.Concept]) == [
        n.University,
        n.Company,
        n.Organisation,
    ]
    assert telling([n.Concept]) == [n.Concept]
    assert len({each for those in KINDS.values() for each in those}) == sum(map(len, KINDS.values()))
