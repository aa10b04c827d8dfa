"""validate: what is read, what is found, and how it is told."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import RDF, SH, SKOS, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from graph.errors import GraphError, TermError
from graph.validate import Engine, Finding, Report, validate
from ontology import names as n
from ontology import vocabulary

COUNTY = f"<{n.BASE}id/county/05>"
REGION = f"<{n.BASE}id/nuts/SE12>"
GRAPH = f"<{n.BASE}graph/test>"
ENGINES: tuple[Engine, ...] = ("fast", "pyshacl")


def typed(subject: str, *classes: str) -> list[str]:
    return [f"{subject} <{n.type_}> <{name}> {GRAPH} ." for name in classes]


def text(subject: str, predicate: str, value: str) -> str:
    return f'{subject} <{predicate}> "{value}" {GRAPH} .'


def name(subject: str, value: str) -> str:
    return f'{subject} <{n.prefLabel}> "{value}"@sv {GRAPH} .'


@pytest.fixture
def county() -> list[str]:
    return [
        *typed(COUNTY, n.Territory, n.County),
        name(COUNTY, "Östergötlands län"),
        text(COUNTY, n.scbCode, "05"),
        text(COUNTY, n.nutsCode, "SE123"),
        text(COUNTY, n.isoCode, "SE-E"),
        f"{COUNTY} <{n.within}> {REGION} {GRAPH} .",
        *typed(REGION, n.Territory, n.StatisticalRegion),
        name(REGION, "Östra Mellansverige"),
        text(REGION, n.nutsCode, "SE12"),
    ]


@pytest.fixture
def short_code(county: list[str]) -> list[str]:
    return [line.replace('"05"', '"5"') for line in county]


def test_lines_text_file_and_graph_are_read_alike(short_code: list[str], tmp_path: Path) -> None:
    path = tmp_path / "data.nq"
    path.write_text("\n".join(short_code), encoding="utf-8")
    triples = Graph().parse(data="\n".join(short_code).replace(f" {GRAPH} .", " ."), format="nt")
    report = validate(short_code)
    assert [f.focus for f in report.findings] == [f"{n.BASE}id/county/05"]
    assert validate(iter(short_code)) == validate("\n".join(short_code)) == report
    assert validate(path) == validate(triples) == report


def test_named_graphs_are_looked_at_together(county: list[str]) -> None:
    elsewhere = [line.replace(GRAPH, f"<{n.BASE}graph/{number}>") for number, line in enumerate(county)]
    assert validate(elsewhere) == Report(())


def test_a_conforming_graph_has_no_findings(county: list[str]) -> None:
    report = validate(county)
    assert report.conforms
    assert report.counts() == {}


def test_a_finding_names_shape_focus_path_value_and_both_messages(short_code: list[str]) -> None:
    (found,) = validate(short_code).findings
    assert found == Finding(
        shape=f"{n.BASE}shapes#County",
        focus=f"{n.BASE}id/county/05",
        path=n.scbCode,
        value="5",
        severity="Violation",
        message_sv="Ett län ska ha en SCB-kod med två siffror, som 05.",
        message_en="A county must have an SCB code of two digits, like 05.",
        component="http://www.w3.org/ns/shacl#PatternConstraintComponent",
    )


def test_a_warning_alone_conforms(county: list[str]) -> None:
    fund = f"<{n.BASE}id/fund/eruf>"
    report = validate([*county, *typed(fund, n.Fund), name(fund, "Europeiska regionalfonden")])
    assert report.conforms
    assert [(f.severity, f.shape) for f in report.findings] == [("Warning", f"{n.BASE}shapes#EnglishName")]
    assert report.violations == ()


def test_the_data_given_is_left_as_it_was(short_code: list[str]) -> None:
    triples = Graph().parse(data="\n".join(short_code).replace(f" {GRAPH} .", " ."), format="nt")
    before = set(triples)
    validate(triples)
    assert set(triples) == before


def test_own_shapes_and_context_can_be_given() -> None:
    shapes = Graph().parse(
        format="turtle",
        data="""
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
        ex:Named a sh:NodeShape ; sh:targetClass ex:Thing ;
            sh:property [ sh:path [ sh:inversePath ex:names ] ;
                sh:minCount 1 ; sh:message "Nobody names it." ] .
        """,
    )
    thing = f"<https://example.org/t> <{n.type_}> <https://example.org/Thing> ."
    (found,) = validate(thing, shapes).findings
    assert found.path == "^<https://example.org/names>"
    assert found.message_sv == found.message_en == "Nobody names it."
    context = Graph().add(
        (
            URIRef("https://example.org/n"),
            URIRef("https://example.org/names"),
            URIRef("https://example.org/t"),
        )
    )
    assert validate(thing, shapes, context).findings == ()


def test_ill_typed_values_are_found(county: list[str]) -> None:
    project = f"<{n.BASE}id/project/p>"
    lines = [*typed(project, n.Project), name(project, "P")]
    lines.append(f'{project} <{n.startDate}> "2021-13-45"^^<{n.XSD}date> {GRAPH} .')
    found = [f for f in validate(lines).violations if f.path == n.startDate]
    assert [f.value for f in found] == ["2021-13-45"]


@pytest.mark.parametrize(
    "printed",
    [
        "031-390 06 00",
        "031 390 06 00",
        "+46 31 390 06 00",
        "+46 (0)31-390 06 00",
        "0313-90 06 00",
        "19121212-1212",
        "191212121212",
        "121212-1212",
        "0701740605",
    ],
)
def test_numbers_of_persons_are_refused(county: list[str], printed: str) -> None:
    report = validate([*county, text(COUNTY, n.comment, f"ring {printed} idag")])
    assert list(report.counts()) == [f"{n.BASE}shapes#NoNumberOfPerson"]


@pytest.mark.parametrize(
    "printed",
    [
        "2024-04-01 – 2029-03-29",
        "556677-1234 styrkeområden",
        "25 000 000 kr",
        "NUTS SE123, SCB 0580",
        "dnr 2020-03456",
        "2023-01-25",
        "01-06 2023",
        "9006-1 20293456",
        "1,5 2014–2020",
    ],
)
def test_dates_sums_and_keys_are_no_numbers_of_persons(county: list[str], printed: str) -> None:
    assert validate([*county, text(COUNTY, n.comment, printed)]) == Report(())


def test_the_report_in_json(short_code: list[str]) -> None:
    content = json.loads(validate(short_code).to_json())
    assert content["conforms"] is False
    assert content["counts"] == {f"{n.BASE}shapes#County": 1}
    assert content["findings"][0]["message_sv"].startswith("Ett län")


def test_the_report_in_turtle_is_a_validation_report(short_code: list[str]) -> None:
    report = validate([*short_code, f"{COUNTY} <{n.within}> <{n.BASE}id/organisation/x> {GRAPH} ."])
    graph = Graph().parse(data=report.to_turtle(), format="turtle")
    (node,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(node, SH.conforms) == Literal(False)
    assert len(list(graph.objects(node, SH.result))) == len(report.findings) == 2
    assert set(graph.objects(None, SH.focusNode)) == {URIRef(f"{n.BASE}id/county/05")}
    assert set(graph.objects(None, SH.value)) == {Literal("5"), URIRef(f"{n.BASE}id/organisation/x")}
    assert set(graph.objects(None, SH.resultSeverity)) == {SH.Violation}


def test_blank_nodes_stay_blank_in_the_report() -> None:
    report = validate(typed("_:a", n.MonetaryAmount))
    assert {finding.focus[:2] for finding in report.findings} == {"_:"}
    graph = Graph().parse(data=report.to_turtle(), format="turtle")
    assert not [focus for focus in graph.objects(None, SH.focusNode) if isinstance(focus, URIRef)]


def test_the_same_data_gives_the_same_text(short_code: list[str]) -> None:
    first, second = validate(short_code), validate(reversed(short_code))
    assert first.to_json() == second.to_json()
    assert first.to_turtle() == second.to_turtle()
    assert isomorphic(Graph().parse(data=first.to_turtle()), Graph().parse(data=second.to_turtle()))


def test_a_bad_line_is_named() -> None:
    with pytest.raises(TermError, match=r"data:2: this is not N-Quads"):
        validate([*typed(COUNTY, n.Territory), "no line of N-Quads"])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"missing\.nq: cannot be read: No such file"):
        validate(tmp_path / "missing.nq")


def test_an_unknown_ending_is_named(tmp_path: Path) -> None:
    path = tmp_path / "data.docx"
    path.write_text("", encoding="utf-8")
    with pytest.raises(GraphError, match=r"the ending '\.docx' is no RDF format"):
        validate(path)


def test_broken_shapes_are_told() -> None:
    shapes = Graph().parse(
        format="turtle",
        data="""
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
        ex:Broken a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property [ sh:minCount 1 ] .
        """,
    )
    thing = f"<https://example.org/t> <{n.type_}> <https://example.org/Thing> ."
    with pytest.raises(GraphError, match="The shapes cannot be used"):
        validate(thing, shapes)


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("( ex:a ex:b )", "<https://example.org/a>/<https://example.org/b>"),
        ("[ sh:alternativePath ( ex:a ex:b ) ]", "<https://example.org/a>|<https://example.org/b>"),
        ("ex:a", "https://example.org/a"),
    ],
)
def test_a_path_is_written_as_in_sparql(path: str, written: str) -> None:
    shapes = Graph().parse(
        format="turtle",
        data=f"""
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
        ex:Named a sh:NodeShape ; sh:targetClass ex:Thing ;
            sh:property [ sh:path {path} ; sh:minCount 1 ; sh:message "None." ] .
        """,
    )
    thing = f"<https://example.org/t> <{n.type_}> <https://example.org/Thing> ."
    for engine in ENGINES:
        assert [finding.path for finding in validate(thing, shapes, engine=engine).findings] == [written]


def test_a_triple_within_a_triple_is_refused() -> None:
    quoted = "<https://example.org/a> <https://example.org/b> <<( <a:a> <a:b> <a:c> )>> ."
    with pytest.raises(TermError, match="triple within a triple"):
        validate(quoted)


def test_concepts_come_along_unless_a_context_is_given() -> None:
    organisation = f"<{n.BASE}id/organisation/eu-kommissionen>"
    lines = [
        *typed(organisation, n.Organisation),
        name(organisation, "EU-kommissionen"),
        f"{organisation} <{n.actorKind}> <{n.BASE}id/actor-kind/eu-body> {GRAPH} .",
    ]
    assert validate(lines) == Report(())
    assert not validate(lines, context=Graph()).conforms
    schemes = vocabulary.read(vocabulary.schemes())
    assert (None, SKOS.notation, Literal("eu-body")) in schemes
    assert validate(lines, context=schemes) == Report(())


def test_the_engine_is_imported_only_when_needed() -> None:
    code = "import sys, graph.validate; print('pyshacl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
