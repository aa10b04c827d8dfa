"""What tests here share: outside sources read as `samspel load` does, and a server to fetch from."""

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from graph.iris import Iris
from graph.links import dangling
from graph.store import Store
from graph.validate import validate
from loaders.cached import Fetched
from loaders.feed import Options
from loaders.fetching import Patience, fetch
from loaders.run import Fed, read_outside
from queries.naming import names


@dataclass(frozen=True)
class Outcome:
    """What a source came to, its lines, and a store in memory that holds it beside the bundled data."""

    fed: Fed
    lines: tuple[str, ...]
    bundled: Store

    @cached_property
    def store(self) -> Store:
        """The store: made when a test first asks for it, as most look at the lines or the balance only."""
        copy, iris = self.bundled.in_memory(), Iris()
        copy.replace(iris.graph(self.fed.source.name)[1:-1], self.lines)
        copy.replace(iris.graph("names")[1:-1], names(copy, iris))
        return copy

    def violations(self) -> list[str]:
        """Return what the shapes and the links have against the store."""
        lost = dangling(self.store.lines(), Iris().base)
        return [*map(str, validate(self.store).violations), *map(str, lost)]


Read = Callable[..., Outcome]


@pytest.fixture
def outside(tmp_path: Path, store: Store) -> Read:
    """Read an outside source: `outside(name, path, ...)`, with options by name."""
    return partial(_read, tmp_path, store)


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, store: Store) -> Read:
    """Read files that stay as they are, as `outside` does, once for all tests, which only look at it."""
    return cache(partial(_read, tmp_path_factory.mktemp("once"), store))


def _read(folder: Path, bundled: Store, name: str, *inputs: Path, **options: object) -> Outcome:
    target = folder / f"{name}.nt"
    fed = read_outside(name, inputs, Iris(), target, folder / "rejects.csv", Options(**options))  # type: ignore[arg-type]  # tests name the options
    lines = tuple(line.removesuffix(" .") for line in target.read_text("utf-8").split("\n") if line)
    Store.of(target.read_bytes())  # raises where a line is no N-Triples
    return Outcome(fed, lines, bundled)


Get = Callable[..., Fetched]


class Handler(BaseHTTPRequestHandler):
    """Answers by the script of its server: one step a request, the last for all that follow."""

    server: "Server"

    def do_GET(self) -> None:  # the name that http.server calls
        """Note what was asked and take the next step."""
        with self.server.noting:
            number = len(self.server.asked)
            self.server.asked.append({"path": self.path, **{k.lower(): v for k, v in self.headers.items()}})
        step = self.server.steps[min(number, len(self.server.steps) - 1)]
        with suppress(ConnectionError):
            step(self)

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Answer whole, with the length of the body unless another is given."""
        self.head(status, **{"Content-Length": str(len(body)), **headers})
        self.wfile.write(body)

    def head(self, status: int, **headers: str) -> None:
        """Answer with a status and headers only."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on stderr."""


Step = Callable[[Handler], object]


class Server(ThreadingHTTPServer):
    """A server on a free port, what it was asked, and a door that stalled answers wait behind."""

    body = b"id;name\n" + b"".join(b"%d;Ostergotland\n" % number for number in range(5000))
    sha = hashlib.sha256(body).hexdigest()
    middle = 40_000
    etag = {"ETag": '"one"'}  # noqa: RUF012  # nobody writes to it
    daemon_threads = False
    block_on_close = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.steps: Sequence[Step] = ()
        self.asked: list[dict[str, str]] = []
        self.noting = threading.Lock()
        self.door = threading.Event()

    def plays(self, *steps: Step) -> str:
        """Take these steps; return the address of a file."""
        self.steps = steps
        return self.at("data/latest_SE.csv")

    def at(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://127.0.0.1:{self.server_address[1]}/{path}"

    def whole(self, handler: Handler) -> None:
        """Send the file."""
        handler.answer(200, self.body, **self.etag)

    def half(self, handler: Handler) -> None:
        """Announce the file and break off in the middle."""
        handler.head(200, **{"Content-Length": str(len(self.body)), **self.etag})
        handler.wfile.write(self.body[: self.middle])

    def rest(self, handler: Handler) -> None:
        """Send what comes after the middle."""
        span = f"bytes {self.middle}-{len(self.body) - 1}/{len(self.body)}"
        handler.answer(206, self.body[self.middle :], **{"Content-Range": span, **self.etag})


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A running server that is closed with all its threads."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.door.set()
            server.shutdown()
            thread.join(10)
    assert not thread.is_alive()


class Slept:
    """A sleeper that only notes for how long it was asked to sleep."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def slept() -> Slept:
    return Slept()


@pytest.fixture
def get(tmp_path: Path, slept: Slept) -> Callable[..., Fetched]:
    """Fetch into a new cache without sleeping; three tries."""

    def run(url: str, **more: object) -> Fetched:
        given = {"timeout": 5.0, "patience": Patience(tries=3, sleep=slept), **more}
        return fetch(url, tmp_path, **given)  # type: ignore[arg-type]  # one dict holds what varies

    return run


@pytest.fixture
def lies(tmp_path: Path) -> Callable[[], set[str]]:
    """Tell what lies in the cache but the locks."""
    return lambda: {path.name for path in tmp_path.iterdir() if path.suffix != ".lock"}
