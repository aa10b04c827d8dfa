"""What is fuzzed: each target has seeds, and does something with any bytes that raises if all is not well.

What a reader refuses by its own errors is no find; any other exception, a lost record, or a rule that does
not hold is one.
"""

import atexit
import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, RdfFormat, Store, parse

from api import guard, negotiate
from api.forms import SPELLINGS
from api.sparql_tokens import form, tokens
from graph.errors import TermError
from graph.iris import Addresses, Iris
from graph.terms import iri, text
from loaders.errors import LoadError
from loaders.reading.objects import objects
from loaders.reading.table import tables
from loaders.reading.xml import elements
from loaders.source import Reject

DATUM = Literal("x", language="en")
_OFFERS = ("text/html", "text/turtle", "application/ld+json")
_BOOK = {
    "[Content_Types].xml": b"<Types/>",
    "xl/workbook.xml": b'<workbook xmlns:r="u"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": b'<R><Relationship Id="r1" Type="/worksheet" Target="s.xml"/></R>',
    "xl/styles.xml": b'<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    "xl/sharedStrings.xml": b"<sst><si><t>x</t></si></sst>",
    "xl/s.xml": b'<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>id</v></c></row>'
    b'<row r="2"><c r="A2" s="1"><v>4</v></c></row></sheetData></worksheet>',
}
_SPARQL = (
    *(
        "SELECT ",
        "ASK ",
        "SERVICE ",
        "SILENT ",
        "LOAD ",
        "INSERT ",
        "PREFIX ",
        "BASE ",
        "FILTER(",
        "{ ?s ?p ?o }",
    ),
    *("<urn:a>", "a:b", "'''", "#", "\\u0053", "<<", ">>", "^^", "\ufeff", ";"),
)
_MEDIA = ("text/html", "text/turtle", "*/*", "text/*", ";q=0", ";q=0.5", ";charset=utf-8", ", ", '"', "*")
_MARKUP = (
    '<c r="B1"',
    ' t="s"',
    ' t="inlineStr"',
    "<row",
    "</row>",
    "<v>",
    "</v>",
    "<is>",
    "<!--",
    "<![CDATA[",
)
_JSONS = ('{"', '"}', "},", "[", "]", "null", "1e9", "\\u0000", "\\ud800", "NaN", "\n")
_PARTS = tuple(name for name in _BOOK if name.startswith("xl"))
_CSV = 'id;namn\n1;Malmö\n"2";"a\nb"\n"3";"x ""y"""\n'.encode()
_JSON = '[\n{"id": 1, "namn": "Malmö"},\n{"id": 2.50, "namn": [null, true]}\n]'.encode()
_XML = '<?xml version="1.0"?>\n<r xmlns="u"><p a="1"><t>Malmö</t></p><p/></r>'.encode()


class Find(Exception):
    """A rule that does not hold."""


@dataclass(frozen=True)
class Target:
    """Something to be fuzzed: what it begins with, what is done with any bytes, words to put in."""

    seeds: tuple[bytes, ...]
    run: Callable[[bytes], None]
    words: tuple[str, ...] = ()


def hold(holds: bool, rule: str) -> None:
    """Raise when a rule does not hold."""
    if not holds:
        raise Find(rule)


def _query(data: bytes) -> None:
    """A query that the quick look lets through is let through by the careful one, with the same form."""
    said = data.decode("utf-8", "surrogateescape")
    found = list(tokens(said))
    hold(all(said[each.at :].startswith(each.text) for each in found), "a token is not where it stands")
    quick = guard._plain(said.removeprefix("\ufeff"))
    try:
        checked = guard.check(said, 65_536)
    except guard.Refused as error:
        hold(error.status in (400, 403, 413), "a refusal has a status of its own")
        return
    if quick:
        careful = list(guard._without_towers(checked.text))
        guard._no_update(careful)
        guard._no_service(careful, frozenset())
        hold(form(careful) == quick, "the quick look and the careful one find different forms")
    if "http" not in said.lower() and "\\" not in said:  # nothing is asked by any other scheme
        hold(not _asks_elsewhere(checked.text), "the engine reads a SERVICE that the guard does not")


def _asks_elsewhere(said: str) -> bool:
    """Tell whether the engine comes to a SERVICE: it fails by its address."""
    store = Store()
    store.add(Quad(NamedNode("urn:a"), NamedNode("urn:b"), DATUM))
    try:
        found = store.query(said)
        if not isinstance(found, QueryBoolean):
            for _ in zip(found, range(100), strict=False):
                pass
    except OSError:
        return True
    except (SyntaxError, ValueError, RuntimeError):
        return False
    return False


