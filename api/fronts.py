"""Several fronts on one port, for machines with more cores than one front can use; Linux only.

Each front is a whole server with workers of its own; the system shares out the connections among them
(SO_REUSEPORT). They know nothing of one another: each finds a new generation by itself, and counts its own
clients, lanes and metrics. So none of them takes writes, which all would have to show at once.
"""

import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from types import FrameType
from typing import Final

from api.settings import Settings, SettingsError

_DOOR: Final = "SAMSPEL_DOOR"  # of a front: its listening socket, and what is closed when its keeper ends
_SOON: Final = 20.0  # seconds; a front that ends before has not begun
_PATIENCE: Final = 15.0  # seconds for all to end


_Front = tuple[int, "subprocess.Popen[bytes]", float]  # which door, its process, when it began


class _Ended(BaseException):
    """The keeper was told to end."""


def hold(settings: Settings) -> None:
    """Refuse several fronts where they cannot be, or where they would not be one server."""
    if settings.fronts == 1:
        return
    if not hasattr(os, "pidfd_open"):
        raise SettingsError(f"fronts is {settings.fronts}: several need Linux. Leave SAMSPEL_FRONTS out.")
    if settings.token:
        raise SettingsError(
            f"fronts is {settings.fronts} and SAMSPEL_TOKEN is set: what is written through one front would "
            "be seen by the others a moment later. Set one of the two."
        )


def inherited() -> socket.socket | None:
    """Return the door that a keeper has opened for this process, if there is one; it ends with its keeper."""
    given = os.environ.pop(_DOOR, "")
    if not given:
        return None
    door, lifeline = map(int, given.split())
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()
    return socket.socket(fileno=door)


def keep(doors: Sequence[socket.socket], command: Sequence[str] = ()) -> None:
    """Run a front behind each door until told to end, and begin again one that breaks.

    A front is this program again, by the same words, unless another command is given.
    Raises SettingsError when a front ends as soon as it began: then its own words have said why.
    """
    ours, lifeline = os.pipe()
    fronts: dict[int, _Front] = {}
    before = {each: signal.signal(each, _end) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        for at in range(len(doors)):
            fronts |= _begun(command, at, doors[at], ours)
        while True:
            for watched in select.select(list(fronts), [], [])[0]:
                at, front, begun = fronts.pop(watched)
                os.close(watched)
                code = front.wait()
                if time.monotonic() - begun < _SOON:
                    raise SettingsError(f"A front ended with code {code} as it began; see what it said.")
                fronts |= _begun(command, at, doors[at], ours)
    except _Ended:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        _end_all([front for _, front, _ in fronts.values()])
        for each in (ours, lifeline, *fronts):
            os.close(each)


def opened(host: str, port: int, many: int) -> list[socket.socket]:
    """Open so many doors on one port. Raises OSError when it is another's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    first = socket.create_server((host, port), family=family)
    if many == 1:
        return [first]
    first.close()  # it has shown that nobody else listens: shared ports refuse nobody
    return [socket.create_server((host, port), family=family, reuse_port=True) for _ in range(many)]


def part(settings: Settings) -> Settings:
    """Return the settings of one of the fronts, which has its part of the workers."""
    return replace(settings, workers=max(settings.workers // settings.fronts, 1))


def _begun(command: Sequence[str], at: int, door: socket.socket, ours: int) -> "dict[int, _Front]":
    """Start a front; it is known by a descriptor that can be read when it has ended."""
    front = subprocess.Popen(  # noqa: S603  # ourselves
        command or (sys.executable, "-c", "from api.cli import main; main()", *sys.argv[1:]),
        env=os.environ | {_DOOR: f"{door.fileno()} {ours}"},
        pass_fds=(door.fileno(), ours),
        process_group=0,  # Ctrl+C is for the keeper, which tells them
    )
    return {os.pidfd_open(front.pid): (at, front, time.monotonic())}


def _end_all(fronts: Sequence["subprocess.Popen[bytes]"]) -> None:
    for front in fronts:
        front.terminate()
    until = time.monotonic() + _PATIENCE
    for front in fronts:
        try:
            front.wait(max(until - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            front.kill()
            front.wait()


def _end(number: int, frame: FrameType | None) -> None:
    raise _Ended


def _end_with(lifeline: int) -> None:
    """End this process when its keeper has."""
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)
