"""What the machine refuses becomes a sentence and exit code 3, never a traceback; and the version is told."""

import errno
import os
import re
import sys
from pathlib import Path

import pytest

from api import cli

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/srv/store/work/lines.nt")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (FULL, "samspel: /srv/store/work/lines.nt: No space left on device. What was in service stays.\n"),
        (
            OSError(errno.EIO, "Input/output error"),
            "samspel: The disk: Input/output error. What was in service stays.\n",
        ),
        (MemoryError(), "samspel: There is too little memory for this. What was in service stays.\n"),
    ],
    ids=["disk full", "disk broken", "memory"],
)
def test_what_the_machine_refuses_is_told(
    error: Exception, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> None:
        raise error

    monkeypatch.setattr(cli, "app", refuse)
    monkeypatch.setattr(sys, "argv", ["samspel", "build"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 3
    assert capsys.readouterr().err == sentence


def test_a_mistake_of_ours_is_not_dressed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ConnectionError(errno.ECONNREFUSED, "Connection refused")

    monkeypatch.setattr(cli, "app", fail)
    with pytest.raises(ConnectionError):
        cli.main()


def test_the_version_is_that_of_the_package(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = (Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8")
    written = re.search(r'^version = "(.+)"$', project, re.MULTILINE)
    monkeypatch.setattr(sys, "argv", ["samspel", "--version"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert written is not None and not ended.value.code
    assert capsys.readouterr().out == f"samspel {written[1]}\n"
