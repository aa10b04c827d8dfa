"""Addresses, pages and data of things: content negotiation, evidence, unknowns, disagreement."""

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from starlette.testclient import TestClient

from api import things
from api.app import create_app
from api.settings import Settings
from graph.asked import Cell
from graph.generations import Home
from graph.store import Store
from ontology import names as n
from ontology.names import BASE
from queries.answer import ask
from queries.catalogue import query

HTML = {"Accept": "text/html"}
FACTS = 'id="facts"'  # above them stand the panels, which have tests of their own
AREA = "/page/area/smaland-oarna-digital-tjansteutveckling"
FORMS = {
    "ttl": (RdfFormat.TURTLE, "text/turtle"),
    "nt": (RdfFormat.N_TRIPLES, "application/n-triples"),
    "jsonld": (RdfFormat.JSON_LD, "application/ld+json"),
    "rdf": (RdfFormat.RDF_XML, "application/rdf+xml"),
}


@pytest.mark.parametrize(
    ("accept", "where"),
    [
        ("text/html", "/page/county/05"),
        ("*/*", "/page/county/05"),
        ("text/turtle", "/data/county/05.ttl"),
        ("application/n-triples", "/data/county/05.nt"),
        ("application/ld+json, text/html;q=0.9", "/data/county/05.jsonld"),
        ("application/rdf+xml", "/data/county/05.rdf"),
    ],
)
def test_an_address_leads_to_what_is_wanted(client: TestClient, accept: str, where: str) -> None:
    answer = client.get("/id/county/05", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["location"]) == (303, where)
    assert answer.headers["vary"] == "Accept"


@pytest.mark.parametrize("form", sorted(FORMS))
def test_data_say_the_same_in_every_format(client: TestClient, form: str) -> None:
    answer = client.get(f"/data/county/05.{form}")
    assert answer.headers["content-type"].startswith(FORMS[form][1])
    found = {quad.triple for quad in parse(answer.content, format=FORMS[form][0])}
    plain = {
        quad.triple for quad in parse(client.get("/data/county/05.nt").content, format=RdfFormat.N_TRIPLES)
    }
    assert found == plain and len(found) > 15


def test_data_hold_the_evidence(client: TestClient) -> None:
    text = client.get("/data/area/smaland-oarna-digital-tjansteutveckling.nt").text
    assert f"<{n.fromDocument}> <{BASE}id/document/004>" in text
    assert f"<{n.ledBy}> <{BASE}id/organisation/science-park-jonkoping>" in text


@pytest.mark.parametrize(
    "path", ["/id/county/99", "/data/county/99.ttl", "/data/county/05.pdf", "/id/x/%3Cb%3E"]
)
def test_unknown_things_are_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_area_shows_its_lead_with_evidence(client: TestClient) -> None:
    page = client.get(AREA, headers=HTML).text
    fact = page.split(FACTS)[1].split('href="/ontology/ledBy"')[1].split("</dd>")[0]
    assert '<a href="/page/organisation/science-park-jonkoping"' in fact
    assert 'href="/page/document/004"' in fact and "rad 24" in fact and "ordagrant" in fact
    assert '<q class="printed">Science Park Jönköping AB</q>' in fact
    assert 'href="/sources#seeds"' in fact


def test_labels_come_in_the_readers_language(client: TestClient) -> None:
    page = client.get(AREA, headers={**HTML, "Accept-Language": "en"}).text
    assert "<h1>Digital service development</h1>" in page
    assert '<span lang="sv">Digital tjänsteutveckling</span>' in page
    assert ">Led by<" in page or ">led by<" in page


def test_unknowns_are_said_to_be_unknown(client: TestClient) -> None:
    page = client.get("/page/project/skiss", headers=HTML).text
    fact = page.split(FACTS)[1].split('href="/ontology/startDate"')[1].split("</dd>")[0]
    assert "okänt: fältet är tomt" in fact and 'href="/page/document/000"' in fact
    assert "okänt: anges inte" in client.get("/page/project/oms", headers=HTML).text


@pytest.mark.parametrize(
    ("language", "shown", "hidden"),
    [
        ("sv", "det står ingenting under rubriken", "the heading has nothing under it"),
        ("en", "the heading has nothing under it", "det står ingenting under rubriken"),
    ],
)
def test_a_note_is_shown_once_and_in_the_readers_language(
    client: TestClient, language: str, shown: str, hidden: str
) -> None:
    page = client.get("/page/project/skiss", headers={**HTML, "Accept-Language": language}).text
    fact = page.split(FACTS)[1].split('href="/ontology/totalBudget"')[1].split("</dd>")[0]
    assert fact.count('href="/page/document/000"') == 1
    assert f'<span class="note">{shown}</span>' in fact
    assert page.count(shown) == 1 and hidden not in page


