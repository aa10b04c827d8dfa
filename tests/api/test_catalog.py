"""The catalogue: negotiated, absolute, and without violation or warning against the DCAT-AP shapes."""

from pathlib import Path
from xml.etree import ElementTree

import pyshacl
import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import RDF, SH, Graph
from starlette.testclient import TestClient

from api import dcat_rdf, publishing
from api.app import create_app
from api.dcat import Catalogue, catalogue
from api.dcat_codes import DCT, EU
from api.publishing import Publisher
from api.settings import Settings
from graph.generations import Home
from graph.iris import Addresses
from graph.releases import Release, Releases

ADDRESS = "https://data.example.org"
REGION = Publisher("Region Exempel", "https://www.example.org/", "RegionalAuthority", "oppnadata@example.org")


@pytest.fixture(scope="module")
def releases(built: Home, tmp_path_factory: pytest.TempPathFactory) -> list[Release]:
    """Two releases of the built store, which lies elsewhere and is not touched."""
    made = Releases(tmp_path_factory.mktemp("published"))
    (made.store / "generations").symlink_to(built.folder / "generations")
    (made.store / "CURRENT").symlink_to(built.folder / "CURRENT")
    for _ in range(2):
        publishing.publish(Settings(store=made.store), force=True)
    return made.all()


def described(built: Home, releases: list[Release], live: bool = True, who: Publisher = REGION) -> Catalogue:
    return catalogue(
        Addresses(ADDRESS), who, releases, publishing.describe(built.open()), built.manifest().made, live
    )


def _findings(data: Graph, shapes: Path) -> list[str]:
    rules = Graph().parse(shapes)
    for shape in set(rules.objects(None, SH.property)):
        if (shape, SH.path, None) not in rules:  # named in DCAT-AP's own file, and defined nowhere
            rules.remove((None, SH.property, shape))
    _, report, text = pyshacl.validate(data, shacl_graph=rules, inference="none")
    return [str(text) for _ in report.subjects(RDF.type, SH.ValidationResult)]


@pytest.mark.shared_data
@pytest.mark.parametrize("case", ["before", "released by nobody", "static"])
def test_nothing_violates_or_warns(shared: Path, built: Home, releases: list[Release], case: str) -> None:
    unset = publishing.publisher(Settings(store=built.folder))
    found = described(
        built,
        [] if case == "before" else releases,
        live=case != "static",
        who=unset if case == "released by nobody" else REGION,
    )
    data = Graph().parse(data=dcat_rdf.written(found, RdfFormat.RDF_XML), format="xml")
    files = [
        *(shared / "data" / "dcat_ap").glob("*.ttl"),
        *(shared / "data" / "dcat_ap_se").glob("*.shacl.ttl"),
    ]
    assert len(files) == 6
    assert {path.name: _findings(data, path) for path in files} == {path.name: [] for path in files}


@pytest.mark.shared_data
def test_the_shapes_find_what_is_missing(shared: Path, built: Home, releases: list[Release]) -> None:
    data = Graph().parse(data=dcat_rdf.written(described(built, releases), RdfFormat.RDF_XML), format="xml")
    data.update(f"DELETE WHERE {{ ?body <{DCT}publisher> ?who . }}")
    assert _findings(data, shared / "data" / "dcat_ap" / "dcat-ap-3.0.1-SHACL.ttl")


@pytest.mark.parametrize(
    "form", [RdfFormat.RDF_XML, RdfFormat.TURTLE, RdfFormat.JSON_LD, RdfFormat.N_TRIPLES]
)
def test_every_form_says_the_same_without_blank_nodes(
    built: Home, releases: list[Release], form: RdfFormat
) -> None:
    found = described(built, releases)
    triples = {quad.triple for quad in parse(dcat_rdf.written(found, form), format=form)}
    assert triples == {
        quad.triple
        for quad in parse(dcat_rdf.written(found, RdfFormat.N_TRIPLES), format=RdfFormat.N_TRIPLES)
    }
    nodes = {node for triple in triples for node in (triple.subject, triple.object)}
    assert [node for node in nodes if type(node).__name__ == "BlankNode"] == []
    assert {node.value.partition(":")[0] for node in nodes if isinstance(node, NamedNode)} == {
        "http",
        "https",
        "mailto",
    }


def test_dumps_and_licences_are_those_of_the_release(built: Home, releases: list[Release]) -> None:
    found = described(built, releases)
    assert [each.version for each in found.releases] == [each.version for each in releases]
    file = releases[0].dumps("samspel")[0]
    first = found.releases[0].distributions[0]
    assert (first.url, first.file) == (f"{ADDRESS}/dumps/{releases[0].version}/samspel.nq.gz", file)
    licences = {part.name: part.described.licence for part in releases[0].parts if part.source}
    assert {each.key: each.licence for each in found.datasets if each.source} == {
        f"source-{name}": licence for name, licence in licences.items()
    }


def test_a_publisher_on_the_eu_list_is_its_entry(built: Home) -> None:
    entry = EU + "corporate-body/COM"
    body = Publisher("European Commission", entry, "SupraNationalAuthority", "opendata@example.org")
    text = dcat_rdf.written(described(built, [], who=body), RdfFormat.N_TRIPLES).decode()
    assert f"<{DCT}publisher> <{entry}>" in text
    assert "editorialNote" not in text


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/rdf+xml"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples", "application/n-triples"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
    ],
)
def test_the_catalogue_is_negotiated(client: TestClient, accept: str, media: str) -> None:
    answer = client.get("/catalog", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media
    assert "Accept" in answer.headers["vary"].split(", ")


def test_a_form_that_there_is_not_is_refused(client: TestClient) -> None:
    answer = client.get("/catalog", headers={"Accept": "image/png"})
    assert answer.status_code == 406 and "application/rdf+xml" in answer.text


def test_the_catalogue_is_at_the_host_of_the_request_unless_an_address_is_set(
    client: TestClient, built: Home
) -> None:
    assert b'rdf:about="http://testserver/catalog"' in client.get("/catalog.rdf").content
    with TestClient(create_app(Settings(store=built.folder, address=ADDRESS))) as other:
        assert f'rdf:about="{ADDRESS}/catalog"'.encode() in other.get("/catalog.rdf").content


def test_a_form_that_there_is_not_is_told_of(client: TestClient) -> None:
    assert client.get("/catalog.xls").status_code == 404


def test_the_page_has_a_place_for_everything_that_the_catalogue_names(
    built: Home, client: TestClient
) -> None:
    page = client.get("/catalog", headers={"Accept": "text/html"}).text
    root = ElementTree.fromstring(client.get("/catalog.rdf").content)  # noqa: S314  # our own
    about = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
    mine = {each.get(about, "").partition("http://testserver/catalog#")[2] for each in root}
    assert {key for key in mine if key and f'id="{key}"' not in page} == set()
