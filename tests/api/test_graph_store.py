"""The Graph Store Protocol over HTTP: who may, which graph, which formats, how much."""

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.routing import Mount
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from api import edits, sparql_run, update_request
from api.build import build
from api.graph_store import GraphStore
from api.guard import Refused
from api.settings import Settings
from api.update_request import Update
from api.writing import Writing
from graph.foreign import EDITS
from graph.generations import Home
from graph.iris import Iris

IRIS = Iris()
TURTLE = {"Content-Type": "text/turtle"}
UTF16 = {"Content-Type": "text/turtle; charset=utf-16"}
INFERRED, PROJECT = f"{IRIS.base}graph/inferred", f"{IRIS.base}ontology#Project"
MAPPINGS = f"{IRIS.base}graph/mappings"
NAMING = Update("CLEAR ALL", (), ("x:g",))
DIRECT, FORM = update_request.DIRECT, update_request.FORM
TOKEN = {"Authorization": "Bearer Qx7"}
PERSON = '@prefix f: <http://xmlns.com/foaf/0.1/> . [] a f:Person ; f:knows [ f:nick "b" ] .'


class App:
    """The handler under test, over a store that is opened anew for each reading."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.home = settings, Home(settings.store)
        self.store: GraphStore | None = None
        self.writing: Writing | None = None

    @asynccontextmanager
    async def life(self, _: Starlette) -> AsyncIterator[None]:
        async def published() -> None:
            """Nothing is held open here."""

        async def read(graph: str | None, scope: Scope, receive: Receive, send: Send) -> None:
            answer = self.document(graph, Headers(scope=scope).get("accept"))
            if scope["method"] == "HEAD":
                answer = Response(status_code=answer.status_code, headers=dict(answer.headers))
            await answer(scope, receive, send)

        self.writing = Writing(self.settings, published)
        self.store = GraphStore(self.writing, read)
        yield
        await self.writing.close()

    def document(self, graph: str | None, accept: str | None) -> Response:
        """Return a graph as a worker does, read from the store as it is now."""
        store, out = self.home.open(), BytesIO()
        if graph is not None and graph not in store.graphs():
            return Response(f"There is no graph {graph}.", 404)
        try:
            media = sparql_run.chosen("CONSTRUCT", accept)
        except Refused as error:
            return Response(str(error), error.status)
        name = IRIS.graph(EDITS)[1:-1] if graph is None else graph
        store.write(out, sparql_run.GRAPHS[media], name, sparql_run.PREFIXES)
        return Response(out.getvalue(), media_type=media)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.store is not None
        await self.store(scope, receive, send)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a store that holds one edit; bodies may have 2000 bytes."""
    folder = tmp_path_factory.mktemp("gsp") / "store"
    edits.update(Home(folder), IRIS, "INSERT DATA { <x:old> <x:p> 1 GRAPH <x:g> { <x:a> <x:p> 1 } }")
    app = App(Settings(store=folder, token="Qx7", max_upload_bytes=2000))  # noqa: S106  # of this test
    with TestClient(Starlette(routes=[Mount("/", app)], lifespan=app.life)) as client:
        yield client


def test_a_graph_is_put_read_added_to_and_taken_away(client: TestClient) -> None:
    def go(method: str, path: str, body: str = "", **headers: str) -> tuple[int, str]:
        answer = client.request(method, path, content=body, headers={**TOKEN, **TURTLE, **headers})
        return answer.status_code, answer.text

    at = "/store?graph=http%3A%2F%2Fx.example%2F1"
    assert go("PUT", at, PERSON)[0] == 201
    assert go("GET", at)[1].count("foaf:nick") == 1
    assert go("HEAD", at) == (200, "")
    assert go("GET", "/store?graph=http://x.example/%2531")[0] == 404
    parts = (
        '--b\r\nContent-Disposition: form-data; name="a"; filename="a.nt"\r\n\r\n<x:a> <x:p> "1" .\r\n'
        '--b\r\nContent-Disposition: form-data; name="b"\r\nContent-Type: text/turtle\r\n\r\n'
        "<x:a> <x:p> 'å' .\r\n--b--\r\n"
    )
    assert go("POST", at, parts, **{"Content-Type": "multipart/form-data; boundary=b"})[0] == 200
    assert '<x:a> <x:p> "å" .' in go("GET", at, Accept="application/n-triples")[1]
    assert go("DELETE", at)[0] == 200
    assert (go("DELETE", at)[0], go("GET", at)[0], go("HEAD", at)[0]) == (404, 404, 404)


