"""Fetching from a server that breaks off, stalls, lies about lengths and parts, or is in trouble."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loaders import web
from loaders.errors import FetchError
from loaders.fetching import Patience, fetch

if TYPE_CHECKING:
    from tests.loaders.conftest import Get, Handler, Server, Slept, Step

Lies = Callable[[], set[str]]


def status(code: int, **headers: str) -> "Step":
    return lambda handler: handler.answer(code, b"no", **headers)


def test_a_broken_download_goes_on_where_it_ended(server: "Server", get: "Get", slept: "Slept") -> None:
    found = get(server.plays(server.half, server.rest))
    assert (found.sha256, found.size) == (server.sha, len(server.body))
    assert (server.asked[1]["range"], server.asked[1]["if-range"]) == (f"bytes={server.middle}-", '"one"')
    assert slept.seconds == [1.0]


def test_a_later_run_goes_on_too(server: "Server", get: "Get", lies: Lies) -> None:
    url = server.plays(server.half, status(404), server.rest)
    with pytest.raises(FetchError, match="the server answers 404"):
        get(url)
    assert {path.partition(".csv")[2] for path in lies()} == {".part", ".part.json"}
    assert get(url).sha256 == server.sha
    assert len(lies()) == 2


@pytest.mark.parametrize("headers", [{"ETag": 'W/"weak"'}, {}, {"ETag": "naked"}])
def test_without_a_firm_version_it_begins_anew(server: "Server", get: "Get", headers: dict[str, str]) -> None:
    def cut(handler: "Handler") -> None:
        handler.head(200, **{"Content-Length": str(len(server.body)), **headers})
        handler.wfile.write(server.body[: server.middle])

    assert get(server.plays(cut, server.whole)).sha256 == server.sha
    assert "range" not in server.asked[1]


def test_a_server_that_ignores_ranges_sends_all_again(server: "Server", get: "Get") -> None:
    assert get(server.plays(server.half, server.whole)).sha256 == server.sha
    assert "range" in server.asked[1]


def test_a_file_that_changes_between_two_parts_is_the_new_one(server: "Server", get: "Get") -> None:
    found = get(server.plays(server.half, lambda h: h.answer(200, b"new", ETag='"two"')))
    assert (found.path.read_bytes(), found.etag) == (b"new", '"two"')


@pytest.mark.parametrize(
    ("begin", "end", "total", "etag"),
    [
        (-40_000, 0, 0, '"one"'),
        (0, -1, 0, '"one"'),
        (0, 0, 5, '"one"'),
        (0, 0, 0, '"two"'),
    ],
    ids=["from the start", "not to the end", "of another size", "of another version"],
)
def test_another_part_than_was_asked_for_is_refused(
    server: "Server", get: "Get", begin: int, end: int, total: int, etag: str
) -> None:
    size = len(server.body)
    span = f"bytes {server.middle + begin}-{size - 1 + end}/{size + total}"

    def wrong(handler: "Handler") -> None:
        sent = server.body[server.middle + begin : size + end]
        handler.answer(206, sent, **{"Content-Range": span, "ETag": etag})

    assert get(server.plays(server.half, wrong, server.whole)).sha256 == server.sha
    assert "range" in server.asked[1] and "range" not in server.asked[2]


@pytest.mark.parametrize("span", ["lines 1-2/3", "", "bytes 5-4/*", "bytes x"])
def test_a_part_that_says_not_where_it_belongs_is_refused(server: "Server", get: "Get", span: str) -> None:
    def wrong(handler: "Handler") -> None:
        handler.answer(206, server.body[server.middle :], **{"Content-Range": span, **server.etag})

    assert get(server.plays(server.half, wrong, server.whole)).sha256 == server.sha
    assert "range" not in server.asked[2]


def test_a_part_that_nobody_asked_for_is_refused(server: "Server", get: "Get") -> None:
    with pytest.raises(FetchError, match="the server sends another part than was asked for"):
        get(server.plays(server.rest))


def test_nothing_after_the_part_means_to_begin_anew(server: "Server", get: "Get") -> None:
    assert get(server.plays(server.half, status(416), server.whole)).sha256 == server.sha
    assert "range" not in server.asked[2]


def test_a_length_that_is_too_long_ends_in_a_sentence(
    server: "Server", get: "Get", slept: "Slept", lies: Lies
) -> None:
    with pytest.raises(
        FetchError, match=f"ended after {server.middle} of {len(server.body)} bytes"
    ) as caught:
        get(server.plays(server.half))
    assert f"{server.middle} bytes have come; ask again, and it goes on from there." in str(caught.value)
    assert (len(server.asked), slept.seconds) == (3, [1.0, 2.0])
    assert not any(name.endswith("csv") for name in lies())


@pytest.mark.parametrize("more", [1, 200_000])
def test_a_length_that_is_too_short_is_refused(server: "Server", get: "Get", more: int, lies: Lies) -> None:
    def lie(handler: "Handler") -> None:
        handler.answer(
            200, server.body + b"x" * more, **{"Content-Length": str(len(server.body)), **server.etag}
        )

    with pytest.raises(FetchError, match=f"announces {len(server.body)} bytes and sends more"):
        get(server.plays(lie))
    assert (len(server.asked), lies()) == (1, set())


def test_more_that_comes_late_is_refused(
    server: "Server", get: "Get", lies: Lies, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trail(handler: "Handler") -> None:
        server.whole(handler)
        handler.wfile.flush()
        server.door.wait(30)
        handler.wfile.write(b"x")

    def tell(done: int, total: int | None) -> None:
        if done == total:
            server.door.set()

    monkeypatch.setattr(web, "_LAST_LOOK", 10.0)
    with pytest.raises(FetchError, match="sends more"):
        get(server.plays(trail), tell=tell)
    assert lies() == set()


def test_a_server_that_does_not_hang_up_is_borne(server: "Server", get: "Get") -> None:
    def linger(handler: "Handler") -> None:
        handler.answer(200, server.body, **server.etag)
        handler.wfile.flush()
        server.door.wait(30)

    assert get(server.plays(linger)).sha256 == server.sha


def test_a_stall_is_broken_off_and_mended(server: "Server", get: "Get") -> None:
    def stall(handler: "Handler") -> None:
        server.half(handler)
        server.door.wait(30)

    found = get(server.plays(stall, server.rest), timeout=0.2)
    assert found.sha256 == server.sha
    assert server.asked[1]["range"] == f"bytes={server.middle}-"


def test_silence_before_the_answer_ends_in_a_sentence(server: "Server", get: "Get") -> None:
    def silent(handler: "Handler") -> None:
        server.door.wait(30)

    url = server.plays(silent)
    with pytest.raises(FetchError, match="the server fell silent"):
        get(url, timeout=0.1)
    assert len(server.asked) == 3


def test_a_drip_is_too_slow(server: "Server", tmp_path: Path, slept: "Slept") -> None:
    clock = itertools.count(0, 100)
    patience = Patience(tries=2, sleep=slept, clock=lambda: float(next(clock)), floor=10_000)
    with pytest.raises(FetchError, match="fewer than 10000 bytes a second come"):
        fetch(server.plays(server.half), tmp_path, patience=patience)


def test_a_trouble_of_the_server_is_waited_out(server: "Server", get: "Get", slept: "Slept") -> None:
    url = server.plays(status(500), status(503, **{"Retry-After": "7"}), server.whole)
    assert get(url).sha256 == server.sha
    assert slept.seconds == [1.0, 7.0]


def test_a_lasting_trouble_is_told(server: "Server", get: "Get", slept: "Slept") -> None:
    with pytest.raises(FetchError, match="the server answers 502"):
        get(server.plays(status(502, **{"Retry-After": "999999"})))
    assert slept.seconds == [120.0, 120.0]


@pytest.mark.parametrize(
    ("code", "message"),
    [(404, "look for a new address"), (401, "asks for a key"), (204, "200 was expected"), (304, "200 was")],
)
def test_a_no_is_final(server: "Server", get: "Get", code: int, message: str, lies: Lies) -> None:
    with pytest.raises(FetchError, match=f"the server answers {code}: .*{message}"):
        get(server.plays(lambda handler: handler.head(code)))
    assert (len(server.asked), lies()) == (1, set())


def test_a_body_in_chunks_that_breaks_off_is_not_the_file(server: "Server", get: "Get", lies: Lies) -> None:
    def chunks(handler: "Handler") -> None:
        handler.protocol_version = "HTTP/1.1"
        handler.head(200, **{"Transfer-Encoding": "chunked"})
        handler.wfile.write(b"%x\r\n%s\r\n" % (server.middle, server.body[: server.middle]))
        handler.close_connection = True

    with pytest.raises(FetchError, match="the connection ended early"):
        get(server.plays(chunks))
    assert not any(name.endswith("csv") for name in lies())


def test_what_is_no_http_is_told(server: "Server", get: "Get") -> None:
    def greet(handler: "Handler") -> None:
        handler.wfile.write(b"220 ready\r\n")

    with pytest.raises(FetchError, match="what came is no HTTP"):
        get(server.plays(greet))
