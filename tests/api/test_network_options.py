"""Parts of networks as parameters of addresses, and what is refused."""

import json

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api import cli, network_options
from api.parameters import Refusal
from graph.generations import Home
from queries.network_filters import Filter


def test_a_part_of_a_network_is_written_with_its_measures(client: TestClient) -> None:
    found = client.get("/api/networks/organisations", params={"territory": "Kalmar län"}).json()
    assert {node["territory"] for node in found["nodes"]} == {"Kalmar län"}
    assert "degree" in found["nodes"][0]


def test_a_measure_of_a_part_says_of_which(client: TestClient) -> None:
    found = client.get("/api/measures/degree", params={"territory": "Kalmar län", "max_size": "30"}).json()
    assert found["filters"] == {"territory": "Kalmar län", "max_size": "30", "large": "set_aside"}
    assert found["notes"][0]["en"].startswith("Only a part of the network: territory=Kalmar län")
    assert client.get("/api/measures/degree").json()["filters"] == {}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"from": "soon"}, "Filter 'from' is 'soon'; expected a year"),
        ({"max_size": "1"}, "max_size"),
        ({"min_weight": "0"}, "Parameter 'min_weight' is '0'; expected a number above 0"),
        ({"min_weight": "x"}, "Parameter 'min_weight' is 'x'"),
        ({"large": "gone"}, "expected one of set_aside, down_weighted"),
        ({"fund": "x" * 301}, "expected 1 to 300 characters"),
        ({"colour": "red"}, "Parameter 'colour' is not known"),
    ],
)
@pytest.mark.parametrize("path", ["/api/networks/organisations", "/api/measures/degree"])
def test_what_cannot_be_meant_is_refused(
    client: TestClient, path: str, given: dict[str, str], message: str
) -> None:
    answer = client.get(path, params=given)
    assert answer.status_code == 400
    assert message in answer.json()["error"]


@pytest.mark.parametrize("path", ["/api/networks/organisations", "/api/measures/degree"])
def test_what_nothing_has_is_not_found(client: TestClient, path: str) -> None:
    answer = client.get(path, params={"fund": "Europeiska regionalfonde"})
    assert answer.status_code == 404
    assert "Did you mean 'Europeiska regionalfonden'" in answer.json()["error"]
    assert client.get(path, params={"from": "2017", "to": "2016"}).status_code == 409


def test_a_part_of_a_network_says_what_is_left_out(built: Home) -> None:
    store = ["--store", str(built.folder)]
    said = CliRunner().invoke(
        cli.app, ["network", "organisations", "--max-size", "5", "--min-weight", "2", *store]
    )
    assert len(said.stdout.splitlines()) == 1 + 10
    assert (
        "Note: 1 event of more than 5 actors (at most 9) is set aside: nobody meets in them." in said.stderr
    )
    asked = ["measure", "degree", "--kind", "science-park", "--format", "json", "-q", *store]
    assert json.loads(CliRunner().invoke(cli.app, asked).stdout)["filters"] == {"kind": "science-park"}


def test_what_is_described_is_what_is_read() -> None:
    assert tuple(str(each["name"]) for each in network_options.described()) == network_options.NAMES
    assert network_options.read({"from": "2016", "min_weight": "2.5", "network": "x"}) == Filter(
        since="2016", min_weight=2.5
    )
    with pytest.raises(Refusal):
        network_options.read({"area": ""})
