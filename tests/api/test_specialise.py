"""Matrices over HTTP: the catalogue, a matrix as JSON, measures of one, and what is refused."""

import pytest
from starlette.testclient import TestClient

from queries import catalogue
from queries.matrix_measure import measures


def test_the_catalogue_lists_every_matrix(client: TestClient) -> None:
    listed = client.get("/api/matrices").json()
    assert [each["name"] for each in listed] == list(catalogue.matrices())
    assert all(each["title"]["sv"] and each["title"]["en"] and each["sparql"] for each in listed)


def test_a_matrix_comes_whole(client: TestClient) -> None:
    found = client.get("/api/matrices/concepts-declared", params={"vocabulary": "sdg"}).json()
    assert (found["unit"], found["counting"], len(found["regions"])) == ("declarations", "full", 21)
    shape = {(len(found[key]), len(found[key][0])) for key in ("values", "projects", "declared")}
    assert shape == {(21, len(found["areas"]))}


def test_a_measure_of_a_matrix_says_all_that_repeats_it(client: TestClient) -> None:
    asked = {"matrix": "concepts-declared", "vocabulary": "sdg", "how": "cosine"}
    found = client.get("/api/measures/relatedness", params=asked).json()
    assert found["columns"] == list(found["rows"][0])
    assert found["parameters"] == {
        "vocabulary": "sdg",
        "how": "cosine",
        "basis": "regions",
        "presence": "any",
        "min_cell": 5,
    }
    assert found["engine"].startswith("numpy ")
    assert all(note["sv"] and note["en"] for note in found["notes"])


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("measures/eci?matrix=declared-areas", 409, "is named by one region only"),
        ("measures/lq?matrix=county-objectives", 409, "needs something to count"),
        ("measures/eci", 400, "is of a matrix; name one: matrix=MATRIX"),
        ("measures/eci?matrix=nope", 404, "There is no matrix 'nope'"),
        ("measures/eci?matrix=declared-areas&min_cell=-1", 400, "expected a whole number from 0"),
        ("measures/eci?matrix=declared-areas&threshold=x", 400, "expected a number from 0"),
        ("measures/eci?matrix=declared-areas&digits=3", 409, "'digits' means nothing for the matrix"),
        ("measures/eci?matrix=declared-areas&how=cosine", 400, "'how' is not known"),
        ("measures/lq?matrix=declared-areas&kind=x", 400, "expected one of strength, any"),
        ("measures/lq?matrix=declared-areas&period=2014-2020", 409, "has no period '2014-2020'"),
        ("matrices/nope", 404, "There is no matrix 'nope'"),
        ("matrices/declared-areas?counting=x", 400, "expected one of auto, full, fractional"),
    ],
)
def test_what_is_refused(client: TestClient, path: str, status: int, said: str) -> None:
    answer = client.get(f"/api/{path}")
    assert (answer.status_code, said in answer.json()["error"]) == (status, True), answer.text


def test_every_measure_of_matrices_has_an_address(client: TestClient) -> None:
    for name in measures():
        answer = client.get(f"/api/measures/{name}", params={"matrix": "concepts-declared"})
        assert answer.status_code in (200, 409), answer.text
