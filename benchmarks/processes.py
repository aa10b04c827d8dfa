"""What a server and all processes below it have used and hold, read from /proc (Linux); and a free port."""

import socket
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Held:
    """What a tree of processes holds; memory that several share counts once."""

    processes: int
    handles: int
    memory: int  # bytes


def tree(pid: int) -> set[int]:
    """Return a process and all below it."""
    found, waiting = {pid}, [pid]
    while waiting:
        below = _children(waiting.pop()) - found
        found |= below
        waiting.extend(below)
    return found


def _children(pid: int) -> set[int]:
    """Return the processes below one; none below one that has ended meanwhile."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").glob("*/children"))
    except OSError:
        return set()
    return {int(child) for each in tasks for child in _text(each).split()}


def used(pid: int) -> dict[int, float]:
    """Return the processor seconds that each living process of a tree has used."""
    return {each: _used(each) for each in tree(pid)}


def held(pid: int) -> Held:
    """Return what a tree holds now."""
    found = tree(pid)
    return Held(len(found), sum(map(_handles, found)), sum(map(_memory, found)))


def _used(pid: int) -> float:
    try:
        return time.clock_gettime((~pid << 3) | 2)  # the clock of another process, to the nanosecond
    except OSError:
        return 0.0


def _handles(pid: int) -> int:
    try:
        return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return 0


def _memory(pid: int) -> int:
    """Return a process's proportional share of the memory that it has."""
    for line in _text(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _text(path: Path) -> str:
    try:
        return path.read_text("ascii")
    except OSError:
        return ""


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])
