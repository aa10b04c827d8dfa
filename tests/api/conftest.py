"""A server over the built store and its pages, a copy to write to, a browser, and a stream for a terminal."""

import re
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright
from starlette.routing import Route
from starlette.testclient import TestClient

from api import publishing
from api.app import create_app
from api.serving import configured
from api.settings import Settings
from graph import withdrawn
from graph.generations import Home
from graph.store import Store
from ontology.names import BASE
from queries.answer import ask
from queries.catalogue import query

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    # One site on few processors: no process to spare for another site, no threads of the script engine.
    *("--disable-site-isolation-trials", "--js-flags=--single-threaded"),
)
STATES = (  # of pages that look different by what is asked; what only links lead to is found by itself
    *("/needs?text=renare+vatten", "/needs?text=zzzz", "/search?q=ostergotland", "/search?q=zzzz"),
    *("/compare?county=05&county=07", "/compare?county=05", "/map?show=flows", "/map?show=parks"),
    *("/map?county=05", "/queries/cq03", "/queries/cq24", "/queries/county-counts", "/networks/counties"),
    *("/networks/organisations-areas", "/ontology/ledBy", "/page/county/05", "/page/fund/eruf"),
    *("/page/project/s3-plattform-smaland-oarna", "/page/area/oms-valfardsteknik-och-e-halsa"),
    "/page/area/smaland-oarna-digital-tjansteutveckling",
    "/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%2020",
    "/sparql?query=CONSTRUCT%20WHERE%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%202",
)
WRONG = (  # what is not there, is gone, or cannot be asked
    *(
        "/nope",
        "/page/county/99",
        "/networks/nope",
        "/queries/nope",
        "/ontology/FundingPlatform",
        "/page/county/77",
    ),
    *("/map?show=nope", "/queries/cq24?level=nope", "/sparql?query=x"),
)


class Terminal:
    """A stream that says it is a terminal."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def write(self, text: str) -> int:
        self.written.append(text)
        return len(text)

    def flush(self) -> None:
        """Keep nothing back."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal() -> Terminal:
    """A stream that says it is a terminal, and keeps what is written to it."""
    return Terminal()


@pytest.fixture
def home(built: Home, tmp_path: Path) -> Home:
    """A copy of the built store that a test may write to."""
    return Home(Path(shutil.copytree(built.folder, tmp_path / "store")))


@pytest.fixture(autouse=True)
def _forgetful(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let clients forget the language that a test chose: they are shared, and tests have no order."""
    shared = [request.getfixturevalue(name) for name in {"client", "live"} & set(request.fixturenames)]
    yield
    for each in shared:
        if isinstance(each, TestClient | httpx2.Client):
            each.cookies.clear()


@pytest.fixture(scope="session")
def client(built: Home) -> Iterator[TestClient]:
    """A client of the server that follows no redirects and asks as a program does."""
    with TestClient(
        create_app(Settings(store=built.folder)), follow_redirects=False, headers={"Accept": "*/*"}
    ) as client:
        yield client


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """Run the whole server, front and workers, on a free port of this machine; give its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        server = uvicorn.Server(configured(settings, quiet=True))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        try:
            httpx2.get(f"{address}/health", timeout=60).raise_for_status()
            yield address
        finally:
            server.should_exit = True
            thread.join(30)
        assert not thread.is_alive()


@pytest.fixture(scope="session")
def serve() -> Callable[[Settings], AbstractContextManager[str]]:
    """A function that runs the whole server with settings."""
    return serving


@pytest.fixture(scope="session")
def address(built: Home) -> Iterator[str]:
    """The address of a running server over the built store."""
    with serving(Settings(store=built.folder)) as found:
        yield found


@pytest.fixture(scope="session")
def live(address: str) -> Iterator[httpx2.Client]:
    """A client of the running server that follows no redirects and asks as a program does."""
    with httpx2.Client(base_url=address, headers={"Accept": "*/*"}, timeout=30) as client:
        yield client


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium; one a module, since its event loop would be in the way of others'."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on the path: install it with scripts/browser.sh")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield found
        found.close()


@pytest.fixture(scope="session")
def published(built: Home, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The built store with a release, and a county that was withdrawn before it."""
    folder = tmp_path_factory.mktemp("published")
    for name in ("generations", "CURRENT"):
        (folder / name).symlink_to(built.folder / name)
    settings = Settings(store=folder)
    publishing.publish(settings)
    with (folder / "releases" / withdrawn.FILE).open("a", encoding="utf-8") as file:
        file.write(f"{BASE}id/county/77,2026-01-02,2026-03-04\n")
    return settings


@dataclass(frozen=True)
class Reached:
    """A route that was asked for a page: at which address, and what kind of answer came."""

    address: str
    kind: str

    @property
    def page(self) -> bool:
        """Tell whether it is a page, and no message that something is wrong."""
        return self.kind == "200 text/html"


@pytest.fixture(scope="session")
def routes(published: Settings) -> dict[str, Reached | None]:
    """Each route that is not the API's, as it was reached from the others; None if no link leads there.

    A route without parameters is its own address; any other is found by following the links of pages.
    """
    app = create_app(published)
    open_routes = [each for each in app.routes if isinstance(each, Route) and each.path[:5] != "/api/"]
    with TestClient(app, follow_redirects=False, headers={"Accept": "text/html"}) as client:
        found: dict[str, Reached | None] = {each.path: None for each in open_routes}
        links = [path for path in found if "{" not in path]
        for link in links:  # grows as pages are found
            route = next((each for each in open_routes if each.path_regex.fullmatch(link)), None)
            if route is None or found[route.path]:
                continue
            answer = client.get(link)
            kind = answer.headers.get("content-type", "").partition(";")[0]
            found[route.path] = reached = Reached(link, f"{answer.status_code} {kind}".strip())
            if reached.page:
                links += dict.fromkeys(re.findall(r'href="(/[^"#?]*)', answer.text))
        return found


@pytest.fixture(scope="session")
def things(store: Store) -> tuple[str, ...]:
    """The address of a page of a thing of each class that has things of ours."""
    found = []
    for row in ask(store, query("class-counts")).rows.dicts():
        rows = ask(store, query("term-uses"), {"term": str(row["class"])}).rows.dicts()
        ours = (str(each["thing"]) for each in rows if str(each["thing"]).startswith(f"{BASE}id/"))
        found += [f"/page/{iri.removeprefix(f'{BASE}id/')}" for iri in sorted(ours)[:1]]
    return tuple(dict.fromkeys(found))


@pytest.fixture(scope="session")
def addresses(routes: dict[str, Reached | None], things: tuple[str, ...]) -> tuple[str, ...]:
    """All kinds of pages: of each route, of a thing of each class, in each state, and of what is wrong."""
    pages = (each.address for each in routes.values() if each and each.page)
    return tuple(dict.fromkeys((*pages, *things, *STATES, *WRONG)))
