"""Bodies over the wire: too large, lying about it, or too slow."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from api.door.bodies import caps

if TYPE_CHECKING:
    from tests.api.door.conftest import Running, Tools

POST = b"POST /sparql HTTP/1.1\r\nhost: x\r\ncontent-type: application/sparql-query\r\n"


@pytest.fixture(scope="module")
def server(tools: "Tools") -> Iterator["Running"]:
    """A server that takes bodies of 1,000 bytes and waits a second for them."""
    with tools.running(tools.set(body_seconds=1)) as server:
        yield server


def test_a_body_within_its_limits_comes_through(server: "Running") -> None:
    body = b"x" * 1000
    got = server.ask(POST + b"connection: close\r\ncontent-length: 1000\r\n\r\n" + body)
    assert got.startswith(b"HTTP/1.1 200") and got.count(b"x" * 1000) == 1
    pieces = b"3e8\r\n" + body + b"\r\n0\r\n\r\n"
    got = server.ask(POST + b"connection: close\r\ntransfer-encoding: chunked\r\n\r\n" + pieces)
    assert got.startswith(b"HTTP/1.1 200") and b"x" * 100 in got


def test_a_body_that_says_it_is_too_large_is_refused_unread(server: "Running") -> None:
    got = server.ask(POST + b"content-length: 1001\r\n\r\n" + b"x" * 1001)
    assert got.startswith(b"HTTP/1.1 413")
    assert b"larger than the 1000 bytes" in got and b"connection: close" in got


def test_a_body_in_pieces_is_counted_as_it_comes(server: "Running") -> None:
    with server.connect() as wire:
        wire.sendall(POST + b"transfer-encoding: chunked\r\n\r\n")
        for _ in range(20):
            wire.sendall(b"64\r\n" + b"x" * 100 + b"\r\n")
        assert wire.recv(65536).startswith(b"HTTP/1.1 413")


def test_a_length_that_lies_is_a_slow_body_or_a_wrong_request(server: "Running") -> None:
    assert server.ask(POST + b"content-length: 900\r\n\r\nx").startswith(b"HTTP/1.1 408")
    assert b"HTTP/1.1 400" in server.ask(POST + b"content-length: 1\r\n\r\nxyz\r\n\r\n")


@pytest.mark.parametrize("lines", [b"content-length: 3\r\ntransfer-encoding: chunked", b"content-length: -1"])
def test_what_could_be_read_in_two_ways_is_refused(server: "Running", lines: bytes) -> None:
    assert server.ask(POST + lines + b"\r\n\r\n0\r\n\r\n").startswith(b"HTTP/1.1 400")


def test_a_body_that_drips_is_ended_although_something_always_comes(server: "Running") -> None:
    with server.connect() as wire:
        wire.sendall(POST + b"content-length: 900\r\n\r\n")
        wire.settimeout(0.2)
        got = b""
        for _ in range(40):
            try:
                wire.sendall(b"x")
                got = wire.recv(65536)
                break
            except TimeoutError:
                continue
        assert got.startswith(b"HTTP/1.1 408")


def test_a_read_with_a_body_is_answered_and_its_body_is_not_awaited_for_ever(tools: "Tools") -> None:
    with tools.running(tools.set(header_seconds=1)) as server:
        got = server.ask(b"GET / HTTP/1.1\r\nhost: x\r\ncontent-length: 900\r\n\r\nx")
        assert got.startswith(b"HTTP/1.1 200")


def test_every_path_has_its_own_cap() -> None:
    cap = caps(1000, 5000)
    assert cap("/sparql", b"application/sparql-query") == 1000
    assert cap("/sparql", b"application/x-www-form-urlencoded; charset=utf-8") == 4000
    assert cap("/sparql", b"application/sparql-update") == cap("/store", b"text/turtle") == 5000
    assert cap("/", b"") == 65_536
