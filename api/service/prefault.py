"""Copy the memory that a worker shares with its zygote while it has nothing else to do (Linux 5.14 on).

The engine counts references where it reads, so every first touch of a page by a worker copies it, at the
cost of a fault. Here they are copied many at once, and no query waits for it: into huge pages where the
kernel can (Linux 6.1), which takes half as long and saves a query a tenth of its time, since it looks fewer
addresses up. Workers get memory of their own by that; it is not done where all of them together would take
more than a quarter of what is free.
What the zygote shares with the nursery stays shared: it answered pages and did not need to write there.
"""

import ctypes
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

Range = tuple[int, int]  # address, bytes
_POPULATE_WRITE, _COLLAPSE = 23, 25  # of madvise(2)
_HUGE = 2 << 20  # bytes of a huge page; where it is another, nothing is collapsed
_PIECE = 4 << 20  # bytes at once: about a millisecond
_SHARE = 4  # a quarter of what is free
_OWN = np.uint64(1 << 63 | 1 << 56)  # bits of an entry of /proc/self/pagemap: present, of this process alone


def shared(workers: int) -> list[Range]:
    """Return the memory of this process alone, for so many workers to copy; nothing when it is too much."""
    if sys.platform != "linux":
        return []
    try:
        found = [piece for place in _private() for piece in _own(*place)]
        free = int(Path("/proc/meminfo").read_text("ascii").partition("MemAvailable:")[2].split()[0]) * 1024
    except (OSError, ValueError, IndexError):
        return []
    return found if workers * sum(size for _, size in found) * _SHARE <= free else []


def copied(ranges: list[Range]) -> Iterator[None]:
    """Copy some memory at each step, until all is this process's own or the kernel does not know how."""
    advise = ctypes.CDLL(None, use_errno=True).madvise
    advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    for begin, size in ranges:
        for at, end in _pieces(begin, begin + size):
            first, last = -(-at // _HUGE) * _HUGE, end // _HUGE * _HUGE
            if first < last:
                advise(first, last - first, _COLLAPSE)  # what cannot be so is copied as it is
            if advise(at, end - at, _POPULATE_WRITE):
                return
            yield


def _pieces(begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the pieces of some memory begin and end, cut at whole multiples of a piece."""
    for at in range(begin // _PIECE * _PIECE, end, _PIECE):
        yield max(at, begin), min(at + _PIECE, end)


def _private() -> Iterator[Range]:
    """Yield the mappings that are written to and belong to no file; stacks are left out."""
    for line in Path("/proc/self/maps").read_text("ascii").splitlines():
        span, rights, _, _, inode, *name = line.split()
        if rights == "rw-p" and inode == "0" and name in ([], ["[heap]"]):
            begin, end = (int(part, 16) for part in span.split("-"))
            yield begin, end - begin


def _own(begin: int, size: int) -> Iterator[Range]:
    """Yield the parts of a mapping that are in memory and shared with no other process."""
    page = resource.getpagesize()
    with Path("/proc/self/pagemap").open("rb") as file:
        file.seek(begin // page * 8)
        entries = np.frombuffer(file.read(size // page * 8), np.uint64)
    there = np.concatenate(([False], (entries & _OWN) == _OWN, [False]))
    edges = np.flatnonzero(there[1:] != there[:-1])
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        yield begin + int(first) * page, int(last - first) * page
