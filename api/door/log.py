"""The log: one line of JSON a request, written by a thread of its own so that nobody waits for stderr.

A line holds no query, no token, no cookie and no whole address. Texts from outside are cut, and written in
ASCII with escapes, so that they can neither begin a line nor colour a terminal.
"""

import hashlib
import json
import os
import sys
import traceback
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from threading import Event, Thread
from time import sleep, time

from api.door.clients import told

HELD = 20_000  # lines that wait for a slow reader; more are counted and let go
_TOGETHER = 0.05  # seconds in which lines are gathered, to be written at once
_LONGEST = {"path": 500, "agent": 200}
_KEY = os.urandom(16)  # digests can be compared within a run, and guessed by nobody


@dataclass(slots=True)
class Line:
    """A request as it is told; `query` is told as a keyed digest only."""

    id: str
    method: str
    path: str
    query: bytes
    status: int
    sent: int
    seconds: float
    address: str
    agent: bytes
    at: float


class Log:
    """Lines on their way to a file descriptor; requests are told when `requests` is set, faults always."""

    def __init__(self, requests: bool, descriptor: int = 2, held: int = HELD) -> None:
        self.requests = requests
        self._to, self._most = descriptor, held
        self._lines: deque[Line | dict[str, object]] = deque()
        self._lost = 0
        self._wake, self._ended = Event(), False
        self._thread: Thread | None = None

    def put(self, line: Line) -> None:
        """Tell of a request."""
        if self.requests:
            self._add(line)

    def fault(self, ident: str, error: BaseException) -> None:
        """Tell of a fault of ours: what kind and where; its message may hold what a client sent."""
        kinds, places = list[str](), list[str]()
        each: BaseException | None = error
        while each is not None and len(kinds) < 5:
            kinds.append(f"{type(each).__module__}.{type(each).__qualname__}")
            places += [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(each.__traceback__)]
            each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
        self._add({"time": _moment(time()), "fault": kinds, "id": ident, "traceback": places[-50:]})

    def close(self, seconds: float = 1.0) -> None:
        """Write what is left, and end."""
        self._ended = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(seconds)

    def _add(self, line: Line | dict[str, object]) -> None:
        if len(self._lines) >= self._most:
            self._lost += 1
            return
        self._lines.append(line)
        if self._thread is None:
            self._thread = Thread(target=self._write, name="log", daemon=True)
            self._thread.start()
        if not self._wake.is_set():
            self._wake.set()

    def _write(self) -> None:
        while not (self._ended and not self._lines):
            self._wake.wait()
            if not self._ended:
                sleep(_TOGETHER)
            self._wake.clear()
            texts = list[str]()
            while self._lines:
                texts.append(_text(self._lines.popleft()))
            if self._lost:
                lost, self._lost = self._lost, 0
                texts.append(_text({"time": _moment(time()), "lost": lost}))
            if not _all_written(self._to, "".join(texts).encode("ascii")):
                return
            if self._ended:
                self._wake.set()


def log(setting: str, quiet: bool = False) -> Log:
    """Return the log of a setting: json, none, or auto, which is none where a person looks at stderr."""
    looked_at = quiet or sys.stderr.isatty()
    return Log(setting == "json" or (setting == "auto" and not looked_at))


def _text(line: Line | dict[str, object]) -> str:
    if not isinstance(line, Line):
        return _json(line) + "\n"
    query = f'"query": "{_digest(line.query)}", ' if line.query else ""
    agent = line.agent[: _LONGEST["agent"]].decode("latin-1")
    return (  # what json.dumps would write, sooner; an id is sane, see `watched`
        f'{{"time": "{_moment(line.at)}", "id": "{line.id}", "method": {_string(line.method[:20])}, '
        f'"path": {_string(line.path[: _LONGEST["path"]])}, {query}"status": {line.status}, '
        f'"bytes": {line.sent}, "ms": {round(line.seconds * 1000, 2)}, '
        f'"client": {_string(told(line.address))}, "agent": {_string(agent)}}}\n'
    )


def _json(value: object) -> str:
    return json.dumps(value).replace("\x7f", "\\u007f")


@lru_cache(1024)
def _string(text: str) -> str:
    """Write a text as JSON; paths, agents and addresses come again and again."""
    return _json(text)


def _digest(query: bytes) -> str:
    return hashlib.blake2b(query, digest_size=6, key=_KEY).hexdigest()


def _moment(seconds: float) -> str:
    whole, rest = divmod(int(seconds * 1000), 1000)
    return f"{_second(whole)}.{rest:03}Z"


@lru_cache(64)
def _second(whole: int) -> str:
    return datetime.fromtimestamp(whole, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _all_written(descriptor: int, data: bytes) -> bool:
    """Write it all; return False when nobody reads any more."""
    view = memoryview(data)
    while view:
        try:
            view = view[os.write(descriptor, view) :]
        except BlockingIOError:  # whoever started us set the descriptor so
            sleep(_TOGETHER)
        except OSError:
            return False
    return True