def _update(data: bytes) -> None:
    """Whatever an update says, it is refused in words or comes as its tokens."""
    said = data.decode("utf-8", "surrogateescape")
    try:
        found = guard.check_update(said)
    except guard.Refused as error:
        hold(error.status in (400, 403), "a refusal has a status of its own")
        return
    hold(found == list(tokens(said)), "tokens were lost")
    words = [each.text.upper() for each in found if each.kind == "word"]
    hold(not any(each.startswith(("LOAD", "SERVICE")) for each in words), "LOAD or SERVICE got through")


def _accept(data: bytes) -> None:
    """An Accept header gets one of the offers or none, the same when remembered and when in capitals."""
    said = data.decode("latin-1")
    found = negotiate.choose(said, _OFFERS, SPELLINGS)
    hold(found in (*_OFFERS, None), "something was chosen that is not offered")
    hold(found == negotiate.choose(said, _OFFERS, SPELLINGS), "asked twice, it answers otherwise")
    hold(found is None or negotiate.choose(said, (found,), SPELLINGS) == found, "alone, it is refused")
    if said.isascii():
        hold(found == negotiate.choose(said.upper(), _OFFERS, SPELLINGS), "capitals matter")


def _iris(data: bytes) -> None:
    """What is minted is an IRI below the base that the engine reads as it stands; all else is refused."""
    kind, _, key = data.decode("utf-8", "surrogateescape").partition("/")
    minted = Iris("https://a.example/")
    for made in (
        lambda: minted.thing(kind, key),
        lambda: minted.reference(f"{kind}/{key}"),
        lambda: minted.graph(key),
        lambda: minted.stored(key),
        lambda: minted.place(key),
        lambda: iri(Addresses("https://a.example/").named(key)),
    ):
        try:
            term = made()
        except TermError:
            continue
        line = f"<urn:s> <urn:p> {term} ."
        there = [each.object for each in parse(line, RdfFormat.N_TRIPLES)]
        hold(there == [NamedNode(term[1:-1])], "the engine reads another IRI")
        hold(term.startswith("<https://"), "an IRI lies elsewhere")
    try:
        quoted = text(key)
    except TermError:
        return
    found = next(iter(parse(f"<urn:s> <urn:p> {quoted} .", RdfFormat.N_TRIPLES))).object
    hold(isinstance(found, Literal) and text(found.value) == quoted, "a text does not come back")


def _reader(name: str, wrap: Callable[[bytes], bytes] = bytes) -> Callable[[bytes], None]:
    """Read bytes as a file of this name, in every way there is."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    path = Path(folder.name) / name

    def run(data: bytes) -> None:
        path.write_bytes(wrap(data))
        rejects = list[Reject]()
        try:
            for table in tables(path, rejects.append):
                before = len(rejects)
                rows = list(table.rows())
                hold(all(len(row) == len(table.columns) for _, row in rows), "a row has other columns")
                hold(table.read == len(rows) + len(rejects) - before, "a row was lost")
        except LoadError:
            pass
        try:
            for each in objects(path, rejects.append):
                before = len(rejects)
                hold(len(list(each.records())) + len(rejects) - before == each.read, "an object was lost")
        except LoadError:
            pass
        try:
            for element in elements(path, "p", rejects.append):
                before = len(rejects)
                hold(
                    len(list(element.records())) + len(rejects) - before == element.read,
                    "an element was lost",
                )
        except LoadError:
            pass

    return run


def _packed(files: dict[str, bytes]) -> bytes:
    with io.BytesIO() as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        return file.getvalue()


def _book(data: bytes) -> bytes:
    """Return a workbook one of whose parts, chosen by the first byte, is the rest of the bytes."""
    return _packed({**_BOOK, _PARTS[(data[:1] or b"0")[0] % len(_PARTS)]: data[1:]})


TARGETS = {
    "guard": Target(
        (
            b"PREFIX a: <urn:a> SELECT DISTINCT * { ?s a:b 'c' FILTER(1 < 2) }",
            b"ASK { SERVICE <urn:x> {} }",
        ),
        _query,
        _SPARQL,
    ),
    "update": Target(
        (b'INSERT DATA { <urn:a> <urn:b> "1"^^<urn:c> } ; CLEAR ALL', b"LOAD <urn:a>"), _update, _SPARQL
    ),
    "accept": Target((b'text/html;level="1";q=0.5, */*;q=0.1', b"application/x-turtle"), _accept, _MEDIA),
    "iris": Target((b"county/05", b"area-set/oms-2023"), _iris),
    "csv": Target((_CSV, _CSV.decode().encode("utf-16")), _reader("a.csv")),
    "json": Target((_JSON, b'{"a": 1}\n{"a": "2"}\n'), _reader("a.json"), _JSONS),
    "xml": Target((_XML,), _reader("a.xml"), _MARKUP),
    "book": Target(
        tuple(bytes([at]) + _BOOK[name] for at, name in enumerate(_PARTS)), _reader("a.xlsx", _book), _MARKUP
    ),
    "package": Target((_packed({"a.csv": _CSV}), _packed(_BOOK)), _reader("a.zip")),
}