def test_no_evidence_stands_twice(client: TestClient, store: Store) -> None:
    thing = f"{BASE}id/project/skiss"
    stated = 0
    for fact in things.read(store, thing).facts:
        said = [each for value in fact.values for each in value.evidence]
        said += [each for unknown in fact.unknowns for each in unknown.evidence]
        statements = store.rows(
            f"SELECT ?s {{ ?s <{n.subject}> <{thing}> ; <{n.predicate}> <{fact.predicate}> }}"
        ).rows
        assert len(said) == len(statements), fact.predicate
        stated += len(statements)
    rows = client.get("/api/queries/thing-evidence", params={"thing": thing}).json()["rows"]
    assert len({row["statement"] for row in rows}) == len(rows) == stated > 20


def test_evidence_of_many_long_values_is_read_value_by_value(tmp_path: Path) -> None:
    """Hostile data: what is read grows with the sum of the values, not with their product."""
    many, thing, statement = 9, f"{BASE}id/county/05", f"<{BASE}id/statement/0>"
    parts = (n.lines, n.asPrinted, n.comment, n.fromDocument, n.status, n.object_, n.predicate)
    lines = [f"{statement} <{n.subject}> <{thing}>"]
    for part in parts:
        lines += [f'{statement} <{part}> "{at}{"w" * 10_000}"@sv' for at in range(many)]
    with Home(tmp_path).draft() as draft:
        draft.replace(f"{BASE}graph/hostile", lines)
    store = Home(tmp_path).open()
    rows = ask(store, query("thing-triples"), {"thing": thing}).rows.rows
    assert len(rows) == many * len(parts) + 1
    found, unknowns = things._evidence(store, thing)
    assert [len(each.notes) for evidence in found.values() for each in evidence] == [many] and not unknowns


def _said(cell: Cell) -> str | None:
    return cell.value if isinstance(cell, NamedNode | Literal) else None


def test_evidence_is_what_the_query_of_evidence_tells(store: Store) -> None:
    statements = store.rows(f"SELECT DISTINCT ?thing {{ ?s <{n.subject}> ?thing }} ORDER BY ?thing").rows
    told, columns = 0, ("document", "lines", "status", "printed", "note", "noteEn")
    for (cell,) in statements[::7]:
        thing = str(cell)[1:-1]
        rows = ask(store, query("thing-evidence"), {"thing": thing}).rows
        expected = Counter(
            (row["predicate"], row["object"] or row["unknown"], *map(row.get, columns))
            for row in rows.dicts()
        )
        found = Counter[tuple[str | None, ...]]()
        for fact in things.read(store, thing).facts:
            for what, evidence in (
                *((_said(value.cell), each) for value in fact.values for each in value.evidence),
                *((unknown.kind, each) for unknown in fact.unknowns for each in unknown.evidence),
            ):
                notes = {note.language: note.value for note in evidence.notes}
                said = evidence.document, evidence.lines, evidence.status, evidence.printed
                found[(fact.predicate, what, *said, notes.get("sv"), notes.get("en"))] += 1
        assert found == expected, thing
        told += found.total()
    assert told > 100