def test_a_new_graph_is_found_at_its_address_and_the_default_graph_is_what_was_put(
    client: TestClient,
) -> None:
    made = client.post("/store", content="<> <x:p> <#me> .", headers={**TOKEN, **TURTLE})
    address = made.headers["location"]
    assert made.status_code == 201
    for answer in (client.get(address), client.get("/store", params={"graph": address})):
        name = address.replace("http://testserver/", IRIS.base)
        assert answer.status_code == 200
        assert answer.text.endswith(f"<{name}> <x:p> <{name}#me> .\n")
    assert "<x:old> <x:p> 1 ." in client.get("/store?default").text
    answer = client.put("/store?default", content="<x:n> <x:p> <x:m> .", headers={**TOKEN, **TURTLE})
    assert answer.status_code == 200
    lines = client.get("/store?default", headers={"Accept": "application/n-triples"}).text
    assert lines == "<x:n> <x:p> <x:m> .\n"


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status", "says"),
    [
        ("PUT", "/store?default", TURTLE, "", 401, "Authorization: Bearer"),
        ("PUT", "/store?default", {**TURTLE, "Authorization": "Bearer no"}, "", 401, "not the token"),
        ("PUT", "/store", {**TURTLE, **TOKEN}, "", 400, "Name one graph"),
        ("GET", "/store", {}, "", 400, "Name one graph"),
        ("GET", "/store?graph=x:g&default", {}, "", 400, "Name one graph"),
        ("GET", "/store?graph=x:g&graph=x:g", {}, "", 400, "Name one graph"),
        ("GET", "/store?graph=relative", {}, "", 400, "not an absolute IRI"),
        ("GET", "/store?graph=%FF", {}, "", 400, "cannot be read"),
        ("GET", "/store/a?default", {}, "", 400, "names a graph already"),
        ("GET", "/store?graph=x:none", {}, "", 404, "There is no graph x:none"),
        ("GET", "/store?graph=x:g", {"Accept": "image/png"}, "", 406, "answered as text/turtle"),
        ("PATCH", "/store?default", TOKEN, "", 405, "PATCH is not taken"),
        ("PUT", "/store?default", {**TOKEN, "Content-Type": "text/html"}, "", 415, "not taken"),
        ("PUT", "/store?default", TOKEN, "<x:a> <x:b> 1 .", 415, "is not taken for a graph"),
        ("PUT", "/store?default", {**TOKEN, **UTF16}, "", 415, "utf-16"),
        ("PUT", "/store?default", {**TURTLE, **TOKEN}, "#" * 2001, 413, "larger than 2000 bytes"),
        ("PUT", "/store?default", {**TURTLE, **TOKEN}, "<html/>", 400, "no Turtle that can be taken"),
        ("PUT", f"/store?graph={INFERRED}", {**TURTLE, **TOKEN}, "", 409, "follows from"),
        ("PUT", "/store?graph=x:k", {**TURTLE, **TOKEN}, f"<x:a> a <{PROJECT}> .", 422, "shapes#"),
    ],
)  # fmt: skip
def test_what_is_refused_is_told(
    client: TestClient, method: str, path: str, headers: dict[str, str], body: str, status: int, says: str
) -> None:
    answer = client.request(method, path, headers=headers, content=body)
    assert (answer.status_code, says in answer.text) == (status, True), answer.text


def test_a_body_without_a_length_is_cut_off_while_it_streams(client: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b"# nothing\n" * 100

    answer = client.put("/store?default", content=endless(), headers={**TOKEN, **TURTLE})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("method", "kind", "address", "body", "found"),
    [
        ("POST", DIRECT, b"using-graph-uri=x:g", b"CLEAR ALL", Update("CLEAR ALL", ("x:g",))),
        ("POST", FORM, b"", b"update=CLEAR+ALL&using-named-graph-uri=x:g", NAMING),
        ("POST", FORM, b"", b"query=ASK+%7B%7D", None),
        ("POST", "text/plain", b"", b"CLEAR ALL", None),
        ("GET", "", b"query=ASK", b"", None),
        ("GET", "", b"update=CLEAR+ALL", b"", 405),
        ("POST", FORM, b"", b"update=CLEAR+ALL&update=CLEAR+NAMED", 400),
        ("POST", FORM, b"", b"update=CLEAR+ALL&query=ASK", 400),
        ("POST", FORM, b"", b"update=%FF", 400),
        ("POST", "application/sparql-update", b"", b"\xff\xfeC\x00", 400),
        ("POST", "application/sparql-update; charset=UTF-16", b"", b"CLEAR ALL", 415),
    ],
)  # fmt: skip
def test_an_update_is_told_from_other_requests(
    method: str, kind: str, address: bytes, body: bytes, found: Update | int | None
) -> None:
    try:
        told: Update | int | None = update_request.update_of(method, kind, address, body)
    except Refused as error:
        told = error.status
    assert told == found


def test_a_build_keeps_edits_and_puts_back_what_a_source_says(built: Home, tmp_path: Path) -> None:
    home = Home(Path(shutil.copytree(built.folder, tmp_path / "store")))
    before = home.manifest()
    seeds = f"{IRIS.base}graph/seeds"
    done = edits.update(home, IRIS, f"INSERT DATA {{ <x:a> <x:p> 1 }} ; CLEAR GRAPH <{MAPPINGS}>")
    after = home.manifest()
    assert (done.came, after.graphs[seeds]) == (1, before.graphs[seeds])
    assert f"{IRIS.base}graph/mappings" not in after.graphs
    build(home, IRIS)
    built_again = home.manifest().graphs
    assert set(built_again) == {*before.graphs, f"{IRIS.base}graph/edits"}
    assert {name: built_again[name].sha256 for name in before.graphs} == {
        name: entry.sha256 for name, entry in before.graphs.items()
    }
