"""Read what the sheets of an XLSX workbook share: their names, the texts, and which styles are dates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from posixpath import normpath

from loaders.errors import FileError
from loaders.reading.limits import Limits
from loaders.reading.markup import Markup
from loaders.reading.package import Part, archive_of, members
from loaders.reading.xlsx_cells import is_date, unescaped

Attributes = dict[str, str]


@dataclass(frozen=True)
class Book:
    """A workbook: its worksheets by name, in order, and what their cells refer to."""

    sheets: Mapping[str, Part]
    texts: list[str]
    dates: list[bool]  # by style
    since_1904: bool


def open_book(part: Part, limits: Limits) -> Book:
    """Read a workbook all but its worksheets."""
    archive = archive_of(part, limits)
    files = {member.name.removeprefix(f"{part.name}/"): member for member in members(part, archive, limits)}
    if "xl/workbook.xml" not in files:
        raise FileError(f"{part.name}: is no XLSX workbook (xl/workbook.xml is missing); save it as .xlsx.")
    since_1904, named = _workbook(files["xl/workbook.xml"], limits)
    targets = _targets(files.get("xl/_rels/workbook.xml.rels"), limits)
    sheets = {}
    for name, key in named.items():
        kind, target = targets.get(key, ("", ""))
        if kind not in ("", "worksheet"):
            continue  # a chart sheet holds no rows
        if target not in files:
            raise FileError(
                f"{part.name}: sheet {name!r} is named in the workbook and not found in the file."
            )
        sheets[name] = files[target]
    texts = _texts(files.get("xl/sharedStrings.xml"), limits)
    return Book(sheets, texts, _dates(files.get("xl/styles.xml"), limits), since_1904)


def local(tag: str) -> str:
    """Return a name without its namespace."""
    return tag.rpartition("}")[2]


def _each(part: Part | None, limits: Limits, start: Callable[[str, Attributes], None]) -> None:
    if part is not None:

        def opened(tag: str, attributes: Attributes) -> None:
            start(local(tag), {local(name): value for name, value in attributes.items()})

        for _ in Markup(part, limits, opened, lambda tag: None).pieces():
            pass


def _workbook(part: Part, limits: Limits) -> tuple[bool, dict[str, str]]:
    named: dict[str, str] = {}
    since = False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal since
        if tag == "sheet":
            named[attributes.get("name", "")] = attributes.get("id", "")
        elif tag == "workbookPr":
            since = attributes.get("date1904") in ("1", "true")

    _each(part, limits, start)
    return since, named


def _targets(part: Part | None, limits: Limits) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship":
            target = attributes.get("Target", "")
            path = target[1:] if target.startswith("/") else normpath(f"xl/{target}")
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], path)

    _each(part, limits, start)
    return found


def _dates(part: Part | None, limits: Limits) -> list[bool]:
    codes: dict[str, str] = {}
    dates: list[bool] = []
    within = False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal within
        if tag == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag in ("cellXfs", "cellStyles"):
            within = tag == "cellXfs"
        elif tag == "xf" and within:
            key = attributes.get("numFmtId", "0")
            dates.append(is_date(int(key) if key.isdecimal() else 0, codes.get(key)))

    _each(part, limits, start)
    return dates


def _texts(part: Part | None, limits: Limits) -> list[str]:
    """Return the shared texts; how a word is pronounced (`rPh`) is no part of them."""
    if part is None:
        return []
    texts: list[str] = []
    pieces: list[str] = []
    size = aside = 0

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal aside
        aside += local(tag) == "rPh"
        if local(tag) == "t" and not aside:
            markup.hear(pieces.append)

    def end(tag: str) -> None:
        nonlocal aside, size
        markup.hear(None)
        aside -= local(tag) == "rPh"
        if local(tag) == "si":
            texts.append(unescaped("".join(pieces)))
            pieces.clear()
            size += len(texts[-1]) + 50
            if size > limits.shared_chars:
                raise FileError(f"{part.name}: more than {limits.shared_chars} characters of shared texts.")

    markup = Markup(part, limits, start, end)
    for _ in markup.pieces():
        pass
    return texts
