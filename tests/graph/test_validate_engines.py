"""Both engines: the same findings, word for word, on examples, on odd values and on the real graph."""

import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Graph

from graph.errors import GraphError
from graph.store import Store
from graph.triples import plain
from graph.validate import Report, lines, validate
from ontology import names as n
from ontology import vocabulary

FOLDER = vocabulary.ROOM / "examples"
VALID = sorted(FOLDER.glob("*.ttl"))
INVALID = sorted((FOLDER / "invalid").glob("*.ttl"))
XSD = n.XSD
_THING = re.compile(rf"(<{n.BASE}id/(?!(?:scheme|{'|'.join(n.SCHEMES)})/)[^>]+)>")
ODD = [
    f"<{n.BASE}id/county/05>",
    f"<{n.BASE}id/status/inferred>",
    "<https://example.org/å>",
    '""',
    '"text"',
    '"text"@sv',
    '"text"@en-gb',
    '"two\\nlines \\"quoted\\" \\\\"@sv',
    '"5"',
    f'"2"^^<{XSD}integer>',
    f'"02"^^<{XSD}integer>',
    f'"7"^^<{XSD}integer>',
    f'"two"^^<{XSD}integer>',
    f'"-0.5"^^<{XSD}decimal>',
    f'"0.5"^^<{XSD}decimal>',
    f'"1e3"^^<{XSD}double>',
    f'"NaN"^^<{XSD}double>',
    f'"2024-02-29"^^<{XSD}date>',
    f'"2023-02-29"^^<{XSD}date>',
    f'"2030-01-01"^^<{XSD}date>',
    f'"2024-02-29T12:00:00Z"^^<{XSD}dateTime>',
    f'"2024-02-29T12:00:00"^^<{XSD}dateTime>',
    f'"2024"^^<{XSD}gYear>',
    f'"P5Y"^^<{XSD}duration>',
    f'"five years"^^<{XSD}duration>',
    f'"true"^^<{XSD}boolean>',
    '"05"^^<https://example.org/code>',
    '"031-390 06 00"',
    '"121212-1212"',
]
PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
"""


def same(data: list[str], shapes: Graph | None = None) -> Report:
    """Return the report that both engines agree on, in every form."""
    quads = "".join(f"{line} .\n" for line in data)
    fast, reference = validate(quads, shapes), validate(quads, shapes, engine="pyshacl")
    assert fast == reference
    assert fast.to_json() == reference.to_json()
    assert fast.to_turtle() == reference.to_turtle()
    assert fast.counts() == reference.counts()
    return fast


def shaped(demands: str) -> Graph:
    """Return one shape ex:Shape with demands on the values of ex:p."""
    return Graph().parse(
        format="turtle",
        data=f"""{PREFIXES} ex:Shape a sh:NodeShape ; sh:targetClass ex:Thing ;
            sh:property [ sh:path ex:p ; sh:message "Fel."@sv , "Wrong."@en ; {demands} ] .""",
    )


def things(values: list[str]) -> Iterator[str]:
    for number, value in enumerate(values):
        thing = f"<https://example.org/thing{number}>"
        yield f"{thing} <{n.type_}> <https://example.org/Thing>"
        yield f"{thing} <https://example.org/p> {value}"


@pytest.fixture(scope="module")
def valid() -> list[str]:
    return [line for path in VALID for line in lines(path)]


def renamed(path: Path) -> list[str]:
    """Return an invalid example with its file's name at the end of all things that it describes."""
    data = lines(path)
    things = {line.split(" ")[0] for line in data if _THING.match(line)}
    return [
        " ".join(f"{term[:-1]}.{path.stem}>" if term in things else term for term in line.split(" ", 2))
        for line in data
    ]


@pytest.fixture(scope="module")
def all_invalid(valid: list[str]) -> tuple[Report, dict[str, list[str]]]:
    """What both engines find in all invalid examples at once, beside the valid ones."""
    data = {path.stem: renamed(path) for path in INVALID}
    return same([*valid, *(line for each in data.values() for line in each)]), data


