"""Writes over HTTP: who may, one at a time, each in a child process, published before it is answered."""

import asyncio
import hmac
import json
import os
import sys
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from starlette.responses import PlainTextResponse, Response

import api
from api.guard import Refused
from api.service.forks import Forked
from api.settings import Settings
from api.write_request import Answer, Request
from graph import leftovers
from graph.errors import GraphError
from graph.foreign import EDITS
from graph.generations import Home
from graph.iris import Iris

WAITING = 8  # writes that may wait for the one that runs
UNKNOWN = -256  # how a forked child ended that did not answer
PATIENCE = 30.0  # seconds that a write waits for its turn
_ROOT = Path(api.__file__).parent.parent
Headers = Iterable[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Outcome:
    """What came of a write: an HTTP status, a sentence, whether a graph is new, the generation in service."""

    status: int
    sentence: str
    created: bool = False
    generation: int = 0

    @property
    def done(self) -> bool:
        """Whether the write was carried out."""
        return self.status < 300

    def response(self, headers: dict[str, str] | None = None) -> Response:
        """Return the answer to who asked."""
        found = PlainTextResponse(f"{self.sentence}\n", self.status, headers)
        found.headers["X-Samspel-Generation"] = str(self.generation)
        if self.status == 503:
            found.headers["Retry-After"] = "5"
        return found


def refusal(error: Refused) -> Response:
    """Return the answer to who is refused."""
    found = PlainTextResponse(f"{error}\n", error.status)
    if error.status == 401:
        found.headers["WWW-Authenticate"] = 'Bearer realm="samspel"'
    if error.status == 503:
        found.headers["Retry-After"] = "5"
    return found


def secret(settings: Settings) -> bytes | None:
    """Return the token that allows writing, None when nobody may write."""
    return os.fsencode(settings.token) or None


def authorised(headers: Headers, token: bytes | None) -> Refused | None:
    """Return None when a request may write, else why not; the comparison takes the same time each time."""
    if token is None:
        return Refused(403, "Writing is off here: the server was started without SAMSPEL_TOKEN.")
    sent = [value for name, value in headers if name.lower() == b"authorization"]
    scheme, _, value = (sent[0] if len(sent) == 1 else b"").partition(b" ")
    if scheme.lower() != b"bearer":
        return Refused(401, "Writing needs the header 'Authorization: Bearer TOKEN'.")
    if not hmac.compare_digest(value.strip(), token):
        return Refused(401, "This is not the token that allows writing.")
    return None


class Writing:
    """Carries out writes one after another; the store is only ever opened in the child.

    A child is forked by `fork` when there is one, which is quick; else it is a program that is started anew.
    """

    def __init__(
        self,
        settings: Settings,
        published: Callable[[], Awaitable[None]],
        fork: "Callable[[], Awaitable[Forked]] | None" = None,
    ) -> None:
        self.settings, self.token = settings, secret(settings)
        self._fork = fork
        self._published, self._home = published, Home(settings.store)
        self._turn, self._waiting = asyncio.Lock(), 0
        self._next: asyncio.Task[Child] | None = None

    async def update(
        self, text: bytes, using: Iterable[str] = (), using_named: Iterable[str] = ()
    ) -> Outcome:
        """Run a SPARQL update, given as UTF-8."""
        return await self._write(
            self._request("update", using=tuple(using), using_named=tuple(using_named)), text
        )

    async def graph(self, method: str, graph: str | None, media: str, body: bytes | Path) -> Outcome:
        """PUT, POST or DELETE a graph; without a name, that of what is put into the default graph."""
        name = Iris(self.settings.base).graph(EDITS)[1:-1] if graph is None else graph
        found = await self._write(self._request(method.lower(), name, media), body)
        if graph is None and found.status in (201, 404):  # the default graph is always there
            return Outcome(200, found.sentence, False, found.generation)
        return found

    def warm(self) -> None:
        """Start a child ahead of the next write, where there will be any."""
        if self.token is not None and self._next is None and self._fork is None:
            self._next = asyncio.create_task(_child())

    async def close(self) -> None:
        """Let the child that waits for a write go."""
        if self._next is not None:
            child = await self._next
            self._next = None
            await child.communicate(b"")  # closes its stdin: there is no request

    async def _write(self, request: Request, body: bytes | Path) -> Outcome:
        if self._waiting > WAITING:
            return Outcome(503, f"{WAITING} writes wait already; try again in a few seconds.")
        self._waiting += 1
        try:
            await asyncio.wait_for(self._turn.acquire(), PATIENCE)
        except TimeoutError:
            return Outcome(503, f"Other writes took more than {PATIENCE:.0f} seconds; try again.")
        finally:
            self._waiting -= 1
        try:
            return await self._in_turn(request, body)
        finally:
            self._turn.release()
            self.warm()

    async def _in_turn(self, request: Request, body: bytes | Path) -> Outcome:
        before = self._current()
        child = await self._started()
        try:
            found = await asyncio.wait_for(_answer(child, request, body), self.settings.write_seconds)
        except TimeoutError:
            reason = f"The write took more than {self.settings.write_seconds} seconds and was broken off"
            found = Answer(503, reason)
        finally:
            await _end(child)
        if child.returncode:
            await asyncio.to_thread(leftovers.sweep, self._home.folder)
            found = self._broken(found, child.returncode, before)
        if found.status < 300:
            await self._published()
        return Outcome(**asdict(found))

    async def _started(self) -> "Child":
        if self._fork is not None:
            return Forkling(await self._fork())
        self.warm()
        started, self._next = self._next, None
        child = await (started or _child())
        self.warm()  # the next one gets ready while this one works
        return child

    def _broken(self, found: Answer, code: int, before: int | None) -> Answer:
        """Tell what a child came to that was killed: nothing, or everything when it was about to tell."""
        after = self._current()
        if after != before and after is not None:
            return Answer(200, f"Generation {after} is in service.", generation=after)
        reason = found.sentence or f"The process that writes ended early (code {code})"
        if code in (-6, -11, UNKNOWN) and not found.sentence:
            reason = f"The write needs more than the {self.settings.write_memory_mb} MB that it may have"
        if code == UNKNOWN and not found.sentence:
            reason += ", or was ended from outside"
        return Answer(found.status, f"{reason}; nothing was changed.", generation=before or 0)

    def _current(self) -> int | None:
        with suppress(GraphError):
            return self._home.current()
        return None

    def _request(self, kind: str, graph: str = "", media: str = "", **more: tuple[str, ...]) -> Request:
        return Request(
            store=str(self.settings.store.absolute()),
            base=self.settings.base,
            kind=kind,
            graph=graph,
            media=media,
            memory=self.settings.write_memory_mb << 20,
            using=more.get("using", ()),
            using_named=more.get("using_named", ()),
        )


class Child(Protocol):
    """A process that carries out one write."""

    @property
    def returncode(self) -> int | None:
        """Return how it ended: 0 well, None not yet."""

    async def communicate(self, input: bytes | None = None) -> tuple[bytes, bytes]:
        """Give it its request; return what it says until its end."""

    def kill(self) -> None:
        """End it at once."""

    async def wait(self) -> int:
        """Wait for its end."""


class Forkling:
    """A forked child: how it ended is known only by whether it answered."""

    def __init__(self, process: Forked) -> None:
        self._process = process
        self.returncode: int | None = None

    async def communicate(self, input: bytes | None = None) -> tuple[bytes, bytes]:
        """Give it its request; return what it says until its end."""
        reader, writer = await asyncio.open_connection(sock=self._process.sock)
        try:
            writer.write(input or b"")
            writer.write_eof()
            said = await reader.read()
        except ConnectionError:
            said = b""
        finally:
            writer.close()
        self.returncode = 0 if said else UNKNOWN
        return said, b""

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    async def wait(self) -> int:
        """Note its end."""
        if self.returncode is None:
            self.returncode = UNKNOWN
        self._process.forget()
        return self.returncode


async def _child() -> asyncio.subprocess.Process:
    """Start a child; it takes our own rooms, whatever the folder holds that the server was started in."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("SAMSPEL_", "PYTHON"))
    }
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        "api.write_child",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=environment | {"PYTHONPATH": str(_ROOT)},
        start_new_session=True,  # Ctrl-C is for the server, which lets a write in flight end
    )


async def _answer(child: Child, request: Request, body: bytes | Path) -> Answer:
    """Give a child its request and return its answer; one that ends without has an empty sentence."""
    path = str(body) if isinstance(body, Path) else ""
    head = json.dumps(asdict(request) | {"path": path}).encode() + b"\n"
    said, _ = await child.communicate(head if isinstance(body, Path) else head + body)
    with suppress(ValueError, TypeError):
        return Answer(**json.loads(said))
    return Answer(500, "")


async def _end(child: Child) -> None:
    with suppress(ProcessLookupError):
        if child.returncode is None:
            child.kill()
    await child.wait()
