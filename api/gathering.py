"""Gather the lookups of a page, so that a remote store is asked for all of them at once.

A page over a remote store is made several times over: where a name, or what a nameless thing ties together,
is not known yet, something stands in its place and is noted; then one query fetches all that was noted and
the page is made again, until nothing is wanting. What a page asked before is remembered, not asked again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from graph.remote import remembering

ROUNDS = 5  # names, what nameless things tie together, their names, and one in reserve


@dataclass
class Wanted:
    """What one making of a page could not find at hand."""

    names: set[str] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.names) + len(self.parts)


_wanted: ContextVar[Wanted | None] = ContextVar("wanted", default=None)


def current() -> Wanted | None:
    """Return the list of what is wanting, None where nothing is gathered."""
    return _wanted.get()


def wanting() -> int:
    """Return how much is wanting so far."""
    found = _wanted.get()
    return 0 if found is None else len(found)


@contextmanager
def noted() -> Iterator[Wanted]:
    """Note what is wanting while the block lasts."""
    found = Wanted()
    token = _wanted.set(found)
    try:
        yield found
    finally:
        _wanted.reset(token)


__all__ = ["ROUNDS", "Wanted", "current", "noted", "remembering", "wanting"]
