"""The front stays awake for a moment for a client that asks as soon as it is answered.

A process that sleeps must be woken, which takes longer than a lookup. A client that sends its next request
at once finds the loop looking at its sockets, not sleeping on them; one that takes its time does not.
"""

import asyncio
from collections.abc import Callable
from time import monotonic

AT_ONCE = 0.0001  # seconds between two answers to such a client
MOMENT = 0.00005  # seconds of looking after an answer


class Awake:
    """One loop's looking, for one client at a time; `idle` tells whether nothing else is to be done."""

    def __init__(self, idle: Callable[[], bool]) -> None:
        self._idle = idle
        self._asker = 0  # the last connection that was answered
        self._at = 0.0
        self._looking = False

    def answered(self, connection: object, loop: asyncio.AbstractEventLoop) -> None:
        """Note that a connection was answered; look for a moment if it asks again and again."""
        if id(connection) != self._asker:
            self._asker, self._at = id(connection), 0.0  # several keep the loop awake by themselves
            return
        before, self._at = self._at, monotonic()
        if self._at - before < AT_ONCE and not self._looking:
            self._looking = True
            loop.call_soon(self._look, loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        if monotonic() - self._at < MOMENT and self._idle():
            loop.call_soon(self._look, loop)
        else:
            self._looking = False
