"""The VoID description, held against counts made in another way; the sitemap and robots.txt."""

import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import VOID
from starlette.testclient import TestClient

from api import dataset
from api.app import create_app
from api.settings import Settings
from graph.generations import Home
from graph.store import Store
from ontology.names import BASE, SKOS

DATASET = URIRef(f"{BASE}.well-known/void#dataset")
_LINE = re.compile(r"(\S+) <(\S+)> (.*)")
MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def void(client: TestClient) -> Graph:
    """The description as it is served."""
    return Graph().parse(data=client.get("/.well-known/void").content, format="turtle")


@pytest.fixture(scope="module")
def facts(store: Store) -> list[tuple[str, str, str]]:
    """Every triple of the store as three texts, read without a query."""
    found = [match.groups() for line in store.lines() if (match := _LINE.fullmatch(line))]
    return [(subject, predicate, value) for subject, predicate, value in found]


def number(void: Graph, node: object, key: str) -> int:
    """Return a figure of a part of the description."""
    (value,) = void.objects(node, VOID[key])  # type: ignore[arg-type]  # any node of the graph
    return int(str(value))


def parts(void: Graph, kind: str, key: str, counted: str) -> dict[str, int]:
    """Return the figures of all parts of a kind by what each is about."""
    nodes = void.objects(DATASET, VOID[kind])
    return {str(void.value(node, VOID[key])): number(void, node, counted) for node in nodes}


def test_the_figures_of_the_whole_are_those_of_the_lines(
    void: Graph, facts: list[tuple[str, str, str]]
) -> None:
    subjects = {subject for subject, _, _ in facts}
    ours = {subject for subject in subjects if subject.startswith(f"<{BASE}id/")}
    assert number(void, DATASET, "triples") == len(facts) > 20_000
    assert number(void, DATASET, "distinctSubjects") == len(subjects)
    assert number(void, DATASET, "distinctObjects") == len({value for _, _, value in facts})
    assert number(void, DATASET, "entities") == len(ours)


def test_every_property_and_class_is_counted(void: Graph, facts: list[tuple[str, str, str]]) -> None:
    properties = Counter(predicate for _, predicate, _ in facts)
    classes = Counter(value[1:-1] for _, predicate, value in facts if predicate == str(RDF.type))
    assert parts(void, "propertyPartition", "property", "triples") == properties
    assert parts(void, "classPartition", "class", "entities") == classes
    assert number(void, DATASET, "classes") == len(classes)
    assert number(void, DATASET, "properties") == len(properties)
    spaces = {str(space) for space in void.objects(DATASET, VOID.vocabulary)}
    assert all(iri.startswith(tuple(spaces)) for iri in (*properties, *classes)) and SKOS in spaces


def test_links_to_others_are_counted_by_target_and_property(
    void: Graph, facts: list[tuple[str, str, str]]
) -> None:
    found = Counter[tuple[str, str]]()
    for node in void.subjects(RDF.type, VOID.Linkset):
        target = void.value(node, VOID.objectsTarget)
        assert (DATASET, VOID.subset, node) in void and void.value(node, VOID.subjectsTarget) == DATASET
        space = str(void.value(target, VOID.uriSpace))
        found[space, str(void.value(node, VOID.linkPredicate))] = number(void, node, "triples")
    spaces = {
        "EuroSciVoc": f"{BASE}id/euroscivoc/",
        "NACE": "http://data.europa.eu/ux2/nace2.1/",
        "SDG": "http://metadata.un.org/sdg/",
        "NUTS": "http://data.europa.eu/nuts/code/",
        "ROR": "https://ror.org/",
    }
    expected = Counter[tuple[str, str]]()
    for subject, predicate, value in facts:
        for space in spaces.values():
            mapped = predicate.startswith(SKOS) and predicate.endswith("Match")
            if mapped and value.startswith(f"<{space}") and not subject.startswith(f"<{space}"):
                expected[space, predicate] += subject.startswith(f"<{BASE}id/")
    assert {space for space, _ in expected} == set(spaces.values())
    assert {key: count for key, count in found.items() if key[0] in spaces.values()} == expected


def test_sources_stand_with_licence_and_size(void: Graph, built: Home) -> None:
    manifest = built.open_with_manifest()[1]
    for source in ("seeds", "sweden", "actors", "s3_areas", "mappings"):
        node = URIRef(f"{BASE}graph/{source}")
        assert (DATASET, VOID.subset, node) in void
        assert number(void, node, "triples") == manifest.graphs[str(node)].count
        assert void.value(node, URIRef("http://purl.org/dc/terms/license"))


