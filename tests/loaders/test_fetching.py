"""Fetching a file whole, once, within bounds, and as it was promised."""

import gzip
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loaders.errors import FetchError
from loaders.fetching import Patience, fetch

if TYPE_CHECKING:
    from loaders.cached import Fetched
    from tests.loaders.conftest import Get, Handler, Server, Slept, Step

Lies = Callable[[], set[str]]


def status(code: int, **headers: str) -> "Step":
    return lambda handler: handler.answer(code, b"no", **headers)


def test_a_file_is_fetched_with_its_facts(server: "Server", get: "Get", lies: Lies) -> None:
    told: list[tuple[int, int | None]] = []
    url = server.plays(
        lambda h: h.answer(200, server.body, **server.etag, **{"Content-Type": "text/csv; charset=utf-8"})
    )
    found = get(url, tell=lambda done, total: told.append((done, total)))
    assert found.path.read_bytes() == server.body
    assert found.path.name.endswith("-latest_SE.csv")
    assert (found.url, found.final_url, found.sha256, found.size) == (url, url, server.sha, len(server.body))
    assert (found.etag, found.media_type, found.fresh) == ('"one"', "text/csv", True)
    assert lies() == {found.path.name, f"{found.path.name}.facts.json"}
    assert told[0] == (0, len(server.body)) and told[-1] == (len(server.body), len(server.body))
    assert server.asked[0]["accept-encoding"] == "identity"
    assert {"range", "if-none-match"}.isdisjoint(server.asked[0])


def test_what_is_unchanged_is_not_fetched_again(server: "Server", get: "Get") -> None:
    url = server.plays(server.whole, lambda handler: handler.head(304))
    first, second = get(url), get(url)
    assert server.asked[1]["if-none-match"] == '"one"'
    assert (second.path, second.sha256, second.fresh) == (first.path, server.sha, False)


def test_without_an_etag_the_day_is_asked_by(server: "Server", get: "Get") -> None:
    day = "Sat, 21 Nov 2020 10:00:00 GMT"
    url = server.plays(
        lambda h: h.answer(200, server.body, **{"Last-Modified": day}), lambda handler: handler.head(304)
    )
    get(url)
    assert not get(url).fresh
    assert server.asked[1]["if-modified-since"] == day


def test_what_has_changed_replaces_the_file(server: "Server", get: "Get", lies: Lies) -> None:
    url = server.plays(server.whole, lambda h: h.answer(200, b"new", ETag='"two"'))
    get(url)
    found = get(url)
    assert (found.path.read_bytes(), found.etag, found.fresh) == (b"new", '"two"', True)
    assert len(lies()) == 2


def test_an_announced_size_above_the_limit_is_refused(server: "Server", get: "Get", lies: Lies) -> None:
    with pytest.raises(FetchError, match=f"announces {len(server.body)} bytes, at most 100 are taken"):
        get(server.plays(server.whole), limit=100)
    assert lies() == set()
    assert get(server.plays(server.whole), limit=len(server.body)).size == len(server.body)


def test_bytes_above_the_limit_are_refused(server: "Server", get: "Get", lies: Lies) -> None:
    def endless(handler: "Handler") -> None:
        handler.head(200, **server.etag)
        while not server.door.is_set():
            handler.wfile.write(server.body)

    with pytest.raises(FetchError, match="sends more than 100000 bytes, at most 100000 are taken"):
        get(server.plays(endless), limit=100_000)
    assert lies() == set()


def test_a_body_without_length_ends_with_the_connection(server: "Server", get: "Get") -> None:
    def unmeasured(handler: "Handler") -> None:
        handler.head(200)
        handler.wfile.write(server.body)

    assert get(server.plays(unmeasured)).sha256 == server.sha


def test_an_empty_file_is_a_file(server: "Server", get: "Get") -> None:
    assert get(server.plays(lambda handler: handler.answer(200))).size == 0


def test_a_gz_file_stays_as_it_is(server: "Server", get: "Get") -> None:
    packed = gzip.compress(server.body, mtime=0)
    server.plays(lambda h: h.answer(200, packed, **{"Content-Encoding": "gzip"}))
    assert get(server.at("x.csv.gz")).path.read_bytes() == packed


def test_a_file_that_is_packed_unasked_is_refused(server: "Server", get: "Get") -> None:
    url = server.plays(lambda h: h.answer(200, gzip.compress(server.body), **{"Content-Encoding": "gzip"}))
    with pytest.raises(FetchError, match="packs the file as gzip though it was asked not to"):
        get(url)


def test_a_page_in_place_of_the_file_is_refused(server: "Server", get: "Get") -> None:
    url = server.plays(lambda h: h.answer(200, b"<p>Sorry</p>", **{"Content-Type": "text/html"}))
    with pytest.raises(FetchError, match="a web page comes in place of the file"):
        get(url)


def test_the_promised_checksum_is_held(server: "Server", get: "Get", lies: Lies) -> None:
    url = server.plays(server.whole)
    with pytest.raises(FetchError, match=f"has the sha256 {server.sha}, expected {'0' * 64}"):
        get(url, sha256="0" * 64)
    assert lies() == set()
    assert get(url, sha256=server.sha.upper()).fresh
    assert not get(url, sha256=server.sha).fresh
    assert len(server.asked) == 2, "a file that is what was promised is not asked for again"


def test_a_wrong_checksum_leaves_the_file_that_is_there(server: "Server", get: "Get") -> None:
    url = server.plays(server.whole)
    path = get(url).path
    with pytest.raises(FetchError, match="expected 0000"):
        get(url, sha256="0" * 64)
    assert "if-none-match" not in server.asked[1]
    assert path.read_bytes() == server.body and not get(url, sha256=server.sha).fresh


def test_two_at_once_fetch_once(server: "Server", tmp_path: Path) -> None:
    met, waits = threading.Event(), threading.Event()

    def slow(handler: "Handler") -> None:
        met.set()
        server.door.wait(30)
        server.whole(handler)

    url = server.plays(slow, lambda handler: handler.head(304))
    found: dict[str, Fetched] = {}
    first = threading.Thread(target=lambda: found.update(first=fetch(url, tmp_path)))
    second = threading.Thread(
        target=lambda: found.update(second=fetch(url, tmp_path, patience=Patience(busy=waits.set)))
    )
    first.start()
    assert met.wait(10)
    second.start()
    assert waits.wait(10), "the second has to wait"
    assert len(server.asked) == 1
    server.door.set()
    first.join(10)
    second.join(10)
    told = {name: (one.sha256, one.fresh) for name, one in found.items()}
    assert told == {"first": (server.sha, True), "second": (server.sha, False)}


def test_offline_is_a_sentence_at_once(slept: "Slept", get: "Get") -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/x.csv"
    with pytest.raises(FetchError, match=r"x\.csv: the connection failed \(Connection refused\)\."):
        get(url)
    assert slept.seconds == []


def test_offline_tells_of_the_earlier_copy(get: "Get", tmp_path: Path, server: "Server") -> None:
    path = get(server.plays(server.whole, lambda handler: None)).path
    with pytest.raises(FetchError, match="An earlier copy is") as caught:
        get(server.at("data/latest_SE.csv"))
    assert str(path) in str(caught.value)


def test_a_name_that_is_not_found_is_a_sentence(get: "Get", monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", none)
    with pytest.raises(
        FetchError, match=r"the name data\.example cannot be found: perhaps this machine is offline"
    ):
        get("https://data.example/x.csv")