def test_both_find_nothing_in_the_valid_examples(valid: list[str]) -> None:
    assert same(valid) == Report(())


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_both_refuse_an_invalid_example(all_invalid: tuple[Report, dict[str, list[str]]], path: Path) -> None:
    report, data = all_invalid
    shape = path.read_text("utf-8").partition("\n")[0].removeprefix("# refused by: ")
    terms = {plain(term) for line in data[path.stem] for term in line.split(" ", 2)}
    assert shape in {each.shape for each in report.findings if each.focus in terms}


def test_a_store_and_its_lines_are_found_to_be_the_same(store: Store) -> None:
    """That pyshacl agrees on the real graph is held by test_validate_large, which plants faults in it."""
    report = validate(f"{line} ." for line in store.lines())
    assert report.conforms and report.findings
    assert validate(store) == report


@pytest.mark.parametrize("seed", range(4))
def test_both_find_the_same_where_examples_hold_odd_values(valid: list[str], seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  (no secrets here)
    data = [
        f"{subject} {predicate} {chance.choice(ODD) if chance.random() < 0.4 else value}"
        for subject, predicate, value in (line.split(" ", 2) for line in valid)
        if predicate != f"<{n.type_}>" or chance.random() < 0.9
    ]
    assert len(same(data).counts()) > 15


@pytest.mark.parametrize(
    "demands",
    [
        "sh:class ex:Thing",
        "sh:class ex:Above",
        "sh:nodeKind sh:BlankNodeOrIRI",
        "sh:nodeKind sh:IRIOrLiteral",
        "sh:nodeKind sh:BlankNodeOrLiteral",
        "sh:nodeKind sh:BlankNode",
        "sh:datatype xsd:date",
        "sh:datatype xsd:dateTime",
        "sh:datatype xsd:boolean",
        "sh:datatype xsd:string",
        "sh:datatype rdf:langString",
        "sh:datatype ex:code",
        "sh:datatype xsd:duration",
        "sh:minLength 3",
        'sh:pattern "^t"',
        'sh:pattern "^t" , "t$"',
        'sh:languageIn ( "en" "sv" )',
        'sh:languageIn ( "*" )',
        "sh:minInclusive 2",
        "sh:maxInclusive 2.5e0",
        'sh:minInclusive "2024-02-29"^^xsd:date',
        'sh:maxInclusive "2024-02-29T12:00:00Z"^^xsd:dateTime',
        'sh:minInclusive "s"',
        'sh:in ( "text" "text"@sv ex:thing1 2 )',
        'sh:hasValue "text" , "5"',
        "sh:maxCount 0",
        "sh:uniqueLang false",
        "sh:not [ sh:nodeKind sh:Literal ; sh:minLength 5 ]",
        'sh:or ( [ sh:datatype xsd:integer ] [ sh:pattern "x" ] )',
        "sh:node [ sh:property [ sh:path ex:p ; sh:minCount 1 ] ]",
        "sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:message 'None.' ]",
        "sh:qualifiedValueShape [ sh:datatype xsd:integer ] ; sh:qualifiedMaxCount 0",
        "sh:lessThanOrEquals ex:q ; sh:severity sh:Info",
    ],
)
def test_both_understand_a_feature_alike(demands: str) -> None:
    blank = [] if "lessThan" in demands else ["_:blank"]
    reached = [*ODD, "<https://example.org/thing1>", *blank]
    beside = [f'<https://example.org/thing{number}> <https://example.org/q> "text"' for number in range(9)]
    above = f"<https://example.org/Thing> <{n.RDFS}subClassOf> <https://example.org/Above>"
    report = same([*things(reached), *beside, above], shaped(demands))
    assert report.findings or "uniqueLang" in demands


@pytest.mark.parametrize(
    ("demands", "told"),
    [
        ("sh:xone ( [ sh:minCount 1 ] )", "sh:xone, which the fast engine does not know; it knows class, "),
        ("sh:closed true", "sh:closed, which the fast engine does not know"),
        ('sh:pattern "x" ; sh:flags "i"', "sh:flags, which the fast engine does not know"),
        ("sh:deactivated true", "sh:deactivated, which the fast engine does not know"),
        ("sh:minCount 1 , 2", "2 values of sh:minCount where one is expected"),
        ("sh:minCount -1", "sh:minCount '-1' where a whole number from 0 is expected"),
        ('sh:pattern "("', "sh:pattern '(' where an expression (missing ), unterminated subpattern"),
        ("sh:nodeKind sh:Thing", "where one of SHACL's kinds of node is expected"),
        ("sh:datatype rdfs:Literal", "where the IRI of a datatype of XSD, or rdf:langString, is expected"),
        ("sh:qualifiedMinCount 1", "where sh:qualifiedValueShape beside it is expected"),
        ("sh:in ex:none", "has an sh:in whose value is no list"),
        ("sh:not [ sh:disjoint ex:q ]", "sh:disjoint, which the fast engine does not know"),
        ("a rdfs:Class ; sh:minCount 1", "only sh:NodeShape and sh:PropertyShape are known"),
        ("sh:node ex:Shape", "https://example.org/Shape refers to itself"),
        ("sh:property [ sh:minCount 1 ]", "has an sh:property without sh:path"),
        (
            "sh:message 'A.'@fi ; sh:minCount 1 ; sh:property [ sh:path ex:q ; sh:minCount 1 ]",
            "no sh:message",
        ),
    ],
)
def test_what_the_fast_engine_does_not_know_is_refused(demands: str, told: str) -> None:
    with pytest.raises(GraphError) as refused:
        validate(list(things([])), shaped(demands))
    assert str(refused.value).startswith("The shapes cannot be used: https://example.org/Shape ")
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("[ sh:zeroOrMorePath ex:q ]", "an sh:path by sh:zeroOrMorePath, which is not known"),
        ("( ex:q [ sh:inversePath ex:q ] )", "an sh:path within an sh:path"),
        ("[ sh:inversePath [ sh:inversePath ex:q ] ]", "an sh:path within an sh:path"),
        ("ex:q , ex:r", "2 values of sh:path where one is expected"),
        ("[]", "an sh:path that is neither a property nor a way of properties"),
    ],
)
def test_a_path_that_the_fast_engine_does_not_know_is_refused(path: str, told: str) -> None:
    shapes = shaped(f"sh:minCount 1 ; sh:property [ sh:path {path} ; sh:minCount 1 ; sh:message 'None.' ]")
    with pytest.raises(GraphError, match="The shapes cannot be used: ") as refused:
        validate(list(things([])), shapes)
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[] a sh:NodeShape ; sh:targetClass ex:Thing .", "A shape with a target has no IRI"),
        ("ex:loose sh:minCount 1 .", "https://example.org/loose has sh:minCount but is part of no shape"),
        ("ex:Shape a sh:NodeShape ; sh:targetNode ex:thing .", "sh:targetNode, which the fast engine"),
        ("ex:Shape a sh:NodeShape ; sh:sparql [ sh:select '' ] .", "sh:sparql, which the fast engine"),
    ],
)
def test_a_shape_that_cannot_be_placed_is_refused(text: str, told: str) -> None:
    with pytest.raises(GraphError) as refused:
        validate([], Graph().parse(data=PREFIXES + text, format="turtle"))
    assert told in str(refused.value)


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_a_blank_node_is_neither_before_nor_after_anything(engine: str) -> None:
    data = [*things(["_:blank"]), '<https://example.org/thing0> <https://example.org/q> "1"']
    shapes = shaped("sh:lessThanOrEquals ex:q")
    with pytest.raises(GraphError, match=r"(?i)blank ?node"):
        validate("".join(f"{line} .\n" for line in data), shapes, engine=engine)  # type: ignore[arg-type]  # both


def test_the_fast_engine_leaves_the_reference_unimported() -> None:
    code = "import sys; from graph.validate import validate; validate([]); print('pyshacl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
