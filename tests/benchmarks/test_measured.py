"""What a command takes is measured in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import measured

SPEND = "import sys; held = bytearray({size}); sum(range({steps})); sys.exit({code})"


def _took(tmp_path: Path, size: int, steps: int, code: int = 0) -> tuple[int, dict[str, float]]:
    report = tmp_path / "took.json"
    spend = (sys.executable, "-c", SPEND.format(size=size, steps=steps, code=code))
    ended = subprocess.run([sys.executable, "-I", "-S", measured.__file__, report, *spend])
    return ended.returncode, json.loads(report.read_text("utf-8"))


@pytest.mark.parametrize("code", [0, 3])
def test_the_exit_code_is_that_of_the_command(tmp_path: Path, code: int) -> None:
    assert _took(tmp_path, 1, 1, code)[0] == code


def test_memory_and_work_of_the_command_are_told_and_not_those_of_this_process(tmp_path: Path) -> None:
    held = bytearray(b"x") * 200_000_000
    small, large = _took(tmp_path, 1, 1)[1], _took(tmp_path, 50_000_000, 5_000_000)[1]
    assert small["peak"] < 50_000_000 < len(held)
    assert large["peak"] - small["peak"] > 40_000_000
    assert large["cpu"] > small["cpu"] > 0
    assert large["wall"] > 0
