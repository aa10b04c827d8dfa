"""XML, JSON and packages by themselves: every branch, and where each bound lies."""

import gzip
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from loaders.errors import FileError, LayoutError
from loaders.reading.json_table import JsonTable
from loaders.reading.limits import Limits
from loaders.reading.markup import Markup, MarkupError
from loaders.reading.objects import objects
from loaders.reading.package import Part, parts
from loaders.reading.table import tables
from loaders.reading.xml import elements
from loaders.source import Reject

MIB = 1 << 20
Read = tuple[list[tuple[int, str]], list[tuple[int, str]], str]


def xml(path: Path, text: str, limits: Limits | None = None) -> Read:
    """Read the elements `p` of a text: lines and texts, the rejects, and why nothing more was read."""
    path.write_text(text, "utf-8")
    rejects = list[Reject]()
    (file,) = elements(path, "p", rejects.append, limits)
    found, why = [], ""
    try:
        for line, element in file.records():
            found.append((line, "".join(element.itertext())))
    except FileError as error:
        why = str(error)
    assert file.read == len(found) + len(rejects)
    return found, [(each.line, each.reason) for each in rejects], why


def test_elements_come_one_by_one(tmp_path: Path) -> None:
    text = "<r>\n<p>1</p>\n<q><p>a<p>b</p></p></q>\nno<p> c </p></r>"
    assert xml(tmp_path / "a.xml", text) == ([(2, "1"), (3, "ab"), (4, "c")], [], "")


def test_an_element_may_be_as_long_as_is_said(tmp_path: Path) -> None:
    good, bad = '<p a="xy">123</p>', '<p a="xy">1234</p>'  # tag, attribute and text, and one for each piece
    assert xml(tmp_path / "a.xml", f"<r>{good}\n{bad}\n{good}</r>", Limits(record_chars=8)) == (
        [(1, "123"), (3, "123")],
        [(2, "longer than 8 characters")],
        "",
    )


def test_elements_may_lie_as_deep_as_is_said(tmp_path: Path) -> None:
    assert xml(tmp_path / "a.xml", "<r><p><a/></p></r>", Limits(depth=3))[0] == [(1, "")]
    assert xml(tmp_path / "a.xml", "<r>\n<p>\n<a/></p></r>", Limits(depth=2)) == (
        [],
        [(2, "elements lie deeper than 2 levels (line 3)")],
        "a.xml:3: elements lie deeper than 2 levels; nothing from this line on could be read.",
    )


def test_where_xml_breaks_the_element_is_rejected_and_the_rest_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    assert xml(path, "<p>\n<a></p>") == ([], [(1, "mismatched tag (line 2)")], "")
    found, rejects, why = xml(path, "<r><p>1</p>\n<p>\n<a></p></r>")
    assert (found, rejects) == ([(1, "1")], [(2, "mismatched tag (line 3)")])
    assert why == "a.xml:3: mismatched tag; nothing from this line on could be read."
    found, rejects, why = xml(path, "<r><p>1</p>\n</q>")
    assert (found, rejects, why[:8]) == ([(1, "1")], [], "a.xml:2:")
    assert xml(path, "nonsense") == ([], [(1, "syntax error (line 1)")], "")


@pytest.mark.parametrize("place", ["<p>{}</p>", "<p><a/>{}</p>", '<p a="{}"/>', "<p><a>{}</a></p>"])
def test_what_is_foreign_in_an_element_is_told(tmp_path: Path, place: str) -> None:
    found = xml(tmp_path / "a.xml", "<r>\n" + place.format("x\x85") + "</r>")
    assert found == ([], [(2, "control character U+0085 at position 2 is refused")], "")


def table(
    text: str, limits: Limits | None = None
) -> tuple[list[tuple[int, list[str]]], list[tuple[int, str, str]]]:
    """Read a JSON text as a table: its rows, and its rejects as line, field and reason."""
    rejects = list[Reject]()
    found = JsonTable(Part("x", lambda: BytesIO(text.encode())), rejects.append, limits or Limits())
    rows = list(found.rows())
    assert found.read == len(rows) + len(rejects)
    return rows, [(each.line, each.field, each.reason) for each in rejects]


