"""XML gives its records one by one; what may harm is refused before it is read."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from loaders.errors import FileError
from loaders.reading.limits import Limits
from loaders.reading.xml import elements
from loaders.source import Reject


def read(path: Path, limits: Limits | None = None) -> tuple[list[tuple[int, str]], list[Reject], int]:
    rejects = list[Reject]()
    found, count = [], 0
    for each in elements(path, "p", rejects.append, limits):
        found += [(line, element.findtext("t") or "") for line, element in each.records()]
        count += each.read
    return found, rejects, count


def written(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "a.xml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_records_come_with_their_line_and_without_namespaces(tmp_path: Path) -> None:
    text = '<r xmlns="u">\n<p k=" 1 "><t> Malmö\u00a0</t><p><t>within</t></p></p>\n\n<p><t>b</t></p></r>'
    assert read(written(tmp_path, text)) == ([(2, "Malmö"), (4, "b")], [], 2)


def test_the_root_itself_may_be_the_record(tmp_path: Path) -> None:
    assert read(
        written(
            tmp_path, '<?xml version="1.0" encoding="windows-1252"?>\n<p><t>\xe5</t></p>'.encode("cp1252")
        )
    ) == (
        [(2, "å")],
        [],
        1,
    )


@pytest.mark.parametrize("text", ["<p>\n<t>x</p>", "<p><t>x", "<p>&nope;</p>", "", "no xml", "<p>\0</p>"])
def test_a_broken_file_of_one_record_is_one_reject(tmp_path: Path, text: str) -> None:
    found, (reject,), count = read(written(tmp_path, text))
    assert (found, reject.line, count) == ([], 1, 1)


def test_a_file_that_breaks_after_other_records_is_refused_from_there_on(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"a\.xml:3: .*nothing from this line on"):
        read(written(tmp_path, "<r>\n<p><t>1</t></p>\n<p><t>2</p><p/></r>"))


def test_one_broken_file_in_an_archive_costs_no_other(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "z.zip", "w") as archive:
        for name, text in {"1.xml": "<p><t>1</t></p>", "2.xml": "<p><t>", "3.xml": "<p><t>3</t></p>"}.items():
            archive.writestr(name, text)
        archive.writestr("read me.txt", "x")
    found, (reject,), count = read(tmp_path / "z.zip")
    assert (found, reject.file, count) == ([(1, "1"), (1, "3")], "z.zip/2.xml", 3)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><p><t>&b;</t></p>',
        '<!DOCTYPE p SYSTEM "file:///etc/passwd"><p/>',
        "<!DOCTYPE p><p/>",
    ],
)
def test_a_doctype_is_refused(tmp_path: Path, doctype: str) -> None:
    with pytest.raises(FileError, match="DOCTYPE"):
        read(written(tmp_path, doctype))


def test_depth_and_size_are_bounded(tmp_path: Path) -> None:
    deep = "<p>" + "<t>" * 100 + "</t>" * 100 + "</p>"
    _, (reject,), _ = read(written(tmp_path, deep))
    assert "deeper than 64 levels" in reject.reason
    text = f"<r><p><t>{'x' * 5_000}</t></p><p><t>b</t></p></r>"
    found, (reject,), _ = read(written(tmp_path, text), Limits(record_chars=1_000, block=100))
    assert (found, reject.reason) == ([(1, "b")], "longer than 1000 characters")


def test_a_tag_without_end_is_not_gathered_for_ever(tmp_path: Path) -> None:
    path = written(tmp_path, f"<r><p/><p a='{'x' * 50_000}")
    with pytest.raises(FileError):
        read(path, Limits(record_chars=1_000, block=100))


def test_control_characters_of_the_second_kind_are_refused(tmp_path: Path) -> None:
    found, (reject,), _ = read(written(tmp_path, "<r><p><t>a\u0085</t></p><p><t>b</t></p></r>"))
    assert found == [(1, "b")]
    assert reject.reason == "control character U+0085 at position 2 is refused"


def test_a_path_without_xml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a;b\n")
    with pytest.raises(FileError, match="holds no XML file"):
        read(tmp_path)


def test_the_size_of_a_block_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "<r>\n" + "".join(f"<p><t>é{i}</t></p>\n" for i in range(30)) + "</r>")
    assert read(path, Limits(block=1)) == read(path)
