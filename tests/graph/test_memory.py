"""Memory that is free goes back to the system, where the C library can."""

import ctypes
import sys
from array import array
from pathlib import Path

import pytest

from graph.memory import give_back


def resident() -> int:
    """Return the pages of this process that lie in memory."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1])


@pytest.mark.skipif(sys.platform != "linux", reason="other C libraries keep it as they like")
def test_what_lies_free_between_what_is_held_goes_back() -> None:
    blocks = [array("b", bytes(20_000)) for _ in range(5_000)]  # 100 MB, none mapped by itself
    held = blocks[-1]
    del blocks
    before = resident()
    give_back()
    assert len(held) == 20_000
    assert before - resident() > 50_000_000 // 4_096


def test_where_the_c_library_cannot_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    give_back()