def test_a_table_of_json_shows_every_kind_of_value() -> None:
    first = '{"a": null, "b": true, "c": false, "d": [null, true, "x", 1.50], "e": {"å": "ä"}}'
    shown = ["", "true", "false", '[null, true, "x", 1.50]', '{"å": "ä"}', ""]
    assert table(f'[{first}, {{"f": 2}}]') == ([(1, shown), (1, ["", "", "", "", "", "2"])], [])


def test_a_table_of_json_has_bounds() -> None:
    assert table('[{"a": "1234"},\n{"a": "12345"}]', Limits(field_chars=4)) == (
        [(1, ["1234"])],
        [(2, "a", "5 characters, at most 4 are read")],
    )
    assert table('[{"a": 1, "b": 2}]', Limits(columns=2))[0] == [(1, ["1", "2"])]
    with pytest.raises(LayoutError, match=r"^x:2: the objects have more than 1 keys; a table of records"):
        table('[{"a": 1},\n{"b": 2}]', Limits(columns=1))
    deep = '[{"a": 1},\n{"a": {"b": [1]}}]'
    assert table(deep, Limits(depth=3))[1] == []
    assert table(deep, Limits(depth=2))[1] == [(2, "record", "nested deeper than 2 levels")]
    assert table('[{"a": "123"},\n{"a": "1234"},\n{"a": 1}]', Limits(record_chars=12)) == (
        [(1, ["123"]), (3, ["1"])],
        [(2, "record", "longer than 12 characters")],
    )


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ('{"a": 1, "a": 2}', "the key 'a' stands twice in an object"),
        ('{"a": NaN}', "NaN is no JSON number"),
        ("7", "an object was expected here"),
        ('{"a": 1 "b"}', "not JSON: expecting ',' delimiter (line 2)"),
        ('{"a": "x\\u0001"}', "control character U+0001 at position 2 is refused"),
        ('{"x\\u0001": 1}', "control character U+0001 at position 2 is refused"),
        ('{"a": [{"b": "\\ud800"}]}', "half a character (U+D800) stands at position 1"),
    ],
)
def test_a_spoilt_object_is_told_and_the_next_is_read(tmp_path: Path, second: str, told: str) -> None:
    (tmp_path / "a.json").write_text(f'[\n{second},\n{{"a": " ö ", "b": 1.50}}\n]', "utf-8")
    rejects = list[Reject]()
    (file,) = objects(tmp_path / "a.json", rejects.append)
    assert list(file.records()) == [(3, {"a": "ö", "b": "1.50"})]
    assert [(each.line, each.field, each.reason) for each in rejects] == [(2, "record", told)]
    assert file.read == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("7", "a.json:1: a JSON array or object was expected, found '7'."),
        ('[{"a": 1} {"a": 2}]', "a.json:1: a comma was expected between two objects, found '{';"),
        ('{"a": 1}\n,{"a": 2}', "a.json:2: a comma stands between JSON lines."),
        ('[{"a": 1}', "a.json:1: the file ends before its array does; fetch it again."),
        ('[{"a": 1}]\nx', "a.json:2: text follows the end of the JSON array."),
        ('[1, {"a": ]', "a.json:1: this object is broken, and the next cannot be found;"),
    ],
)
def test_a_file_of_json_that_is_none_is_refused(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "a.json").write_text(text, "utf-8")
    (file,) = objects(tmp_path / "a.json", lambda reject: None)
    with pytest.raises(FileError) as refused:
        list(file.records())
    assert str(refused.value).startswith(told)


