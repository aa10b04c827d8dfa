"""A catalogued query is answered past the app as the app answers it; all else is left to the app."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from starlette.types import Scope

from api.app import create_app
from api.direct import Direct
from api.settings import Settings
from graph.generations import Home
from queries import catalogue


@pytest.fixture(scope="module")
def bare(built: Home) -> Iterator[TestClient]:
    """The app as workers have it."""
    with TestClient(create_app(Settings(store=built.folder), bare=True)) as client:
        yield client


@pytest.fixture(scope="module")
def direct(bare: TestClient) -> Direct:
    """The short way past it."""
    return Direct(bare.app.router.routes)  # type: ignore[attr-defined]  # a FastAPI


def scope(path: str, asked: str, accept: str) -> Scope:
    """Return what a worker makes of a request."""
    headers = [(b"host", b"testserver"), (b"accept", accept.encode())]
    return {"type": "http", "method": "GET", "path": path, "query_string": asked.encode(), "headers": headers}


@pytest.mark.parametrize(
    ("asked", "accept"),
    [
        ("", "*/*"),
        ("limit=3&offset=1", "application/json"),
        ("format=excel", "*/*"),
        ("limit=2", "text/csv, text/tab-separated-values;q=0.5"),
    ],
)
@pytest.mark.parametrize("name", sorted(catalogue.queries()))
def test_both_answer_alike(bare: TestClient, direct: Direct, name: str, asked: str, accept: str) -> None:
    path = f"/api/queries/{name}"
    found = direct.answer(scope(path, asked, accept))
    answer = bare.get(f"{path}?{asked}", headers={"Accept": accept})
    assert found is not None
    assert (found.status_code, bytes(found.body)) == (200, answer.content)
    assert dict(found.headers) == dict(answer.headers)


@pytest.mark.parametrize(
    ("path", "asked", "accept"),
    [
        ("/api/queries/cq03", "level=x", "*/*"),
        ("/api/queries/cq03", "nope=1", "*/*"),
        ("/api/queries/cq03", "limit=1&limit=2", "*/*"),
        ("/api/queries/cq03", "", "image/png"),
        ("/api/queries/nope", "", "*/*"),
        ("/api/queries", "", "*/*"),
        ("/queries/cq03", "", "*/*"),
        ("/", "", "text/html"),
    ],
)
def test_what_is_refused_or_another_address_is_left_to_the_app(
    direct: Direct, path: str, asked: str, accept: str
) -> None:
    assert direct.answer(scope(path, asked, accept)) is None
