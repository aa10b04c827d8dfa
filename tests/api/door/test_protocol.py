"""The wire: heads that drip, heads too large, too many connections, readers that sleep."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_network
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from api.door import protocol
from api.door.protocol import Door, Limits

if TYPE_CHECKING:
    from tests.api.door.conftest import Running, Tools

GET = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"
LIMITS = Limits(head_seconds=0.4, still_seconds=0.4, head_bytes=2000, head_lines=20)


@pytest.fixture(scope="module")
def server(tools: "Tools") -> Iterator["Running"]:
    """A server of little patience."""
    with tools.running(limits=LIMITS) as server:
        yield server


def test_requests_on_one_connection_are_answered(tools: "Tools", server: "Running") -> None:
    with server.connect() as wire:
        for _ in range(3):
            wire.sendall(GET)
            assert b"200 OK" in wire.recv(65536)
        wire.sendall(GET + GET.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n"))
        assert tools.rest(wire).count(b"200 OK") == 2


class Short(Door):
    """Answers before the parser."""

    def data_received(self, data: bytes) -> None:
        """Answer."""
        self.transport.write(b"well")
        self.answered()


def test_a_connection_answered_before_the_parser_is_kept_as_long(tools: "Tools") -> None:
    with tools.running(protocol=Short, keep_alive=0.4) as server, server.connect() as wire:
        begun = monotonic()
        wire.settimeout(0.1)
        while monotonic() - begun < 1.0:
            wire.sendall(GET)
            assert wire.recv(4) == b"well"
            with pytest.raises(TimeoutError):
                wire.recv(1)
        wire.settimeout(10)
        last = monotonic()
        wire.sendall(GET)
        assert tools.rest(wire) == b"well"
        assert 0.3 < monotonic() - last < 5


@pytest.mark.parametrize("first", [b"", GET], ids=["at once", "after an answer"])
@pytest.mark.parametrize("begun", [b"GET / HT", b"GET / HTTP/1.1\r\nx: y\r\n"])
def test_half_a_head_is_ended(server: "Running", first: bytes, begun: bytes) -> None:
    got = server.ask(first + begun)
    assert got.count(b"200 OK") == bool(first)
    assert b"408 Request Timeout" in got and b"within 0.4 seconds" in got


def test_a_connection_that_says_nothing_is_closed(server: "Running") -> None:
    assert server.ask(b"") == b""


@pytest.mark.parametrize("first", [b"", GET], ids=["at once", "after an answer"])
@pytest.mark.parametrize("drip", [b"x", b"\r\n"], ids=["letters", "empty lines"])
def test_dripping_wins_no_time(server: "Running", first: bytes, drip: bytes) -> None:
    with server.connect() as wire:
        wire.sendall(first + (b"GET /" if drip == b"x" else drip))
        wire.settimeout(0.1)
        for _ in range(60):
            try:
                wire.sendall(drip)
                if wire.recv(65536) == b"":
                    break
            except TimeoutError:
                continue
            except (ConnectionResetError, BrokenPipeError):
                break
        else:
            pytest.fail("the connection is still open")


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\nx: " + b"y" * 3000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nx: " + b"y" * 3000,
        b"GET /" + b"y" * 3000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"x: y\r\n" * 30 + b"\r\n",
    ],
    ids=["a line", "an open line", "an address", "lines"],
)
def test_a_head_too_large_is_refused(server: "Running", head: bytes) -> None:
    got = server.ask(head)
    assert got.startswith(b"HTTP/1.1 431") and b"2000 bytes in 20 lines" in got


def test_a_large_body_is_no_large_head(tools: "Tools") -> None:
    with tools.running(tools.set(max_query_bytes=9000), limits=LIMITS) as server:
        head = b"POST /sparql HTTP/1.1\r\nconnection: close\r\ncontent-length: 9000\r\n\r\n"
        assert server.ask(head + b"x" * 9000).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "nonsense",
    [bytes(range(256)) + b"\r\n\r\n", b"GET \xff HTTP/1.1\r\n\r\n", b"CONNECT x:1 HTTP/1.1\r\n\r\n"],
    ids=["noise", "no ASCII", "a tunnel"],
)
def test_nonsense_is_answered_with_400(server: "Running", nonsense: bytes) -> None:
    assert server.ask(nonsense).startswith(b"HTTP/1.1 400")


def test_who_does_not_read_is_cut_and_who_reads_is_not(tools: "Tools", server: "Running") -> None:
    long = b"GET /long HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
    with socket.socket() as wire:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        wire.settimeout(10)
        wire.connect(("127.0.0.1", server.port))
        wire.sendall(long)
        while not server.server.server_state.connections:  # it may not have been let in yet
            server.thread.join(0.01)
        while server.server.server_state.connections:
            server.thread.join(0.05)
        assert len(tools.rest(wire)) < 30_000_000
    assert len(server.ask(long)) > 30_000_000


def test_a_client_has_so_many_connections(tools: "Tools", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "loopback", lambda _: False)  # all clients of a test are on this machine
    with tools.running(limits=replace(LIMITS, head_seconds=5, a_client=2)) as server:
        with server.connect() as one, server.connect() as two:
            for wire in (one, two):
                wire.sendall(GET)
                assert b"200 OK" in wire.recv(65536)
            refused = server.ask(b"")
            assert refused.startswith(b"HTTP/1.1 429") and b"2 connections already" in refused
        while server.server.server_state.connections:
            server.thread.join(0.05)
        assert b"200 OK" in server.ask(GET.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n"))
    trusted = (ip_network("127.0.0.0/8"),)
    with tools.running(limits=replace(LIMITS, head_seconds=5, a_client=0, trusted=trusted)) as server:
        assert b"200 OK" in server.ask(GET.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n"))


def test_health_is_answered_when_all_connections_are_taken(tools: "Tools") -> None:
    with tools.running(limits=replace(LIMITS, head_seconds=5, connections=1)) as server, server.connect():
        got = server.ask(GET)
        assert got.startswith(b"HTTP/1.1 503") and b"retry-after: 5" in got
        assert b"200 OK" in server.ask(b"GET /health HTTP/1.1\r\nconnection: close\r\n\r\n")