def test_the_example_things_and_addresses_lead_somewhere(client: TestClient, void: Graph) -> None:
    examples = [str(found) for found in void.objects(DATASET, VOID.exampleResource)]
    assert len(examples) > 2
    for iri in examples:
        assert client.get(iri.removeprefix(BASE.rstrip("/"))).status_code == 303
    assert void.value(DATASET, VOID.sparqlEndpoint) == URIRef(f"{BASE}sparql")
    assert void.value(DATASET, VOID.uriSpace) == Literal(f"{BASE}id/")
    assert list(void.objects(DATASET, VOID.dataDump)) == []


def test_the_dumps_of_the_newest_release_are_named(tmp_path: Path) -> None:
    assert dataset.dumps(tmp_path) == []
    for version in ("2026-01-02", "2026-01-02.2", "2026-01-02.10", "not-one", "2025-12-31.11"):
        folder = tmp_path / "releases" / version
        folder.mkdir(parents=True)
        for name in ("samspel.nq.gz", "samspel.ttl.gz", "seeds.nq.gz", "release.json"):
            (folder / name).touch()
    assert dataset.dumps(tmp_path) == [
        "dumps/2026-01-02.10/samspel.nq.gz",
        "dumps/2026-01-02.10/samspel.ttl.gz",
    ]


def addresses(text: str) -> list[str]:
    """Return the addresses that a sitemap lists."""
    return [str(found.text) for found in ElementTree.fromstring(text).iter(f"{MAPS}loc")]  # noqa: S314 — our own


def test_the_sitemap_leads_to_every_thing_with_a_class(
    client: TestClient, facts: list[tuple[str, str, str]]
) -> None:
    index = client.get("/sitemap.xml", headers={"Host": "data.example.org:8443"})
    assert index.headers["content-type"].startswith("application/xml") and "Host" in index.headers["vary"]
    (part,) = addresses(index.text)
    assert part == "http://data.example.org:8443/sitemap/1.xml"
    text = client.get("/sitemap/1.xml", headers={"Host": "data.example.org:8443"}).text
    listed = addresses(text)
    typed = {
        subject[1:-1].removeprefix(f"{BASE}id")
        for subject, predicate, _ in facts
        if predicate == str(RDF.type) and subject.startswith(f"<{BASE}id/")
    }
    expected = {key for key in typed if not key.startswith("/statement/")}
    assert {each.removeprefix("http://data.example.org:8443/page") for each in listed} == expected
    assert len(listed) == len(expected)
    for each in listed[::150]:
        assert client.get(each.removeprefix("http://data.example.org:8443")).status_code == 200
    assert re.search(r"<lastmod>\d{4}-\d\d-\d\d</lastmod>", text)
    assert client.get("/sitemap/2.xml").status_code == client.get("/sitemap/0.xml").status_code == 404


@pytest.mark.parametrize("host", ["evil.org/x?", "a b", '"><x>', "a@b", "", "x" * 300, "h:99999999", "-h"])
@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap/1.xml", "/robots.txt"])
def test_a_host_that_is_none_is_refused(client: TestClient, path: str, host: str) -> None:
    answer = client.get(path, headers={"Host": host})
    assert answer.status_code == 400 and "expected a name or a number" in answer.text


def test_no_other_document_repeats_the_host(client: TestClient) -> None:
    for path in ("/page/county/05", "/data/county/05.jsonld", "/id/county/05", "/void", "/ontology"):
        for accept in ("text/html", "*/*"):
            answer = client.get(path, headers={"Host": "evil.example", "Accept": accept})
            assert "evil.example" not in answer.text + str(answer.headers)


def test_robots_are_led_to_the_sitemap_and_kept_from_queries(client: TestClient) -> None:
    text = client.get("/robots.txt", headers={"Host": "[::1]:8000"}).text
    assert "Disallow: /sparql\n" in text and text.endswith("Sitemap: http://[::1]:8000/sitemap.xml\n")


def test_another_base_describes_itself(tmp_path: Path) -> None:
    base = "https://data.example.org/"
    with Home(tmp_path).draft() as draft:
        draft.replace(f"{base}graph/x", [f"<{base}id/county/05> <{RDF.type}> <{base}id/x/y>"])
    with TestClient(create_app(Settings(store=tmp_path, base=base))) as client:
        void = Graph().parse(data=client.get("/void.nt").content, format="nt")
        node = URIRef(f"{base}.well-known/void#dataset")
        assert number(void, node, "entities") == number(void, node, "triples") == 1
        assert void.value(node, VOID.sparqlEndpoint) == URIRef(f"{base}sparql")
        assert "/page/county/05</loc>" in client.get("/sitemap/1.xml").text
