"""Fetch what a page will show in a few queries, however many things it names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import gathering, labels, things
from api.labels import Name
from api.snapshot import Snapshot
from graph.asked import Cell
from graph.errors import GraphError, TermError
from graph.terms import iri as as_iri
from queries.answer import ask
from queries.catalogue import query

if TYPE_CHECKING:
    from api.site import Site

AT_ONCE: Final = 400  # things in one query
_Pairs = dict[str, list[tuple[Cell, Cell]]]


def fetch(snapshot: Snapshot, wanted: gathering.Wanted) -> None:
    """Fetch and keep all that a page was wanting."""
    names(snapshot, sorted(wanted.names))
    _fetch_parts(snapshot, sorted(wanted.parts))


def names(snapshot: Snapshot, iris: Iterable[str]) -> None:
    """Fetch and keep the names of things, those that are not kept yet."""
    fresh = [iri for iri in dict.fromkeys(iris) if not snapshot.holds(labels.key(iri))]
    for some in _portions(fresh):
        found: dict[str, list[Name]] = defaultdict(list)
        for thing, label, _ in ask(
            snapshot.store, query("things-names"), {"things": " ".join(some)}
        ).rows.rows:
            if isinstance(thing, NamedNode) and isinstance(label, Literal):
                found[thing.value].append(Name(label.value, label.language))
        for iri in some:
            snapshot.keep(labels.key(iri), tuple(found[iri]))
    for iri in fresh:
        if not snapshot.holds(labels.key(iri)):  # no IRI that could be asked for
            snapshot.keep(labels.key(iri), ())


def parts(snapshot: Snapshot, iri: str) -> tuple[Cell, ...]:
    """Return what a thing without a name ties together."""
    wanted = gathering.current()
    if wanted is not None and not snapshot.holds(_parts_key(iri)):
        wanted.parts.add(iri)
        return ()
    return snapshot.kept(_parts_key(iri), lambda: things.parts(snapshot.store, iri))


def _fetch_parts(snapshot: Snapshot, iris: Sequence[str]) -> None:
    for some in _portions(iris):
        facts: _Pairs = defaultdict(list)
        holders: _Pairs = defaultdict(list)
        rows = ask(snapshot.store, query("things-parts"), {"things": " ".join(some)}).rows.rows
        for thing, side, predicate, part in rows:
            if isinstance(thing, NamedNode) and isinstance(side, Literal):
                found = facts if side.value == "fact" else holders
                found[thing.value].append((predicate, part))
        for iri in some:
            snapshot.keep(_parts_key(iri), things.tied(facts[iri], holders[iri]))
    for iri in iris:
        if not snapshot.holds(_parts_key(iri)):
            snapshot.keep(_parts_key(iri), ())


def _parts_key(iri: str) -> tuple[str, ...]:
    return "parts", iri


def _portions(iris: Sequence[str]) -> Iterator[list[str]]:
    askable = [iri for iri in iris if _askable(iri)]
    for at in range(0, len(askable), AT_ONCE):
        yield askable[at : at + AT_ONCE]


def _askable(iri: str) -> bool:
    try:
        as_iri(iri)
    except TermError:
        return False
    return True


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
