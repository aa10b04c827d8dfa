"""A package gives the files in it, and refuses what an honest package does not hold."""

import gzip
import io
import stat
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile, ZipInfo

import pytest

from loaders.errors import FileError
from loaders.reading.limits import Limits
from loaders.reading.package import parts


def zipped(path: Path, members: dict[str, bytes], method: int = ZIP_DEFLATED) -> Path:
    with ZipFile(path, "w", method) as archive:
        for name, data in members.items():
            info = ZipInfo("placeholder")
            info.filename, info.compress_type = name, method
            archive.writestr(info, data)
    return path


def content(path: Path, limits: Limits | None = None) -> dict[str, bytes]:
    found = {}
    for part in parts(path, limits):
        with part.open() as stream:
            found[part.name] = stream.read()
    return found


def test_a_plain_file_is_its_only_part(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x")
    assert content(tmp_path / "a.csv") == {"a.csv": b"x"}


@pytest.mark.parametrize("method", [ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])
def test_an_archive_gives_its_files_without_clutter(tmp_path: Path, method: int) -> None:
    files = {"a.csv": b"1", "dir/": b"", "dir/b.csv": b"2", "__MACOSX/a.csv": b"3", "dir/.DS_Store": b"4"}
    assert content(zipped(tmp_path / "z.zip", files, method)) == {
        "z.zip/a.csv": b"1",
        "z.zip/dir/b.csv": b"2",
    }


def test_a_part_opens_as_often_as_it_is_asked_for_and_after_the_walk(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "i.zip", {"a.csv": b"1"}).read_bytes()
    found = list(parts(zipped(tmp_path / "z.zip", {"i.zip": inner, "b.csv.gz": gzip.compress(b"2")})))
    assert [part.name for part in found] == ["z.zip/i.zip/a.csv", "z.zip/b.csv.gz/b.csv"]
    assert [part.head() for part in found * 2] == [b"1", b"2", b"1", b"2"]


def test_a_package_is_opened_one_level_deep(tmp_path: Path) -> None:
    one = zipped(tmp_path / "1.zip", {"a.csv": b"1"}).read_bytes()
    two = zipped(tmp_path / "2.zip", {"1.zip": one}).read_bytes()
    with pytest.raises(FileError, match="package in a package in a package"):
        content(zipped(tmp_path / "3.zip", {"2.zip": two}))


def test_a_folder_gives_its_files_in_order(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", ".hidden"):
        (tmp_path / name).write_bytes(name.encode())
    zipped(tmp_path / "c.zip", {"d.csv": b"4"})
    folder = tmp_path.name
    assert list(content(tmp_path)) == [f"{folder}/a.csv", f"{folder}/b.csv", f"{folder}/c.zip/d.csv"]


def test_a_link_out_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").symlink_to(tmp_path / "secret")
    with pytest.raises(FileError, match="leads out of the folder"):
        content(tmp_path / "in")


@pytest.mark.parametrize(
    "name", ["../a.csv", "a/../../b.csv", "/a.csv", "a\\b.csv", "C:/a.csv", "C:a.csv", ".."]
)
def test_a_path_that_leaves_the_archive_is_refused_by_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileError, match="leads out of the archive") as caught:
        content(zipped(tmp_path / "z.zip", {"fine.csv": b"1", name: b"2"}))
    assert repr(name) in str(caught.value)


def test_a_symbolic_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    link = ZipInfo("a.csv")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(FileError, match=r"'a\.csv' is a symbolic link"):
        content(tmp_path / "z.zip")


BOMB = Limits(ratio=50, ratio_from=10_000)


def test_a_bomb_is_refused_by_the_bytes_that_come_out(tmp_path: Path) -> None:
    zeros = bytes(1_000_000)
    bomb = zipped(tmp_path / "z.zip", {"a.csv": zeros})
    data = bomb.read_bytes().replace((1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(FileError, match="over 50 times"):
        content(bomb, BOMB)
    bomb.write_bytes(data)  # declares ten bytes
    with pytest.raises(FileError):
        content(bomb, BOMB)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(zeros))
    with pytest.raises(FileError, match="over 50 times"):
        content(tmp_path / "a.csv.gz", BOMB)


def test_many_small_members_make_a_bomb_together_and_reading_twice_does_not(tmp_path: Path) -> None:
    path = zipped(tmp_path / "z.zip", {f"{number}.csv": bytes(1_000) for number in range(20)})
    with pytest.raises(FileError, match="more than 15000 bytes"):
        content(path, Limits(total_bytes=15_000))
    first = next(parts(path, Limits(total_bytes=1_500)))
    assert [len(first.head()) for _ in range(5)] == [1_000] * 5
    with pytest.raises(FileError, match="20 members, at most 10"):
        content(path, Limits(members=10))


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(tmp_path / "z.zip", {"a.csv": b"1"}).read_bytes())
    central = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[central + 8] |= 1
    (tmp_path / "z.zip").write_bytes(data)
    with pytest.raises(FileError, match=r"a\.csv: is encrypted"):
        content(tmp_path / "z.zip")


def test_an_unknown_method_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(tmp_path / "z.zip", {"a.csv": b"1"}).read_bytes())
    central = data.index(b"PK\x01\x02")
    data[8], data[central + 10] = 93, 93
    (tmp_path / "z.zip").write_bytes(data)
    with pytest.raises(FileError, match="packed by method 93"):
        content(tmp_path / "z.zip")


def test_a_torn_archive_is_refused(tmp_path: Path) -> None:
    data = zipped(tmp_path / "z.zip", {"a.csv": b"1" * 1000}).read_bytes()
    (tmp_path / "z.zip").write_bytes(data[:-30])
    with pytest.raises(FileError, match="no whole zip archive"):
        content(tmp_path / "z.zip")
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"1" * 1000)[:-9])
    with pytest.raises(FileError, match="cannot be unpacked"):
        content(tmp_path / "a.gz")


def test_a_missing_file_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be read: No such file"):
        content(tmp_path / "none.csv")


def test_a_workbook_is_a_part_and_no_package(tmp_path: Path) -> None:
    zipped(tmp_path / "a.xlsx", {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
    (part,) = parts(tmp_path / "a.xlsx")
    assert part.name == "a.xlsx"
    with ZipFile(io.BytesIO(part.head(10_000))) as archive:
        assert "xl/workbook.xml" in archive.namelist()
