"""Real servers on free ports for small apps behind the door, and sockets that speak to them."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.door.around import around, config
from api.door.ending import Server
from api.door.log import Log
from api.door.metrics import Registry
from api.door.protocol import Door, Limits, within
from api.settings import Settings

SETTINGS = Settings(store=Path("/nowhere"), log="none", max_query_bytes=1000)


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the body of the request; /long with much, /fault with a fault."""
    if scope["type"] == "lifespan":
        for kind in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{kind}.complete"})
        return
    if scope["path"] == "/fault":
        raise KeyError("secret-token")
    body, more = b"", scope["method"] not in ("GET", "HEAD")
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    if scope["path"] == "/long":
        body = b"x" * 30_000_000
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": body or b"well\n"})


@dataclass
class Running:
    """A server at work."""

    port: int
    registry: Registry
    server: Server
    thread: threading.Thread

    def connect(self) -> socket.socket:
        """Return a connection that waits at most ten seconds for anything."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def ask(self, request: bytes) -> bytes:
        """Send bytes and return all that comes till the end."""
        with self.connect() as wire:
            wire.sendall(request)
            return rest(wire)


def rest(wire: socket.socket) -> bytes:
    """Return all that comes till the other side closes."""
    found = bytearray()
    with suppress(ConnectionResetError):
        while piece := wire.recv(1 << 20):
            found += piece
    return bytes(found)


@contextmanager
def running(
    settings: Settings = SETTINGS,
    limits: Limits | None = None,
    log: Log | None = None,
    app: ASGIApp = echo,
    protocol: type[Door] = Door,
    keep_alive: float | None = None,
) -> Iterator[Running]:
    """Serve an app behind the whole door."""
    registry = Registry()
    made = config(around(app, settings, registry, log or Log(False)), settings)
    if limits is not None or protocol is not Door:
        made.http = within(protocol, limits or Limits())
    if keep_alive is not None:
        made.timeout_keep_alive = keep_alive  # type: ignore[assignment]  # parts of a second do as well
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(made)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield Running(listener.getsockname()[1], registry, server, thread)
        finally:
            server.should_exit = True
            thread.join(12)
            assert not thread.is_alive()


Asked = tuple[int, dict[str, str], bytes]


def ask(
    app: ASGIApp,
    method: str = "GET",
    path: str = "/",
    body: bytes = b"",
    client: str = "192.0.2.7",
    **more: str,
) -> Asked:
    """Ask an app without a wire; headers are given by name, with _ for -."""
    headers = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in more.items()]
    scheme = "https" if client.startswith("https ") else "http"
    address = client.removeprefix("https ")
    scope: Scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": headers}
    scope.update({"client": (address, 1234), "scheme": scheme})
    sent = list[Message]()

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(dict(message))

    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]  # an Awaitable that is a coroutine
    head = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], head, b"".join(message.get("body", b"") for message in sent[1:])


@pytest.fixture(scope="session")
def tools() -> "Tools":
    """Give what this file offers."""
    return Tools()


class Tools:
    """What tests of the door use."""

    running = staticmethod(running)
    ask = staticmethod(ask)
    rest = staticmethod(rest)
    echo = staticmethod(echo)
    settings = SETTINGS

    @staticmethod
    def set(**changes: int | str) -> Settings:
        """Return the settings with some changed."""
        return replace(SETTINGS, **changes)  # type: ignore[arg-type]  # numbers and texts
