"""The door's shortest way: a request that came before, byte for byte, is answered before it is parsed."""

from time import monotonic, time
from typing import ClassVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.door.clients import FORWARDING, counted, loopback
from api.door.protocol import Door
from api.door.rate import Rate
from api.door.watched import Record, Watched, new_id
from api.service.quick import Quick, Ready


class Quickly(Door):
    """A connection that knows whole requests and their answers; `quick`, `watched`, `rate` are a server's."""

    quick: ClassVar[Quick]
    watched: ClassVar[Watched]
    rate: ClassVar[Rate | None]

    def data_received(self, data: bytes) -> None:
        """Answer what came before; else read on, and tell the app what the request was, byte for byte."""
        if not self.between:
            return super().data_received(data)
        ready = self.quick.get(data)
        if ready is not None and not self.transport.is_closing() and self._may_ask():
            return self._answer(ready)
        super().data_received(data)
        if data.startswith(b"GET ") and data.find(b"\r\n\r\n") == len(data) - 4 and self.cycle is not None:
            self.scope["raw"] = data  # type: ignore[typeddict-unknown-key]  # for Remembering
        return None

    def _answer(self, ready: Ready) -> None:
        begun, at, record = monotonic(), time(), Record(new_id())
        dated = b"".join(b"%s: %s\r\n" % pair for pair in self.server_state.default_headers)
        ident = b"x-request-id: %s\r\n\r\n" % record.id.encode()
        self.transport.write(b"".join((ready.head, dated, ident, ready.body)))
        self.answered()
        record.status, record.bytes = ready.status, len(ready.body)
        self.watched.told({**ready.scope, "client": self.client}, record, b"", monotonic() - begun, at)

    def _may_ask(self) -> bool:
        address = self.client[0] if self.client else ""
        return self.rate is None or loopback(address) or not self.rate.wait(counted(address))


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

        return await self._app(scope, receive, sending)

    def _keep(self, scope: Scope, message: Message) -> None:
        version, kept = scope["kept"]
        names = dict(scope["headers"])
        if scope["http_version"] == "1.1" and b"connection" not in names and FORWARDING.isdisjoint(names):
            self._quick.put(version, scope, message["status"], message["headers"], kept.body)


def quickly(own_quick: Quick, own_watched: Watched, own_rate: Rate | None) -> type[Quickly]:
    """Return the protocol of one server."""

    class Own(Quickly):
        quick, watched, rate = own_quick, own_watched, own_rate

    return Own
