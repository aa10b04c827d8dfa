"""The process that workers come from: it forks a zygote per snapshot, and a zygote forks workers.

The front starts it once, as a program of its own, so that nothing of the front (its event loop, its
connections) is copied. It has everything imported and no snapshot; a zygote opens one and holds it, in
memory up to `IN_MEMORY` quads, so that its workers share that memory by copy-on-write.

    front ── "open" ───> nursery ── fork ──> zygote (a snapshot) ── fork ──> worker, worker, …
    front ── "write" ──> nursery ── fork ──> one write, in a process of its own
"""

import gc
import json
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import BinaryIO

from api import confine, standing, write_child
from api.app import create_app
from api.service import answering, prefault
from api.service.worker import Desk, run
from api.settings import Settings
from api.snapshot import Held, Opened, open_snapshot
from graph import keyed
from graph.errors import GraphError
from graph.iris import Iris

FORK, WRITE = b"fork\n", b"write\n"
_LAST = 19  # niceness: whatever else is to be done goes first


def nursery(front: socket.socket, settings: Settings) -> None:
    """Fork a zygote or a writer each time the front asks for one; end when it has gone."""
    held = Held(settings.store)
    desk = Desk(settings, held, create_app(settings, held, bare=True))
    write_child.prepare()
    answering.prepare(desk)
    _still()
    for message in front.makefile("rb"):
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            front.close()
            theirs.close()
            if message == WRITE:
                _write(ours)
            zygote(ours, desk, held)
        ours.close()
        _hand(front, pid, theirs)


def _write(front: socket.socket) -> None:
    """Carry out one write; never returns. What it computes must not outlive it."""
    with suppress(OSError):
        write_child.serve(front.makefile("rb"), front.makefile("wb"))
    os._exit(0)


def _hand(front: socket.socket, pid: int, theirs: socket.socket) -> None:
    """Give the front its end of the socket to a new process, and what names it for good."""
    handles = [theirs.fileno()]
    if sys.platform == "linux":
        handles.append(os.pidfd_open(pid))  # names this very process, also after it has ended
    socket.send_fds(front, [json.dumps({"pid": pid}).encode() + b"\n"], handles)
    theirs.close()
    for handle in handles[1:]:
        os.close(handle)


def zygote(front: socket.socket, desk: Desk, held: Held) -> None:
    """Open the snapshot in service, say so, and fork a worker each time the front asks; never returns."""
    confine.die_with_parent()
    try:
        opened = open_snapshot(desk.settings)
    except GraphError as error:
        _say(front, {"error": str(error)})
        os._exit(1)
    held.get = opened.get
    if opened.in_memory:
        answering.warm(desk, opened.quads)
    _still()
    if opened.in_memory:
        desk.shared.extend(prefault.shared(desk.settings.workers))
    said = {"generation": opened.generation, "version": opened.version, "quads": opened.quads}
    with tempfile.TemporaryFile() as file:
        _say(front, said, [file.fileno()] if _keyed(opened, file) else [])
    if opened.quads > answering.WARM:
        _index(front, desk)
    while front.recv(len(FORK)):
        _fork(front, desk)
    os._exit(0)


def _still() -> None:
    """Keep what is here for good: to look through it for garbage takes time, and copies every page of it."""
    gc.collect()
    gc.freeze()


def _index(front: socket.socket, desk: Desk) -> int:
    """Make answers and index of a large snapshot in a process whose time has no end as a worker's has."""
    pid = os.fork()
    if pid == 0:
        front.close()
        confine.die_with_parent()
        os.nice(_LAST)
        with suppress(GraphError):
            standing.make_ready(desk.snapshot(), Iris(desk.settings.base).space)
        os._exit(0)
    return pid


def _fork(front: socket.socket, desk: Desk) -> None:
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        front.close()
        theirs.close()
        run(ours, desk, answering.ANSWERS)
    ours.close()
    _hand(front, pid, theirs)


def _keyed(opened: Opened, file: BinaryIO) -> bool:
    """Write what is said of each thing to a file, for the front to look it up in; not of a large snapshot."""
    if not opened.in_memory:
        return False
    with suppress(OSError):  # no room: workers answer then
        return keyed.write(opened.get().store.raw(), file)
    return False


def _say(front: socket.socket, message: Mapping[str, object], handles: Sequence[int] = ()) -> None:
    socket.send_fds(front, [json.dumps(message).encode() + b"\n"], handles)


def _settings(text: str) -> Settings:
    said = json.loads(text)
    for one in fields(Settings):
        if one.type is Path and one.name in said:
            said[one.name] = Path(said[one.name])
    return Settings(**said)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches all of a terminal; the front decides
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that end
    answering.without_threads()
    nursery(socket.socket(fileno=int(sys.argv[1])), _settings(sys.stdin.read()))
    os._exit(0)  # there is nothing to tidy up
