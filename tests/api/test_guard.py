"""What the guard lets through and what it refuses, with which status."""

import pytest

from api.guard import MAX_DEPTH, MAX_OPERATORS, Refused, check
from queries.catalogue import queries

HIDDEN_IN_IRI = "SELECT * {?s ?p ?o . ?a ?b ?c FILTER(?o<?c)SERVICE#>\n<http://127.0.0.1:9/x>{?d ?e ?f}}"
HIDDEN_IN_TEXT = (
    'PREFIX e:<urn:> SELECT * {?s ?p ?o . ?a ?b ?c FILTER(?o<?c#>"""\n)'
    'SERVICE <http://127.0.0.1:9/x> {?d ?e ?f} #"""\n}'
)


@pytest.mark.parametrize("name", sorted(queries()))
def test_every_catalogued_query_may_run(name: str) -> None:
    assert check(queries()[name].text, 65_536).form == "SELECT"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("\ufeffASK {}", "ASK"),
        ("# INSERT\nSELECT ?x { ?x <urn:SERVICE> 'SERVICE' }", "SELECT"),
        ("BASE <urn:b> PREFIX insert: <urn:x> CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "CONSTRUCT"),
        ("DESCRIBE <http://example.org/service#thing>", "DESCRIBE"),
    ],
)
def test_queries_pass(text: str, form: str) -> None:
    assert check(text, 65_536).form == form


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403),
        ("SELECT * { service silent ?x { ?s ?p ?o } }", 403),
        (HIDDEN_IN_IRI, 403),
        (HIDDEN_IN_TEXT, 403),
        ("LOAD <http://127.0.0.1:9/>", 403),
        ("PREFIX a: <urn:a> INSERT DATA { a:x a:y 1 }", 403),
        ("BASE <urn:b> delete where { ?s ?p ?o }", 403),
        ("# x\nCLEAR ALL", 403),
        ("WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", 403),
        ("SELECT * " + "{" * (MAX_DEPTH + 1) + "}" * (MAX_DEPTH + 1), 400),
        ("SELECT * { ?s ?p " + "[ <urn:p> " * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1) + "}", 400),
        ("SELECT * { FILTER(1=1" + "||1=1" * MAX_OPERATORS + ") }", 400),
        ("SELECT * { FILTER(" + "!" * (MAX_OPERATORS + 1) + "true) }", 400),
        ("", 400),
        ("nonsense", 400),
        ("ASK { }" + " " * 65_536, 413),
    ],
)
def test_dangers_are_refused(text: str, status: int) -> None:
    with pytest.raises(Refused) as refused:
        check(text, 65_536)
    assert refused.value.status == status
    assert str(refused.value).endswith((".", ")"))


def test_the_place_of_a_tower_is_told() -> None:
    with pytest.raises(Refused, match="line 2, column 61"):
        check("SELECT *\n" + "{" * 61 + "}" * 61, 65_536)
