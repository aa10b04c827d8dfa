"""Updates on a default graph that is a merge: what each operation does to the named graphs."""

import pytest

from api.guard import Refused
from api.update_run import Dataset, run
from graph.edit import Edit
from graph.store import Store

EDITS = "x:edits"
START = "INSERT DATA { GRAPH <x:g> { <x:a> <x:p> 1 , 2 } GRAPH <x:h> { <x:a> <x:p> 1 . <x:b> <x:p> 3 } }"
G = {"x:g": {"a 1", "a 2"}}
H = {"x:h": {"a 1", "b 3"}}
INTEGER = '"^^<http://www.w3.org/2001/XMLSchema#integer>'


def _held(store: Store) -> dict[str, set[str]]:
    """Return what each named graph says, in short, after holding their merge against the default graph."""
    lines = {graph: store.lines(graph) for graph in store.graphs()}
    assert set(store.lines()) == set().union(*lines.values())
    assert len(store.lines()) == len(set(store.lines()))
    return {graph: {_short(line) for line in said} for graph, said in lines.items() if said}


def _short(line: str) -> str:
    subject, _, value = line.split(" ", 2)
    return f"{subject.strip('<>').removeprefix('x:')} {value.removesuffix(INTEGER).strip(chr(34))}"


def _after(*texts: str, dataset: Dataset | None = None) -> dict[str, set[str]]:
    store = Store.memory()
    edit = Edit(store, EDITS)
    run(edit, START, "x:")
    for text in texts:
        run(edit, text, "http://base.example/", dataset)
    return _held(store)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("INSERT DATA { <x:c> <x:p> 4 }", {**G, **H, EDITS: {"c 4"}}),
        ("INSERT DATA { <x:a> <x:p> 1 }", {**G, **H, EDITS: {"a 1"}}),
        (
            "INSERT DATA { GRAPH <x:g> { <x:c> <x:p> -4 , 2 } }",
            {**H, "x:g": {*G["x:g"], "c -4", "c 2"}},
        ),
        ("DELETE DATA { <x:a> <x:p> 1 }", {"x:g": {"a 2"}, "x:h": {"b 3"}}),
        ("DELETE DATA { GRAPH <x:g> { <x:a> <x:p> 1 , 9 } }", {"x:g": {"a 2"}, **H}),
        ("DELETE WHERE { ?s <x:p> 1 }", {"x:g": {"a 2"}, "x:h": {"b 3"}}),
        ("DELETE WHERE { GRAPH ?g { ?s <x:p> 1 } }", {"x:g": {"a 2"}, "x:h": {"b 3"}}),
        ("DELETE WHERE { GRAPH <x:g> { ?s ?p ?o } }", H),
        (
            "DELETE { ?s ?p ?o } INSERT { ?s ?p 7 } WHERE { ?s ?p ?o FILTER(?o > 1) # ; }\n}",
            {"x:g": {"a 1"}, "x:h": {"a 1"}, EDITS: {"a 7", "b 7"}},
        ),
        ("DELETE { ?s ?p ?o } INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }", {**G, **H}),
        (
            "DELETE { ?s ?p ?o } INSERT { GRAPH <x:h> { ?s ?p ?o } } WHERE { ?s ?p ?o }",
            {"x:h": {"a 1", "a 2", "b 3"}},
        ),
        ("WITH <x:g> DELETE { ?s ?p 1 } INSERT { ?s ?p 5 } WHERE { ?s ?p 1 }", {"x:g": {"a 2", "a 5"}, **H}),
        ("INSERT { ?s <x:p> 8 } USING <x:h> WHERE { ?s <x:p> 3 }", {**G, **H, EDITS: {"b 8"}}),
        ("INSERT { ?s <x:p> 8 } USING <x:g> WHERE { ?s <x:p> 3 }", {**G, **H}),
        (
            "INSERT { ?g <x:p> 8 } USING NAMED <x:h> WHERE { GRAPH ?g { ?s ?p 1 } }",
            {**G, **H, EDITS: {"h 8"}},
        ),
        (
            "INSERT { GRAPH ?g { ?s <x:p> 8 } } WHERE { GRAPH ?g { ?s <x:p> 3 } }",
            {**G, "x:h": {*H["x:h"], "b 8"}},
        ),
        ("INSERT { ?o <x:p> 8 } WHERE { ?s <x:p> ?o }", {**G, **H}),
        ("CLEAR GRAPH <x:g>", H),
        ("PREFIX y: <x:> DROP GRAPH y:g", H),
        ("DROP GRAPH <x:none>", {**G, **H}),
        ("CREATE GRAPH <x:new>", {**G, **H}),
        ("CLEAR DEFAULT", {**G, **H}),
        ("INSERT DATA { <x:c> <x:p> 4 } ; CLEAR NAMED", {EDITS: {"c 4"}}),
        ("INSERT DATA { <x:c> <x:p> 4 } ; CLEAR DEFAULT", {**G, **H}),
        ("DROP SILENT ALL", {}),
        ("COPY <x:g> TO <x:h>", {**G, "x:h": G["x:g"]}),
        ("ADD GRAPH <x:g> TO <x:h>", {**G, "x:h": G["x:g"] | H["x:h"]}),
        ("MOVE <x:g> TO <x:h>", {"x:h": G["x:g"]}),
        ("MOVE <x:g> TO <x:g>", {**G, **H}),
        ("MOVE <x:g> TO DEFAULT", {EDITS: G["x:g"], **H}),
        ("COPY SILENT <x:none> TO <x:h>", {**G, **H}),
        ("INSERT DATA { GRAPH <x:k> { <x:c> <x:p> 4 } } ; DELETE WHERE { <x:c> ?p ?o }", {**G, **H}),
        (
            "PREFIX y: <x:> DELETE DATA { y:a y:p 1 } ; PREFIX z: <x:> INSERT DATA { z:c y:p 4 } ;",
            {"x:g": {"a 2"}, "x:h": {"b 3"}, EDITS: {"c 4"}},
        ),
        ("INSERT DATA { <c> <x:p> 4 }", {**G, **H, EDITS: {"http://base.example/c 4"}}),
        ("", {**G, **H}),
        ("PREFIX y: <x:>", {**G, **H}),
    ],
)
def test_each_operation_changes_these_graphs(text: str, expected: dict[str, set[str]]) -> None:
    assert _after(text) == expected


