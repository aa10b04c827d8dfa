"""Fetch what a page will show in a few queries, however many things it names."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import gathering, labels, things
from api.snapshot import Snapshot
from graph.asked import Cell
from graph.errors import GraphError

if TYPE_CHECKING:
    from api.site import Site


def fetch(snapshot: Snapshot, wanted: gathering.Wanted) -> None:
    """Fetch and keep all that a page was wanting."""
    labels.learn(snapshot, sorted(wanted.names))
    learn_parts(snapshot, sorted(wanted.parts))


def parts(snapshot: Snapshot, iri: str) -> tuple[Cell, ...]:
    """Return what a thing without a name ties together."""
    wanted = gathering.current()
    if wanted is not None and not snapshot.has(_key(iri)):
        wanted.parts.add(iri)
        return ()
    return snapshot.kept(_key(iri), lambda: things.parts(snapshot.store, [iri])[iri])


def learn_parts(snapshot: Snapshot, iris: Iterable[str]) -> list[Cell]:
    """Ask what things without a name tie together, all at once; return the parts that are new."""
    fresh = [iri for iri in dict.fromkeys(iris) if not snapshot.has(_key(iri))]
    found: dict[str, tuple[Cell, ...]] = dict.fromkeys(fresh, ())
    for some in labels.portions(fresh):
        found |= things.parts(snapshot.store, some)
    for iri, cells in found.items():
        snapshot.keep(_key(iri), cells)
    return [cell for cells in found.values() for cell in cells]


def _key(iri: str) -> tuple[str, ...]:
    return "parts", iri


class Batched:
    """Make pages over a remote store again until all that they name is at hand (see `api.gathering`)."""

    def __init__(self, app: ASGIApp, site: "Site") -> None:
        self._app, self._site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        reads = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if not reads or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        with gathering.remembering():
            messages = await self._made(scope, receive)
            if messages is None:
                await self._app(scope, receive, send)
                return
        for message in messages:
            await send(message)

    async def _made(self, scope: Scope, receive: Receive) -> list[Message] | None:
        """Return the answer when nothing is wanting; None when it must be made without gathering."""
        for _ in range(gathering.ROUNDS):
            messages: list[Message] = []

            async def take(message: Message, into: list[Message] = messages) -> None:
                into.append(message)

            with gathering.noted() as wanted:
                await self._app(dict(scope), receive, take)
            if not wanted:
                return messages
            try:
                await run_in_threadpool(lambda: fetch(self._site.snapshot(), wanted))  # awaited here
            except GraphError:
                return None
        return None
