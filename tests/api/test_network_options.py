"""Parts of networks as parameters of addresses, and what is refused."""

import pytest
from starlette.testclient import TestClient

from api import network_options
from api.rest import Refusal
from queries.network_filters import Filter


def test_a_part_of_a_network_is_written_with_its_measures(client: TestClient) -> None:
    found = client.get("/api/networks/organisations", params={"fund": "Europeiska regionalfonden"}).json()
    assert 0 < len(found["nodes"]) < 17
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
        ({"fund": "Europeiska regionalfonde"}, "did you mean 'Europeiska regionalfonden'"),
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


def test_what_is_described_is_what_is_read() -> None:
    assert tuple(str(each["name"]) for each in network_options.described()) == network_options.NAMES
    assert network_options.read({"from": "2016", "min_weight": "2.5", "network": "x"}) == Filter(
        since="2016", min_weight=2.5
    )
    with pytest.raises(Refusal):
        network_options.read({"area": ""})
