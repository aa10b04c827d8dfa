"""The pages of the vocabulary: every term in both languages, with examples in Turtle that show it."""

import re
from html import unescape

import pytest
from rdflib import Graph, URIRef
from starlette.testclient import TestClient

from api.words import WORDS
from ontology import names as n
from ontology import vocabulary
from ontology.names import SAMSPEL

TERMS = [iri.removeprefix(SAMSPEL) for iri in vocabulary.terms()]


def page(client: TestClient, path: str, language: str = "sv") -> str:
    """Return a page in a language, as it stands."""
    answer = client.get(path, params={"lang": language}, headers={"Accept": "text/html"})
    client.cookies.clear()
    assert answer.status_code == 200
    return answer.text


def turtle(text: str) -> list[str]:
    """Return the Turtle that a page shows."""
    return [
        unescape(found)
        for found in re.findall(r"<pre class=\"source\"[^>]*><code>(.*?)</code></pre>", text, re.DOTALL)
    ]


def section(text: str, name: str) -> str:
    """Return a part of a page, from its heading to the next."""
    found = re.search(rf'<h2 id="{name}">(.*?)(?=<h2|</main>)', text, re.DOTALL)
    return found[1] if found else ""


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("term", TERMS)
def test_a_term_has_a_page_with_definition_example_and_permanent_address(
    client: TestClient, term: str, language: str
) -> None:
    text = page(client, f"/ontology/{term}", language)
    entry = vocabulary.entry(SAMSPEL + term, language)
    assert entry is not None
    assert entry.definition in unescape(text) and f"<h1>{entry.label}</h1>" in unescape(text)
    assert f'<code class="hash">{SAMSPEL}{term}</code>' in text
    shown = turtle(section(text, "examples"))
    assert shown
    for example in shown:
        graph, node = Graph().parse(data=example, format="turtle"), URIRef(SAMSPEL + term)
        assert (None, node, None) in graph or (None, None, node) in graph
    for refused in turtle(section(text, "refused")):
        assert len(Graph().parse(data=refused, format="turtle")) > 0
    assert text.count("<h1") == 1 and "<script" not in text and " style=" not in text


def test_a_refusal_tells_what_the_shape_says(client: TestClient) -> None:
    text = section(page(client, "/ontology/StrengthArea", "en"), "refused")
    assert (
        "Refused by the shape Strength area: The class and the kind of the area must say the same: strength."
        in text
    )
    assert "strength-area-of-other-kind.ttl" in text


def test_a_term_tells_constraints_alignments_queries_and_uses(client: TestClient) -> None:
    text = page(client, "/ontology/Project", "en")
    assert 'href="http://data.europa.eu/s66#Project"' in text and "eurio:Project" in text
    assert "shape:Project" in section(text, "constraints")
    assert 'href="/queries/cq' in section(text, "queries")
    assert re.search(r"<dt>In the graph</dt><dd>\d+ things</dd>", text)
    assert "<dt>Since version</dt><dd>0.1.0</dd>" in text
    led = page(client, "/ontology/ledBy", "en")
    assert 'href="/ontology/PriorityArea"' in led and 'href="/ontology/Organisation"' in led
    assert re.search(r"<dt>In the graph</dt><dd>\d+ facts</dd>", led)


def test_a_term_tells_its_changes(client: TestClient) -> None:
    assert "Organisationer kan bära" in section(page(client, "/ontology/organisationNumber"), "changes")
    assert "No changes since 0.1.0." in section(page(client, "/ontology/StrengthArea", "en"), "changes")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_overview_has_a_row_for_every_term_and_an_address_in_it(
    client: TestClient, language: str
) -> None:
    text = page(client, "/ontology", language)
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert [term for term in TERMS if f'<tr id="{term}">' not in text] == []


@pytest.mark.parametrize("key", n.SCHEMES)
def test_the_overview_lists_every_concept_with_its_definition(client: TestClient, key: str) -> None:
    text = unescape(page(client, "/ontology", "en"))
    assert f'id="scheme-{key}"' in text
    entries = [vocabulary.entry(iri, "en") for iri in vocabulary.concepts(key)]
    assert entries and all(entry and entry.definition in text for entry in entries)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_drawing_names_and_links_its_classes_and_can_be_read_aloud(
    client: TestClient, language: str
) -> None:
    text = page(client, "/ontology", language)
    drawing = text[text.index("<svg") : text.index("</svg>")]
    assert f'<title id="diagram-title">{WORDS["term_diagram"][language == "en"]}</title>' in drawing
    assert "<desc" in drawing and 'aria-labelledby="diagram-title diagram-desc"' in drawing
    for iri in vocabulary.classes():
        assert f'href="/ontology/{iri.removeprefix(SAMSPEL)}"' in drawing
        assert f">{vocabulary.label(iri, language)}</text>" in drawing


def test_a_term_that_went_is_told_so(client: TestClient) -> None:
    gone = client.get("/ontology/FundingPlatform?lang=en", headers={"Accept": "text/html"})
    client.cookies.clear()
    assert gone.status_code == 410 and "no longer in the ontology" in gone.text
    assert "follows" in section(page(client, "/ontology", "en"), "changes")


def test_programs_still_get_turtle(client: TestClient) -> None:
    whole = client.get("/ontology", headers={"Accept": "text/turtle"})
    assert whole.content == vocabulary.CORE.read_bytes()
    term = client.get("/ontology/StrengthArea", headers={"Accept": "text/turtle"})
    assert (URIRef(n.StrengthArea), None, None) in Graph().parse(data=term.text, format="turtle")