@pytest.mark.parametrize(
    ("dataset", "expected"),
    [
        (Dataset(("x:h",)), {"b 8"}),
        (Dataset(("x:g", "x:h")), {"a 8", "b 8"}),
        (Dataset((), ("x:h",)), {"h 8"}),
        (Dataset(("x:g",), ("x:h",)), {"a 8", "h 8"}),
    ],
)
def test_the_graphs_of_the_protocol_are_those_of_every_pattern(dataset: Dataset, expected: set[str]) -> None:
    text = (
        "INSERT { ?s <x:p> 8 } WHERE { { ?s <x:p> 2 } UNION { ?s <x:p> 3 } } ; "
        "INSERT { ?g <x:p> 8 } WHERE { GRAPH ?g { ?s <x:p> 1 } }"
    )
    assert _after(text, dataset=dataset)[EDITS] == expected


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { _:n <x:p> [ <x:p> _:n ] GRAPH <x:g> { _:n <x:p> 5 } }",
        "INSERT { _:n <x:p> ?o . GRAPH <x:g> { _:n <x:q> ?o } } WHERE { ?s <x:p> ?o }",
    ],
)
def test_a_blank_node_is_one_node_in_its_graphs_and_in_the_merge(text: str) -> None:
    store = Store.memory()
    run(Edit(store, EDITS), START, "x:")
    run(Edit(store, EDITS), text, "x:")
    _held(store)
    nodes = {line.split(" ")[0] for line in store.lines(EDITS) if line.startswith("_:")}
    assert nodes & {line.split(" ")[0] for line in store.lines("x:g")}
    assert len(nodes) in (2, 3)  # two by name, or one for each of three objects


@pytest.mark.parametrize(
    ("text", "status", "says"),
    [
        ("CLEAR XYZ", 400, "The update cannot be parsed at line 1, column "),
        ("INSERT DATA { ?x <x:p> 1 }", 400, "Variables are not allowed"),
        ("DELETE DATA { _:b <x:p> 1 }", 400, "blank nodes are not allowed"),
        ("SELECT * { ?s ?p ?o }", 400, "line 1, column 1"),
        ("INSERT DATA { <x:a> <x:p> 1", 400, "ends too early"),
        ("PREFIX y: <x:> CLEAR ALL ; PREFIX z: <x:> INSERT DATA { q:a z:p 1 }", 400, "cannot be parsed"),
        ("PREFIX y: <x:> CLEAR ALL ; PREFIX z: <x:> MAKE y:p", 400, "found 'MAKE'"),
        ("CREATE GRAPH <x:g>", 409, "Graph x:g is there already"),
        ("MOVE <x:none> TO <x:g>", 409, "graph x:none is not there"),
        ("LOAD <http://127.0.0.1:9/>", 403, "LOAD is refused"),
        ("INSERT { ?s ?p 1 } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "SERVICE"),
        ("INSERT { <x:a> <x:p> 1 } WHERE " + "{" * 5000 + "}" * 5000, 400, "nested more than 60 deep"),
        ("INSERT DATA { <x:a> <x:p> " + "[ <x:p> " * 5000 + "1" + "]" * 5000 + " }", 400, "nested more than"),
        ("INSERT {} WHERE { FILTER(1 " + "+ 1 " * 5000 + ") }", 400, "more than 500 operators"),
    ],
)
def test_what_cannot_be_run_is_refused_in_a_sentence(text: str, status: int, says: str) -> None:
    with pytest.raises(Refused, match=says) as caught:
        _after(text)
    assert caught.value.status == status


def test_a_thousand_typed_values_are_no_tower() -> None:
    typed = " , ".join(f'"{n}"^^<http://www.w3.org/2001/XMLSchema#integer>' for n in range(1000))
    assert len(_after(f"INSERT DATA {{ <x:a> <x:p> {typed} }}")[EDITS]) == 1000


@pytest.mark.parametrize("clause", ["WITH <x:g> DELETE { ?s ?p 1 }", "DELETE { ?s ?p 1 } USING <x:g>"])
def test_graphs_are_named_in_one_place(clause: str) -> None:
    with pytest.raises(Refused, match="name them in one place"):
        _after(f"{clause} WHERE {{ ?s ?p 1 }}", dataset=Dataset(("x:h",)))
