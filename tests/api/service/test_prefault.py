"""A forked process can copy the memory that it shares, and is then the only one to have it."""

import json
import os
from pathlib import Path

import pytest

from api.service import prefault

SIZE = 64 << 20
pytestmark = pytest.mark.skipif(
    not Path("/proc/self/pagemap").exists() or not prefault.shared(0), reason="memory is told of in /proc"
)


def private() -> int:
    """Return how many bytes this process shares with no other."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Private_Dirty"))


def test_what_is_shared_becomes_its_own() -> None:
    held = bytearray(os.urandom(1 << 20) * (SIZE >> 20))
    ranges = prefault.shared(1)
    assert sum(size for _, size in ranges) > SIZE
    reader, writer = os.pipe()
    if os.fork() == 0:
        before = private()
        steps = sum(1 for _ in prefault.copied(ranges))
        os.write(writer, json.dumps([before, private(), steps, held[:1].hex()]).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as file:
        before, after, steps, first = json.loads(file.read())
    os.wait()
    assert first == held[:1].hex()
    assert steps > 10 and after - before > SIZE * 0.9


def test_where_it_would_be_too_much_nothing_is_copied() -> None:
    assert prefault.shared(10_000_000) == []
    assert list(prefault.copied([])) == []
