"""Any bytes to any reader give a result or a typed error, and no record is lost on the way."""

import gzip
import io
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.errors import LoadError
from loaders.reading.objects import objects
from loaders.reading.table import tables
from loaders.reading.xml import elements
from loaders.source import Reject

MANY = settings(max_examples=300)

CSV = 'id;namn\n1;Malmö\n"2";"a\nb"\n"3";""x ""y"""\n'.encode()
JSON = '[\n{"id": 1, "namn": "Malmö"},\n{"id": 2.50, "namn": [null, true]}\n]'.encode()
XML = '<?xml version="1.0"?>\n<r xmlns="u"><p a="1"><t>Malmö</t></p><p/></r>'.encode()
SHEET = (
    b'<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>id</v></c></row>'
    b'<row r="2"><c r="A2" s="1"><v>4</v></c></row></sheetData></worksheet>'
)
BOOK = {
    "[Content_Types].xml": b"<Types/>",
    "xl/workbook.xml": b'<workbook xmlns:r="u"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": b'<R><Relationship Id="r1" Type="/worksheet" Target="s.xml"/></R>',
    "xl/styles.xml": b'<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    "xl/sharedStrings.xml": b"<sst><si><t>x</t></si></sst>",
    "xl/s.xml": SHEET,
}


def packed(files: dict[str, bytes]) -> bytes:
    with io.BytesIO() as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        return file.getvalue()


def mutated(seed: bytes) -> st.SearchStrategy[bytes]:
    """Spoil a good file: bytes changed, a piece cut out, a piece doubled, the end cut off."""
    place = st.integers(0, len(seed))
    changes = st.lists(st.tuples(place, place, st.binary(max_size=4)), min_size=1, max_size=4)

    def spoil(found: list[tuple[int, int, bytes]]) -> bytes:
        data = seed
        for begin, length, new in found:
            data = data[:begin] + new + data[begin + (length if length % 5 == 0 else len(new)) :]
        return data

    return changes.map(spoil)


def swallow(path: Path, data: bytes) -> None:
    """Read a file in every way there is; whatever is raised but LoadError fails the test."""
    path.write_bytes(data)
    rejects = list[Reject]()
    try:
        for table in tables(path, rejects.append):
            before = len(rejects)
            rows = list(table.rows())
            assert all(len(row) == len(table.columns) for _, row in rows)
            assert table.read == len(rows) + len(rejects) - before
    except LoadError:
        pass
    rejects.clear()
    try:
        for each in objects(path, rejects.append):
            before = len(rejects)
            assert len(list(each.records())) + len(rejects) - before == each.read
    except LoadError:
        pass
    rejects.clear()
    try:
        for found in elements(path, "p", rejects.append):
            before = len(rejects)
            assert len(list(found.records())) + len(rejects) - before == found.read
    except LoadError:
        pass


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the files that are spoilt, one after the other."""
    return tmp_path_factory.mktemp("bytes")


@MANY
@given(st.binary(max_size=200))
def test_any_bytes(folder: Path, data: bytes) -> None:
    for name in ("a.csv", "a.json", "a"):
        swallow(folder / name, data)


@MANY
@given(mutated(CSV))
def test_a_spoilt_csv_file(folder: Path, data: bytes) -> None:
    swallow(folder / "b.csv", data)


@MANY
@given(mutated(CSV.decode().encode("utf-16")))
def test_a_spoilt_utf16_file(folder: Path, data: bytes) -> None:
    swallow(folder / "b.txt", data)


@MANY
@given(mutated(JSON))
def test_a_spoilt_json_file(folder: Path, data: bytes) -> None:
    swallow(folder / "c.json", data)


@MANY
@given(mutated(XML))
def test_a_spoilt_xml_file(folder: Path, data: bytes) -> None:
    swallow(folder / "d.xml", data)


@MANY
@given(mutated(packed(BOOK)))
def test_a_spoilt_workbook(folder: Path, data: bytes) -> None:
    swallow(folder / "e.xlsx", data)


@pytest.mark.parametrize("member", [name for name in BOOK if name.startswith("xl")])
def test_a_workbook_with_a_spoilt_member(folder: Path, member: str) -> None:
    @MANY
    @given(mutated(BOOK[member]))
    def spoilt(data: bytes) -> None:
        swallow(folder / "f.xlsx", packed({**BOOK, member: data}))

    spoilt()


@MANY
@given(
    mutated(packed({"a.csv": CSV, "b.xlsx": packed(BOOK), "c.zip": packed({"d.xml": XML, "e.json": JSON})}))
)
def test_a_spoilt_archive(folder: Path, data: bytes) -> None:
    swallow(folder / "g.zip", data)


@MANY
@given(mutated(gzip.compress(CSV, mtime=0)))
def test_a_spoilt_gzip_file(folder: Path, data: bytes) -> None:
    swallow(folder / "h.csv.gz", data)
