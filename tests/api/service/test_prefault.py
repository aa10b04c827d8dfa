"""A forked process can copy the memory that it shares, and is then the only one to have it."""

import ctypes
import json
import mmap
import os
from pathlib import Path

import pytest

from api.service import prefault

SIZE = 64 << 20
pytestmark = pytest.mark.skipif(
    not Path("/proc/self/pagemap").exists() or not prefault.shared(0), reason="memory is told of in /proc"
)


def counted(what: str) -> int:
    """Return how many bytes of a kind this process has."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(what))


def private() -> int:
    """Return how many bytes this process shares with no other."""
    return counted("Private_Dirty")


def collapses() -> bool:
    """Tell whether the kernel makes huge pages of what is there when it is asked to."""
    with mmap.mmap(-1, 3 * prefault._HUGE) as some:
        some.write(b"x" * len(some))
        view = (ctypes.c_char * len(some)).from_buffer(some)
        begin = -(-ctypes.addressof(view) // prefault._HUGE) * prefault._HUGE
        del view
        advise = ctypes.CDLL(None).madvise
        return bool(advise(ctypes.c_void_p(begin), ctypes.c_size_t(prefault._HUGE), prefault._COLLAPSE) == 0)


def test_what_is_shared_becomes_its_own() -> None:
    held = bytearray(os.urandom(1 << 20) * (SIZE >> 20))
    ranges = prefault.shared(1)
    assert sum(size for _, size in ranges) > SIZE
    reader, writer = os.pipe()
    if os.fork() == 0:
        before = private()
        steps = sum(1 for _ in prefault.copied(ranges))
        told = [before, private(), steps, held[:1].hex(), counted("AnonHugePages")]
        os.write(writer, json.dumps(told).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as file:
        before, after, steps, first, huge = json.loads(file.read())
    os.wait()
    assert first == held[:1].hex()
    assert steps > 10 and after - before > SIZE * 0.9
    assert not collapses() or huge > SIZE * 0.8


def test_where_it_would_be_too_much_nothing_is_copied() -> None:
    assert prefault.shared(10_000_000) == []
    assert list(prefault.copied([])) == []