def test_a_package_may_unpack_to_as_much_as_is_said(tmp_path: Path) -> None:
    def unpacked(name: str, limits: Limits) -> int:
        size = 0
        for part in parts(tmp_path / name, limits):
            with part.open() as stream:
                size += len(stream.read())
        return size

    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("1", b"x" * 60)
        archive.writestr("2", b"y" * 40)
    assert unpacked("a.zip", Limits(total_bytes=100)) == 100
    with pytest.raises(FileError, match=r"^a\.zip: unpacks to more than 99 bytes; nothing of it is read"):
        unpacked("a.zip", Limits(total_bytes=99))
    assert unpacked("a.zip", Limits(members=2)) == 100
    with pytest.raises(FileError, match=r"^a\.zip: 2 members, at most 1 are read\.$"):
        unpacked("a.zip", Limits(members=1))
    (tmp_path / "b.gz").write_bytes(gzip.compress(bytes(MIB)))
    size = (tmp_path / "b.gz").stat().st_size
    assert unpacked("b.gz", Limits(ratio=1, ratio_from=MIB)) == MIB
    assert unpacked("b.gz", Limits(ratio=MIB // size + 1, ratio_from=0)) == MIB
    with pytest.raises(FileError, match=rf"^b\.gz: {size} bytes unpack to over {MIB // size - 1} times"):
        unpacked("b.gz", Limits(ratio=MIB // size - 1, ratio_from=0))


def test_every_ending_of_a_file_is_known(tmp_path: Path) -> None:
    with pytest.raises(
        FileError, match=r"holds no table \(CSV, XLSX or JSON were expected; found nothing\)\.$"
    ):
        list(tables(tmp_path, lambda reject: None))
    for ending in ("json", "jsonl", "ndjson", "geojson"):
        (tmp_path / f"a.{ending}").write_text('{"a": 1}\n', "utf-8")
    for ending in ("csv", "tsv", "txt"):
        (tmp_path / f"b.{ending}").write_text("a;b\n1;2\n", "utf-8")
    assert len(list(objects(tmp_path, lambda reject: None))) == 4
    assert len(list(tables(tmp_path, lambda reject: None))) == 7


def test_a_tag_without_end_is_told_when_it_is_too_long() -> None:
    endless = Part("x", lambda: BytesIO(b"<a " + b"b" * 100 + b"=''/>"))
    long = Markup(endless, Limits(block=10, record_chars=20), lambda tag, given: None, lambda tag: None)
    with pytest.raises(MarkupError) as refused:
        list(long.pieces())
    assert (refused.value.line, refused.value.why) == (1, "a tag or comment here has no end")
    fits = Markup(endless, Limits(block=10, record_chars=110), lambda tag, given: None, lambda tag: None)
    assert len(list(fits.pieces())) == 12  # after each block, and at the end


def test_a_part_of_a_package_knows_that_it_is_one(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a")
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"a"))
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a", b"a")
    assert [[part.packed for part in parts(tmp_path / name)] for name in ("a.csv", "a.gz", "a.zip")] == [
        [False],
        [True],
        [True],
    ]


def test_a_member_without_a_name_is_refused(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("n", b"a")
    data = bytearray((tmp_path / "a.zip").read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 28], data[at + 32] = 0, 1  # the name's one letter is its comment
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(FileError, match=r"^a\.zip: member '' has no name; nothing of it is read\.$"):
        list(parts(tmp_path / "a.zip"))


def test_what_breaks_in_a_package_is_told_without_two_full_stops(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"a" * 99)[:-9])
    with pytest.raises(FileError) as refused:
        list(parts(tmp_path / "a.gz"))
    why = "Compressed file ended before the end-of-stream marker was reached"
    assert str(refused.value) == f"a.gz/a: cannot be unpacked: {why}."


def test_a_table_of_json_counts_anew_and_tells_of_its_first_line() -> None:
    found = JsonTable(Part("x", lambda: BytesIO(b'[{"a": 1}]')), lambda reject: None, Limits())
    assert (found.read, found.repaired) == (0, 0)
    assert list(found.rows()) == list(found.rows())
    assert found.read == 1
    with pytest.raises(LayoutError, match=r"^x:1: column 1 of 1 has no name"):
        table('[{" ": 1}]')
