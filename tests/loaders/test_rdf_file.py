"""RDF files: what is said of each subject, bounded, with lines; any bytes give a result or an error."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import rdf_file
from loaders.errors import FileError, LoadError
from loaders.rdf_file import rdf_files

TURTLE = """@prefix x: <http://x.org/> .
x:a x:says "en"@en, "sv"@sv, "none" ;
    x:leads x:b, [ x:says "nobody" ] .
x:b x:says "en"@en, "en"@en .
"""


def write(folder: Path, text: str | bytes, name: str = "file.ttl") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_subjects_come_with_what_is_said_of_them(tmp_path: Path) -> None:
    (file,) = rdf_files(write(tmp_path, TURTLE))
    a = file.subjects["http://x.org/a"]
    assert a.texts("http://x.org/says") == ["en", "none", "sv"]
    assert a.texts("http://x.org/says", "sv") == ["sv"]
    assert a.iris("http://x.org/leads") == ["http://x.org/b"]
    assert file.subjects["http://x.org/b"].texts("http://x.org/says") == ["en"]
    assert [line for line, _ in file.only(file.subjects.values())] == [2, 3]
    assert file.read == 2


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    (file,) = rdf_files(write(tmp_path, b"\xef\xbb\xbf" + TURTLE.encode()))
    assert len(file.subjects) == 2


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdf_file, "LARGEST", 100)
    with pytest.raises(FileError, match="larger than the 100 bytes"):
        list(rdf_files(write(tmp_path, TURTLE)))


def test_other_files_of_a_folder_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, TURTLE)
    write(tmp_path, "a,b", "table.csv")
    assert [file.name for file in rdf_files(tmp_path)] == [f"{tmp_path.name}/file.ttl"]


def test_a_fault_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"file\.ttl:2: this is not Turtle"):
        list(rdf_files(write(tmp_path, "@prefix x: <http://x.org/> .\nx:a x:b ??? .\n")))


@given(data=st.binary(max_size=300), suffix=st.sampled_from([".ttl", ".nt", ".rdf"]))
def test_any_bytes_give_subjects_or_a_told_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str
) -> None:
    path = write(tmp_path_factory.getbasetemp(), data, f"any{suffix}")
    try:
        assert all(file.sha256 for file in rdf_files(path))
    except LoadError as error:
        assert str(error).endswith(".")
