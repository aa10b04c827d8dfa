"""A server over the built store, a copy that may be written to, a browser, and a stream for a terminal."""

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx2
import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright
from starlette.testclient import TestClient

from api.app import create_app
from api.serving import configured
from api.settings import Settings
from graph.generations import Home

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
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
