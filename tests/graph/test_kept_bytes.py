"""Bytes beside a generation: made once, made again where they are damaged, and never in the way."""

from pathlib import Path

from graph import kept_bytes


class Maker:
    """Makes bytes, and counts how often it was asked to."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> bytes:
        self.asked += 1
        return b"\x00 some bytes"


def test_bytes_are_made_once_and_each_key_has_its_own(tmp_path: Path) -> None:
    make = Maker()
    folder = tmp_path / "columns"
    assert kept_bytes.kept(folder, "one", make) == kept_bytes.kept(folder, "one", make) == make()
    assert make.asked == 2
    kept_bytes.kept(folder, "other", make)
    assert make.asked == 3
    assert len(list(folder.iterdir())) == 2, "no half-written file is left"


def test_a_damaged_file_is_made_again(tmp_path: Path) -> None:
    make = Maker()
    kept_bytes.kept(tmp_path, "one", make)
    (file,) = tmp_path.iterdir()
    for damaged in (file.read_bytes()[:-1], b"", file.read_bytes() + b"x"):
        file.write_bytes(damaged)
        before = make.asked
        assert kept_bytes.kept(tmp_path, "one", make) == b"\x00 some bytes"
        assert make.asked == before + 1


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    make = Maker()
    nowhere = tmp_path / "no" / "such"
    assert kept_bytes.kept(nowhere, "one", make) == kept_bytes.kept(nowhere, "one", make)
    assert make.asked == 2