def test_a_note_in_one_language_is_shown_with_its_language(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("noted")
    thing, statement = f"<{BASE}id/county/05>", f"<{BASE}id/statement/0>"
    label = '"Östergötland"@sv'
    with Home(folder).draft() as draft:
        draft.replace(
            f"{BASE}graph/noted",
            [
                f"{thing} <{n.prefLabel}> {label}",
                f"{statement} <{n.subject}> {thing}",
                f"{statement} <{n.predicate}> <{n.prefLabel}>",
                f"{statement} <{n.object_}> {label}",
                f"{statement} <{n.fromDocument}> <{BASE}id/document/000>",
                f"{statement} <{n.status}> <{BASE}id/status/literal>",
                f'{statement} <{n.comment}> "the <heading>"@en',
            ],
        )
    with TestClient(create_app(Settings(store=folder))) as client:
        page = client.get("/page/county/05", headers={**HTML, "Accept-Language": "sv"}).text
    assert '<span class="note"><span lang="en">the &lt;heading&gt;</span></span>' in page


def test_disagreement_is_shown_and_both_stay(client: TestClient) -> None:
    page = client.get("/page/organisation/region-kalmar-lan", headers=HTML).text
    fact = page.split('href="/ontology/legalName"')[1].split("</div>\n</div>")[0]
    assert "Källorna går isär." in fact
    assert "Region Kalmar län" in fact and "25 miljoner" in fact
    assert "Källorna går isär." not in client.get("/page/project/skiss", headers=HTML).text


def test_a_project_shows_who_takes_part_and_as_what(client: TestClient) -> None:
    page = client.get("/page/project/s3-plattform-smaland-oarna", headers=HTML).text
    assert "Campus Ljungby AB" in page and "projektpartner" in page and "medfinansiär" in page


def test_what_points_to_a_thing_is_listed(client: TestClient) -> None:
    page = client.get("/page/county/05", headers=HTML).text
    assert (
        'href="/page/municipality/0580"' in page and 'href="/page/organisation/region-ostergotland"' in page
    )


@pytest.mark.parametrize(
    "class_name", [n.Participation, n.Goal, n.MonetaryAmount, n.NeedMatch, n.Statement, n.Concept]
)
def test_things_of_every_making_have_a_page(client: TestClient, store: Store, class_name: str) -> None:
    ours = f'FILTER(STRSTARTS(STR(?s), "{BASE}id/"))'  # concepts of others have pages elsewhere
    rows = store.rows(f"SELECT ?s {{ ?s a <{class_name}> {ours} }} ORDER BY ?s LIMIT 3").rows
    assert len(rows) > 1
    for cell, *_ in rows:
        assert isinstance(cell, NamedNode)
        page = client.get("/page/" + cell.value.removeprefix(f"{BASE}id/"), headers=HTML)
        assert page.status_code == 200 and "<title> – " not in page.text


def test_incoming_links_are_counted_without_evidence(store: Store) -> None:
    document = things.read(store, f"{BASE}id/status/literal")
    assert document.known and not document.incoming
    county = things.read(store, f"{BASE}id/county/05")
    rows = store.rows(f"SELECT ?s {{ ?s <{n.within}> <{BASE}id/county/05> }}").rows
    assert county.incoming[n.within] == len(rows) == 13


def test_labels_are_escaped(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    thing, label = f"<{BASE}id/county/05>", "<img src=x onerror=alert(1)>"
    with Home(folder).draft() as draft:
        draft.replace(
            f"{BASE}graph/hostile",
            [f'{thing} <{n.prefLabel}> "{label}"@sv', f"{thing} <{n.homepage}> <javascript:alert(1)>"],
        )
    with TestClient(create_app(Settings(store=folder))) as client:
        for path in ("/page/county/05", "/search?q=img"):
            page = client.get(path, headers=HTML).text
            assert "<img" not in page and "&lt;img" in page
            assert 'href="javascript:' not in page


def test_another_base_is_served_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder, base = tmp_path_factory.mktemp("based"), "https://data.example.org/"
    with Home(folder).draft() as draft:
        draft.replace(f"{base}graph/x", [f'<{base}id/county/05> <{n.prefLabel}> "Östergötland"@sv'])
    with TestClient(create_app(Settings(store=folder, base=base))) as client:
        page = client.get("/page/county/05", headers=HTML).text
        assert "Östergötland" in page and 'href="/sources#x"' in page


def test_terms_have_pages_and_data(client: TestClient) -> None:
    page = client.get("/ontology/SciencePark", headers=HTML).text
    assert 'href="/page/organisation/norrkopings-science-park"' in page
    turtle = client.get("/ontology", headers={"Accept": "text/turtle"})
    assert turtle.headers["content-type"].startswith("text/turtle") and "samspel:SciencePark" in turtle.text
    assert list(
        parse(
            client.get("/ontology", headers={"Accept": "application/ld+json"}).content,
            format=RdfFormat.JSON_LD,
        )
    )
    term = client.get("/ontology/SciencePark", headers={"Accept": "application/n-triples"})
    assert f"<{n.SciencePark}>" in term.text


def test_a_thing_is_read_alike_with_and_without_queries(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = store.rows(f"SELECT DISTINCT ?s {{ ?s a ?c FILTER(STRSTARTS(STR(?s), '{BASE}id/')) }}").dicts()
    iris = [*sorted(str(row["s"]) for row in rows)[::11], f"{BASE}id/county/05", f"{BASE}id/county/none"]
    single = things.single_valued(store)
    quick = [(things.read(store, iri, single), set(things.triples(store, iri))) for iri in iris]
    monkeypatch.setattr(things, "_FEW", 1)
    counted = [things.read(store, iri, single).incoming for iri in iris]
    monkeypatch.setattr(Store, "match", lambda *_, **__: None)
    asked = [(things.read(store, iri, single), set(things.triples(store, iri))) for iri in iris]
    assert quick == asked and counted == [thing.incoming for thing, _ in asked]
    assert sum(bool(thing.incoming) for thing, _ in asked) > 40 and len(iris) > 200
