"""The catalogued queries over REST: parameters held to what is told, pages that join, formats, refusals."""

import csv
import json
from io import StringIO

import pytest
from starlette.testclient import TestClient

from api.parameters import Refusal
from api.query_api import Page
from api.query_values import held, schema
from queries.catalogue import Parameter, queries

ALL = "/api/queries/cq24?level=all"


@pytest.mark.parametrize("name", ["cq24", "search-labels", "municipalities"])
def test_pages_join_to_the_whole(client: TestClient, name: str) -> None:
    whole = client.get(f"/api/queries/{name}", params={"limit": 10_000}).json()
    step = max(whole["total"] // 4, 1)
    rows, address = [], f"/api/queries/{name}?limit={step}"
    while address:
        answer = client.get(address)
        page = answer.json()
        rows += page["rows"]
        assert answer.headers["x-total-count"] == str(page["total"]) == str(whole["total"])
        assert ('rel="next"' in answer.headers.get("link", "")) == bool(page["next"])
        address = page["next"]
    assert rows == whole["rows"] and len(rows) == whole["total"]


def test_a_page_leads_back_and_has_an_end(client: TestClient) -> None:
    page = client.get(f"{ALL}&limit=2&offset=3").json()
    assert page["prev"] == "/api/queries/cq24?level=all&limit=2&offset=1"
    assert client.get(page["prev"]).json()["offset"] == 1
    beyond = client.get(f"{ALL}&offset=100000").json()
    assert beyond["rows"] == [] and beyond["next"] is None
    assert client.get(beyond["prev"]).json()["rows"]
    assert Page(10, 0, 10).links("/x", {}) == {}


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("limit=0", "from 1 to 10000"),
        ("limit=10001", "from 1 to 10000"),
        ("limit=1_0", "a whole number"),
        ("limit=", "a whole number"),
        ("offset=-1", "from 0 to"),
        ("level=x", "one of seed, all"),
        ("nope=1", "'nope' is not known at /api/queries/cq03; it takes format, level, limit, offset"),
        ("level=all&level=seed", "'level' stands 2 times"),
        ("format=pdf", "one of json, csv, excel, tsv, markdown"),
    ],
)
def test_what_is_wrong_is_told(client: TestClient, asked: str, says: str) -> None:
    answer = client.get(f"/api/queries/cq03?{asked}")
    assert answer.status_code == 400
    assert says in answer.json()["error"] and answer.json()["error"].endswith(".")


@pytest.mark.parametrize(
    ("kind", "fits", "fails"),
    [
        ("integer", ["0", "-7", "999999999"], ["", "1.0", "+1", "٣", "01", "1000000000"]),
        ("date", ["2024-02-29"], ["2023-02-29", "20240101", "2024-W01-1", ""]),
        ("moment all", ["2017", "2024-04-01", "all"], ["17", "2024-13-01", "any"]),
        (
            "iri",
            ["https://w3id.org/samspel/id/county/05", "http://a/é?b=c#d"],
            ["urn:a", "http://a b", "x", ""],
        ),
        ("text", ["", "å\n"], ["\x00", "a" * 501]),
        ("choice a,b", ["a"], ["A", ""]),
    ],
)
def test_values_are_held_to_their_type(kind: str, fits: list[str], fails: list[str]) -> None:
    name, _, choices = kind.partition(" ")
    parameter = Parameter("p", name, tuple(choices.split(",")) if choices else (), "", "")
    assert [held(parameter, value) for value in fits] == fits
    for value in fails:
        with pytest.raises(Refusal, match="Parameter 'p' is "):
            held(parameter, value)
    assert schema(parameter)["type"] in ("string", "integer")


def test_the_accept_header_chooses_a_format(client: TestClient) -> None:
    for accept, media in [
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/markdown, text/csv;q=0.5", "text/markdown; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("application/json, */*;q=0.1", "application/json"),
    ]:
        answer = client.get("/api/queries/cq03", headers={"Accept": accept})
        assert answer.headers["content-type"] == media and "Accept" in answer.headers["vary"]
    refused = client.get("/api/queries/cq03", headers={"Accept": "image/png"})
    assert refused.status_code == 406 and "text/csv" in refused.json()["error"]
    assert client.get("/api/measures", headers={"Accept": "text/csv"}).status_code == 406


def test_csv_is_that_of_the_standard(client: TestClient) -> None:
    answer = client.get(f"{ALL}&format=csv")
    assert answer.content.count(b"\r\n") == answer.content.count(b"\n") or b'"' in answer.content
    rows = list(csv.reader(StringIO(answer.text, newline="")))
    assert tuple(rows[0]) == queries()["cq24"].returns
    assert len(rows) - 1 == int(answer.headers["x-total-count"])
    assert answer.headers["content-disposition"] == 'attachment; filename="cq24.csv"'


def test_excel_gets_its_own_csv(client: TestClient) -> None:
    answer = client.get("/api/queries/match-themes?format=excel")
    assert answer.content.startswith(b"\xef\xbb\xbf") and b"\r\n" in answer.content
    header = answer.content.decode("utf-8-sig").splitlines()[0]
    assert tuple(header.split(";")) == queries()["match-themes"].returns


def test_other_methods_are_refused_with_those_allowed(client: TestClient) -> None:
    answer = client.post("/api/queries/cq03")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert answer.json()["error"]


def test_a_name_that_is_not_there_is_told_with_the_nearest(client: TestClient) -> None:
    answer = client.get("/api/queries/cq003")
    assert answer.status_code == 404 and "'cq03'" in answer.json()["error"]


def test_the_page_of_a_query_leads_to_its_files_and_pages(client: TestClient) -> None:
    page = client.get("/queries/search-labels?lang=en", headers={"Accept": "text/html"}).text
    client.cookies.clear()
    assert "/api/queries/search-labels?limit=10000&amp;format=excel" in page
    assert 'rel="next"' in page and "Rows 1–500 of" in page
    last = client.get("/queries/search-labels?offset=500", headers={"Accept": "text/html"})
    assert last.status_code == 200 and 'rel="prev"' in last.text
    assert client.get("/queries/search-labels?offset=x").status_code == 400


def test_openapi_tells_each_query_with_its_parameters(client: TestClient) -> None:
    paths = json.loads(client.get("/openapi.json").text)["paths"]
    assert {path for path in paths if path.startswith("/api/queries/")} == {
        f"/api/queries/{name}" for name in queries()
    }
    level = paths["/api/queries/cq03"]["get"]["parameters"][0]
    assert (level["name"], level["schema"]["enum"], level["schema"]["default"]) == (
        "level",
        ["seed", "all"],
        "seed",
    )
    told = set(paths["/api/queries/cq03"]["get"]["responses"])
    assert told == {"200", "400", "406", "431", "503", "default"}
