"""The file of what was said and its hash; the file of what was refused."""

import hashlib
from pathlib import Path

import pytest

from loaders.errors import FileError
from loaders.sink import RejectsFile, Sink
from loaders.source import Reject


@pytest.mark.parametrize("path", [None, "out.nt"])
def test_the_fingerprint_is_the_hash_of_all_that_was_written(tmp_path: Path, path: str | None) -> None:
    target = None if path is None else tmp_path / path
    with Sink(target) as sink:
        for number in range(50_000):
            sink.write(f"<urn:{number}> <urn:p> <urn:o> .\n")
        found = sink.fingerprint()
    said = "".join(f"<urn:{number}> <urn:p> <urn:o> .\n" for number in range(50_000)).encode()
    assert found == hashlib.sha256(said).hexdigest()
    if target is not None:
        assert target.read_bytes() == said


def test_without_a_refusal_there_is_no_file_and_an_older_one_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "rejects.csv"
    path.write_text("old", "utf-8")
    RejectsFile(path, lambda _: None).close()
    assert not path.exists()


def test_a_long_record_is_cut_and_a_nul_is_shown(tmp_path: Path) -> None:
    told: list[Reject] = []
    rejects = RejectsFile(tmp_path / "deep" / "rejects.csv", told.append)
    rejects.put(Reject("f.csv", 7, "name", "a\0b", "why", "x" * 5_000))
    rejects.close()
    content = (tmp_path / "deep" / "rejects.csv").read_text("utf-8")
    assert content.splitlines()[0] == "file,line,field,value,reason,record"
    assert "a\\0b" in content and "(5000 characters)" in content and len(content) < 3_000
    assert told[0].line == 7


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    broken = RejectsFile(tmp_path / "folder", lambda _: None)
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileError, match="the rejects cannot be written here"):
        broken.put(Reject("f", 1, "a", "b", "c", "d"))
