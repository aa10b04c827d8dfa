"""What counts over one pattern has the same answer from kept counts as from the engine."""

from pathlib import Path
from random import Random

import pytest
from pyoxigraph import QuerySolutions

from api import counts as kept_counts
from api.counts import Counts, counts
from api.snapshot import Snapshot
from graph.asked import Asked
from graph.manifest import Manifest
from graph.store import Store

P, Q, T = "http://e.org/p", "http://e.org/q", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
PREFIX = "PREFIX e: <http://e.org/> "
COUNTED = (
    f"SELECT ?o (COUNT(?s) AS ?n) {{ ?s <{P}> ?o }} GROUP BY ?o",
    f"SELECT ?o (COUNT(*) AS ?sum) WHERE {{ ?x <{Q}> ?o . }} GROUP BY ?o HAVING (COUNT(?x) > 3)",
    PREFIX
    + "select ?v (count(distinct ?s) as ?n) where {?s e:p ?v} group by ?v order by desc(?n) ?v limit 4",
    "SELECT (COUNT(?c) * 2 AS ?n) (STR(?c) AS ?b) { ?s a ?c } GROUP BY ?c HAVING (COUNT(*) < 9 && ?c != 1)",
    "SELECT DISTINCT (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY DESC(COUNT(?s)) OFFSET 1",
    "SELECT ?p (COUNT(?s) AS ?n) { ?s ?p ?o } GROUP BY ?p",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    f"SELECT (COUNT(?s) AS ?n) {{ ?s <{Q}> ?o }}",
    PREFIX + "SELECT (COUNT(?o) AS ?n) (COUNT(*) + 1 AS ?m) { ?s e:p ?o } HAVING (COUNT(*) > 1)",
)
OTHERS = (
    f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s <{P}> ?o }}",  # a subject may have several values
    f"SELECT ?o (COUNT(DISTINCT ?o) AS ?n) {{ ?s <{P}> ?o }} GROUP BY ?o",
    f"SELECT ?o (COUNT(?other) AS ?n) {{ ?s <{P}> ?o }} GROUP BY ?o",
    f"SELECT ?o (SUM(?o) AS ?n) (COUNT(*) AS ?m) {{ ?s <{P}> ?o }} GROUP BY ?o",
    f"SELECT ?o (COUNT(*) AS ?n) (SAMPLE(?s) AS ?one) {{ ?s <{P}> ?o }} GROUP BY ?o",
    f"SELECT ?o (COUNT(*) AS ?n) {{ ?s <{P}> ?o }} GROUP BY ?o HAVING (EXISTS {{ ?o ?p ?s }})",
    f"SELECT ?s (COUNT(*) AS ?n) {{ ?s <{P}> ?o }} GROUP BY ?s",
    f"SELECT ?o (COUNT(*) AS ?n) {{ ?s <{P}> ?o }} GROUP BY ?o ?s",
    f"SELECT (COUNT(*) AS ?n) {{ ?s <{P}> ?o }} GROUP BY ?o ORDER BY ?s",
    f"SELECT ?o (COUNT(*) AS ?samspelCount) {{ ?s <{P}> ?o }} GROUP BY ?o",
    f"SELECT ?o (COUNT(*) AS ?n) {{ ?o <{P}> ?o }} GROUP BY ?o",
    f"SELECT ?o (COUNT(*) AS ?n) {{ ?s <{P}> ?o . ?o <{Q}> ?x }} GROUP BY ?o",
    f"SELECT ?o (COUNT(*) AS ?n) {{ ?s <{P}> ?o FILTER(?o > 2) }} GROUP BY ?o",
    "SELECT ?p (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o } GROUP BY ?p",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "SELECT ?o (COUNT(*) AS ?n) FROM <http://e.org/g> { ?s a ?o } GROUP BY ?o",
    f"SELECT ?o (COUNT(*) AS ?n) {{ ?s <{P}> ?o }} GROUP BY ?o # HAVING",
    "SELECT ?o (COUNT(*) AS ?n) { ?s unknown:p ?o } GROUP BY ?o",
    f"SELECT ?o {{ ?s <{P}> ?o }}",
    "SELECT ?o (COUNT(*) AS ?n) { ?s <http://e.org/nowhere> ?o } GROUP BY ?o",
)


def snapshot(seed: int, beside: Path | None = None, quads: int = 0) -> Snapshot:
    """Return a snapshot of random triples, in which values of all kinds come more than once."""
    chance = Random(seed)  # noqa: S311  # made-up data
    values = (
        *(f"<http://e.org/v{number}>" for number in range(4)),
        *('"a"', '"a"@sv', '"å \\" \\\\ \\n \\u0001"', "1", '"01"^^<http://e.org/d>', "1.50", "true"),
    )
    lines = set[str]()
    for _ in range(200):
        subject, value = f"<http://e.org/s{chance.randrange(30)}>", chance.choice(values)
        value = value if value[0] in '<"' else f'"{value}"^^<http://www.w3.org/2001/XMLSchema#decimal>'
        lines.add(f"{subject} <{chance.choice((P, Q, T))}> {value} .\n")
    return Snapshot(Store.of("".join(lines).encode()), Manifest(1, "", quads), beside=beside)


def rows(store: Asked, query: str) -> list[str]:
    """Return the rows of an answer as texts."""
    found = store.run(query)
    assert isinstance(found, QuerySolutions)
    return [str(tuple(row)) for row in found]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("query", COUNTED)
def test_kept_counts_give_the_same_rows(query: str, seed: int) -> None:
    data = snapshot(seed)
    made = Counts(data).instead(query)
    assert made is not None
    assert "VALUES" in made
    found, expected = rows(data.store, made), rows(data.store, query)
    if "ORDER BY ?" not in query and "order by desc(?n) ?v" not in query:
        found, expected = sorted(found), sorted(expected)
    if "OFFSET" in query:  # ties may stand in any order
        found, expected = [str(len(found))], [str(len(expected))]
    assert found == expected
    assert expected


@pytest.mark.parametrize("query", OTHERS)
def test_what_else_is_asked_is_left_to_the_engine(query: str) -> None:
    assert Counts(snapshot(1)).instead(query) is None


def test_what_cannot_be_written_out_or_is_too_much_is_left_to_the_engine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    query = f"SELECT ?o (COUNT(*) AS ?n) {{ ?s <{P}> ?o }} GROUP BY ?o"
    unnamed = Snapshot(Store.of(f"<http://e.org/s> <{P}> _:b .\n".encode()), Manifest(1, "", 0))
    assert Counts(unnamed).instead(query) is None
    monkeypatch.setattr(kept_counts, "_MOST", 3)
    assert Counts(snapshot(1)).instead(query) is None


def test_counts_are_kept_beside_a_large_generation(tmp_path: Path) -> None:
    query = f"SELECT ?o (COUNT(*) AS ?n) {{ ?s <{P}> ?o }} GROUP BY ?o"
    first = counts(snapshot(1, tmp_path, 10**6)).instead(query)
    assert len(list(tmp_path.iterdir())) == 1
    assert counts(snapshot(2)).instead(query) != first
    assert counts(snapshot(2, tmp_path, 10**6)).instead(query) == first, "read from the file"


def test_what_the_data_do_not_hold_is_not_kept() -> None:
    data = snapshot(1)
    for number in range(5):
        Counts(data).instead(f"SELECT (COUNT(*) AS ?n) {{ ?s <http://e.org/none{number}> ?o }}")
    assert not data._kept
