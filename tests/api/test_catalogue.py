"""The JSON API: catalogues, answers, measures and matches."""

import io
import zipfile

import pytest
from starlette.testclient import TestClient

from queries import matrix_measure
from queries.catalogue import networks, queries
from queries.format import formats
from queries.measure import measures


def test_catalogues_are_complete(client: TestClient) -> None:
    assert {each["name"] for each in client.get("/api/queries").json()} == set(queries())
    assert {each["name"] for each in client.get("/api/networks").json()} == set(networks())
    listed = client.get("/api/measures").json()
    assert {each["name"] for each in listed if each["of"] == "network"} == set(measures())
    assert {each["name"] for each in listed if each["of"] == "matrix"} == set(matrix_measure.measures())


@pytest.mark.parametrize("name", sorted(queries()))
def test_every_query_answers_as_json(client: TestClient, name: str) -> None:
    answer = client.get(f"/api/queries/{name}").json()
    assert tuple(answer["columns"]) == queries()[name].returns
    assert all(set(row) == set(answer["columns"]) for row in answer["rows"])


def test_a_query_takes_parameters_and_formats(client: TestClient) -> None:
    few = client.get("/api/queries/cq24", params={"level": "seed"})
    assert few.json()["parameters"]["level"] == "seed"
    assert client.get("/api/queries/cq03", params={"format": "csv"}).text.startswith("area,lead,evidence\r\n")
    wrong = client.get("/api/queries/cq03", params={"level": "x"})
    assert wrong.status_code == 400 and "level" in wrong.json()["error"]
    assert client.get("/api/queries/cq03", params={"format": "x"}).status_code == 400
    assert client.get("/api/queries/nope").status_code == 404


def test_networks_come_as_files(client: TestClient) -> None:
    network = client.get("/api/networks/organisations").json()
    assert len(network["nodes"]) == 17 and {"degree", "betweenness"} <= set(network["nodes"][0])
    assert client.get("/api/networks/organisations?format=graphml").text.startswith("<?xml")
    assert client.get("/api/networks/organisations?format=pdf").status_code == 400


def test_networks_come_in_every_format(client: TestClient) -> None:
    for name, form in formats().items():
        file = client.get("/api/networks/organisations", params={"format": name})
        assert (file.status_code, file.headers["content-type"]) == (200, form.media_type)
        ending = "pajek.zip" if form.several else form.ending
        assert file.headers["content-disposition"] == f'attachment; filename="organisations.{ending}"'
    found = client.get("/api/networks/organisations", headers={"Accept": "text/turtle"})
    assert "qb:Observation" in found.text


def test_a_network_as_pajek_is_one_zip(client: TestClient) -> None:
    file = client.get("/api/networks/organisations?format=pajek")
    assert file.content == client.get("/networks/organisations/pajek").content
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        assert {"organisations.net", "organisations.degree.vec", "organisations.communities.clu"} <= set(
            archive.namelist()
        )


def test_a_small_network_has_positions(client: TestClient) -> None:
    nodes = client.get("/api/networks/organisations?format=graphology").json()["nodes"]
    assert len({(node["attributes"]["x"], node["attributes"]["y"]) for node in nodes}) == 17


def test_a_byte_order_mark_is_had_where_it_helps(client: TestClient) -> None:
    plain = client.get("/api/networks/organisations?format=csv")
    marked = client.get("/api/networks/organisations?format=csv&bom=true")
    assert marked.content == b"\xef\xbb\xbf" + plain.content
    assert client.get("/networks/organisations/csv?bom=true").content == marked.content
    for wrong in ("format=csv&bom=1", "format=json&bom=true"):
        assert client.get(f"/api/networks/organisations?{wrong}").status_code == 400


def test_measures_are_computed(client: TestClient) -> None:
    found = client.get("/api/measures/betweenness", params={"network": "organisations"}).json()
    assert found["rows"][0]["label"] == "Region Östergötland"
    assert found["rows"][0]["betweenness"] == pytest.approx(0.1)
    assert client.get("/api/measures/nope").status_code == 404
    assert client.get("/api/measures/degree?network=nope").status_code == 404
    assert client.get("/api/measures/betweenness?pivots=x").status_code == 400
    assert client.get("/api/measures/constraint?network=organisations-areas").status_code == 409
    assert client.get("/api/measures/communities?resolution=1e9").status_code == 400
    assert client.get("/api/measures/communities?resolution=0.5").json()["parameters"]["resolution"] == 0.5


def test_needs_are_matched(client: TestClient) -> None:
    found = client.get("/api/match").json()
    assert len({each["need"] for each in found}) == 3
    own = client.get("/api/match", params={"text": "bygglogistik"}).json()
    assert own[0]["areaLabel"] == "Effektiv logistik" and own[0]["status"] == "inferred"
    one = client.get("/api/match", params={"need": found[0]["need"]}).json()
    assert {each["need"] for each in one} == {found[0]["need"]}
    assert (
        client.get("/api/match", params={"need": "https://w3id.org/samspel/id/need/nope"}).status_code == 404
    )


def test_things_have_names_and_pages(client: TestClient) -> None:
    county, foreign = "https://w3id.org/samspel/id/county/05", "http://www.w3.org/ns/shacl#path"
    found = client.get("/api/labels", params={"iri": [county, foreign], "lang": "en"}).json()
    assert found == [
        {"iri": county, "label": "Östergötland County", "language": "en", "page": "/page/county/05"},
        {"iri": foreign, "label": "path", "language": None, "page": None},
    ]
    assert client.get("/api/labels").status_code == 400
    assert client.get("/api/labels", params={"iri": "no iri"}).status_code == 400
    assert client.get("/api/labels", params={"iri": [county] * 101}).status_code == 400


def test_the_vocabulary_is_that_of_the_data(client: TestClient) -> None:
    found = client.get("/api/vocabulary").json()
    classes = {each["iri"]: each for each in found["classes"]}
    assert classes[found["prefixes"]["samspel"] + "SciencePark"] == {
        "iri": "https://w3id.org/samspel/ontology#SciencePark",
        "label": {"sv": "science park", "en": "science park"},
        "n": 18,
    }
    counts = [each["n"] for each in found["properties"]]
    assert counts == sorted(counts, reverse=True) and counts[-1] > 0
