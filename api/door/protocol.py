"""The wire: uvicorn's protocol, which heads, connections and readers cannot hold up."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address
from time import monotonic
from typing import ClassVar

from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.door.answers import answer
from api.door.clients import counted, loopback

_CLOSE = (b"connection", b"close")
_STIRRED = 20_000  # bytes that a reader must take in the time that an answer may stand still


@dataclass(frozen=True)
class Limits:
    """What a connection may take; `trusted` are proxies, which may have any number of connections."""

    head_seconds: float = 10
    still_seconds: float = 20
    head_bytes: int = 32_768
    head_lines: int = 100
    connections: int = 1000
    a_client: int = 100
    trusted: tuple[IPv4Network | IPv6Network, ...] = ()


class Door(HttpToolsProtocol):
    """A connection. `limits` and `clients` belong to a server: see `within`.

    A head is awaited from the connection's beginning and from each message's end. What is to answer before
    the parser overrides `data_received`, asks `between`, and calls `answered` when it has written an answer.
    """

    limits = Limits()
    clients: ClassVar[Counter[str]] = Counter()

    _awaits_head = True  # the next byte belongs to a head
    _at_start = True  # of the head that is awaited, nothing came yet
    _head_bytes = 0
    _late: asyncio.TimerHandle | None = None
    _stands: asyncio.TimerHandle | None = None
    _client = ""
    _answered_at = 0.0

    @property
    def between(self) -> bool:
        """Tell whether a whole request may begin here: none is half read, none unanswered."""
        return self._awaits_head and self._at_start and (self.cycle is None or self.cycle.response_complete)

    def answered(self) -> None:
        """Await the next request after an answer that was given without the parser."""
        self._await_no_more()
        self.server_state.total_requests += 1
        self._answered_at = monotonic()
        if self.timeout_keep_alive_task is None:  # one that runs is not set anew each time: that takes longer
            self._keep_alive(self.timeout_keep_alive)

    def timeout_keep_alive_handler(self) -> None:
        """Close the connection, unless it was answered since its time began to run."""
        left = self._answered_at + self.timeout_keep_alive - monotonic()
        if left > 0:
            self._keep_alive(left)
        else:
            super().timeout_keep_alive_handler()

    def _keep_alive(self, seconds: float) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(seconds, self.timeout_keep_alive_handler)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the base
        """Let a connection in, unless its client has too many."""
        super().connection_made(transport)
        address = self.client[0] if self.client else ""
        if not self._may_come(address):
            self._refuse(429, f"Your address has {self.limits.a_client} connections already; use them.")
        elif len(self.connections) > 2 * self.limits.connections:
            self.transport.abort()
        else:
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        super().connection_lost(exc)
        self._await_no_more()
        self.resume_writing()
        if self._client:
            self.clients[self._client] -= 1
            if self.clients[self._client] < 1:
                del self.clients[self._client]
            self._client = ""

    def data_received(self, data: bytes) -> None:
        """Read on; a head must be whole in time and not too large."""
        if self.transport.is_closing():
            return
        self._at_start = False
        if self._awaits_head:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._awaits_head and not self._at_start and not self.transport.is_closing():
            if self._head_bytes > self.limits.head_bytes:
                self._refuse(431, self._too_large())
            elif self._late is None:
                self._await_head()

    def on_message_begin(self) -> None:
        """Note that a head has begun."""
        super().on_message_begin()
        self._at_start = False

    def on_headers_complete(self) -> None:
        """Begin to answer; a refusal takes the place of the app."""
        self._awaits_head = False
        self._await_no_more()
        refusal = self._refusal()
        self._head_bytes = 0
        if refusal is None:
            return super().on_headers_complete()
        app = self.app
        self.app = refusal
        try:
            return super().on_headers_complete()
        finally:
            self.app = app

    def on_message_complete(self) -> None:
        """Await the next head."""
        self._await_no_more()
        self._awaits_head = self._at_start = True
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Give a body that nobody read a little time to end."""
        super().on_response_complete()
        if not self._awaits_head and self.cycle.response_complete and not self.transport.is_closing():
            self._await_head()

    def pause_writing(self) -> None:
        """Wait for a client that reads slowly, but not for ever."""
        super().pause_writing()
        if self._stands is None:
            self._watch_reader()

    def resume_writing(self) -> None:
        """Go on."""
        super().resume_writing()
        if self._stands is not None:
            self._stands.cancel()
            self._stands = None

    def _may_come(self, address: str) -> bool:
        if loopback(address) or _among(address, self.limits.trusted):
            return True
        client = counted(address)
        if self.clients[client] >= self.limits.a_client:
            return False
        self.clients[client] += 1
        self._client = client
        return True

    def _refusal(self) -> "Refusal | None":
        limits = self.limits
        if len(self.headers) > limits.head_lines or self._size() > limits.head_bytes:
            return Refusal(431, self._too_large())
        if len(self.connections) > limits.connections and not self.url.startswith(b"/health"):
            return Refusal(503, "More connections are open than can be served. Try again in a few seconds.")
        return None

    def _size(self) -> int:
        """Return the size of a head; exactly only when it may be too large."""
        if self._head_bytes <= self.limits.head_bytes:
            return 0
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def _too_large(self) -> str:
        return (
            f"A request's head may have {self.limits.head_bytes} bytes in {self.limits.head_lines} lines. "
            "Send a long query as the body of a POST."
        )

    def _await_head(self) -> None:
        self._late = self.loop.call_later(self.limits.head_seconds, self._too_late)

    def _await_no_more(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _too_late(self) -> None:
        self._late = None
        if self.transport.is_closing():
            return
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.keep_alive = False  # the head of a second request hangs; the first is answered yet
        elif self._awaits_head and not self._at_start:
            self._refuse(408, f"The request's head did not come within {self.limits.head_seconds:g} seconds.")
        else:
            self.transport.close()

    def _refuse(self, status: int, sentence: str) -> None:
        """Answer where no request is known, and close."""
        body = f"{sentence}\n".encode()
        head = b"content-type: text/plain; charset=utf-8\r\nconnection: close\r\ncontent-length: %d\r\n\r\n"
        self.transport.write(STATUS_LINE[status] + head % len(body) + body)
        self.transport.close()

    def _watch_reader(self) -> None:
        before = self.transport.get_write_buffer_size()
        self._stands = self.loop.call_later(self.limits.still_seconds, self._look_at_reader, before)

    def _look_at_reader(self, before: int) -> None:
        if before - self.transport.get_write_buffer_size() < _STIRRED:
            self.transport.abort()
        else:
            self._watch_reader()


class Refusal:
    """An app that answers everything with one sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        self._status, self._sentence = status, sentence

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse."""
        more = [(b"retry-after", b"5")] if self._status == 503 else []
        await answer(send, self._status, self._sentence, [_CLOSE, *more])


def within(protocol: type[Door], given: Limits) -> type[Door]:
    """Return the protocol for one server, with its limits and its count of clients."""

    class Within(protocol):  # type: ignore[misc, valid-type]  # a class made for one server
        limits = given
        clients: ClassVar[Counter[str]] = Counter()

    return Within


def _among(address: str, networks: tuple[IPv4Network | IPv6Network, ...]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in networks)
