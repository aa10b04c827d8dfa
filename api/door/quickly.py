"""The door's short ways: what came before, byte for byte, is answered at once; a plain query goes straight
to a worker."""

from dataclasses import dataclass, field
from functools import lru_cache
from time import monotonic, time
from typing import ClassVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.door.awake import Awake
from api.door.clients import FORWARDING, counted, loopback
from api.door.protocol import Door
from api.door.rate import Rate
from api.door.watched import Record, Watched, new_id
from api.express import BEGINNING, Express, Plain
from api.service.begun import Begun
from api.service.quick import Quick, Ready


@dataclass(slots=True)
class _Running:
    """A request whose query a worker has begun."""

    data: bytes
    plain: Plain
    begun: Begun
    ident: str = field(default_factory=new_id)
    began: float = field(default_factory=monotonic)
    at: float = field(default_factory=time)


class Quickly(Door):
    """A connection with short ways; `quick`, `watched`, `rate` and `express` are a server's.

    While a query runs that was given to a worker straight away, `_way` holds it, and the parser has not seen
    the request. Whatever else happens to the connection then (more requests, an ending server, an answer
    that is large or none) sends the request the long way after all, where the same worker goes on.
    """

    quick: ClassVar[Quick]
    watched: ClassVar[Watched]
    rate: ClassVar[Rate | None]
    express: ClassVar[Express]
    awake: ClassVar[Awake]

    _way: _Running | None = None

    def data_received(self, data: bytes) -> None:
        """Answer what came before, begin a plain query; else read on, and keep the request for the app."""
        if self._way is not None:
            self._go_the_long_way()
        if not self.between or self.transport.is_closing():
            return super().data_received(data)
        ready = self.quick.get(data)
        if ready is not None and self._may_ask():
            return self._answer(ready, new_id())
        if ready is None and data.startswith(BEGINNING) and self._begin(data):
            return None
        super().data_received(data)
        if data.startswith(b"GET ") and data.find(b"\r\n\r\n") == len(data) - 4 and self.cycle is not None:
            self.scope["raw"] = data  # type: ignore[typeddict-unknown-key]  # for Remembering
        return None

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of a query whose client has gone."""
        way, self._way = self._way, None
        if way is not None:
            self.watched.busy -= 1
            way.begun.leave()
            self._tell(way.plain.scope, Record(way.ident), way.plain.agent, monotonic() - way.began, way.at)
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """End after the answer that is being made."""
        if self._way is not None:
            self._go_the_long_way()
        super().shutdown()

    def _begin(self, data: bytes) -> bool:
        if self.scheme != "http" or len(self.connections) > self.limits.connections:
            return False
        plain = self.express.plain(data)
        if plain is None or not self._may_ask():
            return False
        known = None if plain.last else self.express.known(plain)
        if known is not None:
            self.quick.again(plain.version, data, known)
            self._answer(known, new_id(), plain.agent)
            return True
        begun = self.express.begin(plain, counted(self.client[0]) if self.client else "", self._heard)
        if begun is None:
            return False
        self._await_no_more()
        self._unset_keepalive_if_required()
        self._way = _Running(data, plain, begun)
        self.watched.busy += 1
        if plain.last:  # what the long way needs is done while the worker works
            self._go_the_long_way()
        return True

    def _heard(self) -> None:
        """Write the answer when it has come whole."""
        way = self._way
        if way is None:
            return
        frame = way.begun.whole()
        if frame is None:
            self._go_the_long_way()
            return
        self._way = None
        self.watched.busy -= 1
        if not self.transport.is_closing():
            ready = self.express.answer(way.plain, frame)
            self._answer(ready, way.ident, way.plain.agent, monotonic() - way.began, way.at)

    def _go_the_long_way(self) -> None:
        way, self._way = self._way, None
        if way is None:
            return
        self.watched.busy -= 1
        before = self.cycle
        super().data_received(way.data)
        if self.cycle is not before:
            self.scope["begun"] = way.begun  # type: ignore[typeddict-unknown-key]  # for Remembering and the app
        else:
            way.begun.close()

    def _answer(
        self, ready: Ready, ident: str, agent: bytes = b"", seconds: float = 0.0, at: float = 0.0
    ) -> None:
        """Write an answer; what is at hand takes no time, and came now."""
        dated = _dated(*self.server_state.default_headers)
        self.transport.write(
            b"%b%bx-request-id: %b\r\n\r\n%b" % (ready.head, dated, ident.encode(), ready.body)
        )
        self.answered()
        self._tell(ready.scope, Record(ident, ready.status, len(ready.body)), agent, seconds, at)
        self.awake.answered(self, self.loop)

    def _tell(
        self, scope: dict[str, object], record: Record, agent: bytes, seconds: float, at: float
    ) -> None:
        address = self.client[0] if self.client else ""
        self.watched.told(scope, record, address, agent, seconds, at)

    def _may_ask(self) -> bool:
        address = self.client[0] if self.client else ""
        return self.rate is None or loopback(address) or not self.rate.wait(counted(address))


@lru_cache(1)  # they change once a second
def _dated(*headers: tuple[bytes, bytes]) -> bytes:
    return b"".join(b"%s: %s\r\n" % pair for pair in headers)


class Remembering:
    """Keep answers that may be given again without asking the app, as long as the data are the same."""

    def __init__(self, app: ASGIApp, quick: Quick) -> None:
        self._app, self._quick = app, quick

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; the app has put what it keeps of the answer into the scope."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def sending(message: Message) -> None:
            if "kept" in scope and "raw" in scope and message["type"] == "http.response.start":
                self._keep(scope, message)
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            if "begun" in scope:  # when nobody took the worker
                scope["begun"].close()

    def _keep(self, scope: Scope, message: Message) -> None:
        version, kept = scope["kept"]
        names = dict(scope["headers"])
        if scope["http_version"] == "1.1" and b"connection" not in names and FORWARDING.isdisjoint(names):
            self._quick.put(version, scope, message["status"], message["headers"], kept.body)


def quickly(
    own_quick: Quick, own_watched: Watched, own_rate: Rate | None, own_express: Express
) -> type[Quickly]:
    """Return the protocol of one server."""

    class Own(Quickly):
        quick, watched, rate, express = own_quick, own_watched, own_rate, own_express
        awake = Awake(lambda: not own_watched.busy)

    return Own
