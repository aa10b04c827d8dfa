"""Writing to the real server: who may, what a kill in the middle leaves, and that a read sees the write."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx2
import pytest

from api.settings import Settings
from graph.generations import Home

TOKEN = "tökén"  # noqa: S105  # of this test
ASK = "ASK { <urn:a> <urn:b> <urn:c> }"
INSERT = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"


@pytest.fixture
def writable(home: Home, serve: Callable[[Settings], AbstractContextManager[str]]) -> Iterator[httpx2.Client]:
    """A client of a server that may be written to."""
    settings = Settings(store=home.folder, token=TOKEN)
    with serve(settings) as address, httpx2.Client(base_url=address, timeout=120) as client:
        yield client


def holds(client: httpx2.Client) -> bool:
    """Tell whether the triple is in service."""
    return bool(client.get("/sparql", params={"query": ASK}).json()["boolean"])


def write(client: httpx2.Client, token: bytes | None, text: str = INSERT) -> httpx2.Response:
    """Send an update with a token."""
    more = [] if token is None else [(b"Authorization", b"Bearer " + token)]
    head = [(b"Content-Type", b"application/sparql-update"), *more]
    return client.post("/sparql", content=text.encode(), headers=head)


def test_only_who_has_the_token_writes_and_reads_see_it_at_once(writable: httpx2.Client) -> None:
    for token in (None, b"wrong", b"\xff\xfe", "tökén".encode("latin-1")):
        refused = write(writable, token)
        assert refused.status_code == 401 and refused.headers["www-authenticate"].startswith("Bearer")
        assert "access-control-allow-origin" not in refused.headers
    assert not holds(writable)
    assert write(writable, TOKEN.encode()).status_code == 200
    assert holds(writable)
    form = writable.post(
        "/sparql",
        data={"update": "DELETE DATA { <urn:a> <urn:b> <urn:c> }"},
        headers=[(b"Authorization", b"Bearer " + TOKEN.encode())],
    )
    assert form.status_code == 200 and not holds(writable)


def writers(home: Home) -> list[int]:
    """Return the processes that hold the store's lock open for writing."""
    lock, found = str(home.folder / "lock"), []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(str(handle.readlink()) == lock for handle in (process / "fd").iterdir()):
                found.append(int(process.name))
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the writer is found in /proc")
def test_a_writer_that_is_killed_leaves_everything_as_it_was(writable: httpx2.Client, home: Home) -> None:
    before = home.current()
    answers: list[httpx2.Response] = []
    asking = threading.Thread(target=lambda: answers.append(write(writable, TOKEN.encode())))
    asking.start()
    end = time.monotonic() + 30
    while not (found := writers(home)) and time.monotonic() < end:
        time.sleep(0.005)
    for pid in found:
        os.kill(pid, 9)
    asking.join()
    assert found and answers[0].status_code == 500 and "nothing was changed" in answers[0].text
    assert home.current() == before and not holds(writable)
    assert write(writable, TOKEN.encode()).status_code == 200
    assert holds(writable) and home.verify() == []
