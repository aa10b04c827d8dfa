"""A file is opened by what it is, and what is no table is refused with its name."""

import gzip
from pathlib import Path
from zipfile import ZipFile

import pytest

from loaders.errors import FileError
from loaders.reading.table import Table, tables


def opened(path: Path) -> list[Table]:
    return list(tables(path, lambda reject: None))


def test_a_package_gives_its_tables_and_passes_over_the_rest(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "z.zip", "w") as archive:
        for name, text in {"a.csv": "a;b\n1;2\n", "b.json": '[{"c": 1}]', "manual.pdf": "%PDF"}.items():
            archive.writestr(name, text)
        archive.writestr("c.csv.gz", gzip.compress(b"d,e\n"))
    found = opened(tmp_path / "z.zip")
    assert [(table.name, table.columns) for table in found] == [
        ("z.zip/a.csv", ("a", "b")),
        ("z.zip/b.json", ("c",)),
        ("z.zip/c.csv.gz/c.csv", ("d", "e")),
    ]
    assert [list(table.rows()) for table in found] == [[(2, ["1", "2"])], [(1, ["1"])], []]


def test_a_file_of_no_known_name_is_looked_into(tmp_path: Path) -> None:
    path = tmp_path / "download"
    path.write_text('\ufeff [{"a": 1}]')
    assert opened(path)[0].form == "JSON, UTF-8 with a byte order mark"
    path.write_text("a;b\n")
    assert opened(path)[0].form == "CSV, UTF-8, ;"


@pytest.mark.parametrize(
    ("head", "told"),
    [(b"<html>", "XML or a web page"), (b"%PDF-1.7", "a PDF"), (b"\xd0\xcf\x11\xe0\xa1", "old Excel file")],
)
def test_what_is_no_table_is_refused(tmp_path: Path, head: bytes, told: str) -> None:
    (tmp_path / "a.csv").write_bytes(head)
    with pytest.raises(FileError, match=told):
        opened(tmp_path / "a.csv")


def test_a_path_without_tables_is_refused_with_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "read me.md").write_text("x")
    with pytest.raises(FileError, match=r"holds no table .*/read me\.md"):
        opened(tmp_path)
