"""Templates are compiled once and kept; without a place to keep them they are made all the same."""

import errno
import os
import tempfile
from pathlib import Path

import pytest

from api.site import templates


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let temporary files be made in a folder of the test's own, with nothing kept yet."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path / f"_jinja2-cache-{os.getuid()}"


def test_a_template_is_kept_where_nobody_else_writes(fresh: Path) -> None:
    templates.__wrapped__().get_template("base.html")
    assert fresh.stat().st_mode & 0o777 == 0o700
    (kept,) = fresh.iterdir()
    assert kept.name.startswith("samspel-")
    kept.write_bytes(b"cut")  # a file that broke is made again
    assert templates.__wrapped__().get_template("base.html").name == "base.html"


def test_a_full_disk_is_no_obstacle(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = templates.__wrapped__()

    def full(**_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", full)
    assert made.get_template("base.html").name == "base.html"
    assert list(fresh.iterdir()) == []


def test_a_place_of_somebody_else_is_not_used(fresh: Path) -> None:
    fresh.write_text("in the way", "utf-8")
    assert templates.__wrapped__().bytecode_cache is None
    assert templates.__wrapped__().get_template("base.html").name == "base.html"
