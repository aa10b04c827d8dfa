"""The queries as files: one .rq a question, its header read and held to the rules.

A header is the comment lines before the first blank line, each `# key: value`:

    # title-sv: Vem leder kunskapsområdena?
    # title-en: Who leads the knowledge areas?
    # about-sv: ...            (one line)
    # about-en: ...
    # param: level | choice seed,all | seed | nivå av bevis / level of evidence
    # returns: area, lead, evidence
    # order: area              (optional: sorted as Swedes sort)
    # lists: evidence          (optional: columns that hold several values with " | " between)
    # panel: County | 10       (optional: a panel of the pages of counties, see `queries.panels`)

A `moment` is a year or a day, `iris` are any number of IRIs with spaces between; words that a parameter
takes too stand after its type, as choices do.

A parameter `x` is the one block `VALUES ?x { default }` of the query, so that a file runs as it stands.

A network returns plain edge rows; `# attributes: project-facts` names files of `networks/attributes/`
that tell more of its actors and events, one value a row, and make none of their own.

A view says the graph in the terms of another vocabulary; its CONSTRUCT files, `views/VIEW/PART.rq`,
return `triples`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Literal

from queries.errors import HeaderError, UnknownName

ROOM = Path(__file__).parent
TYPES = ("text", "choice", "iri", "iris", "integer", "date", "moment")
_ONCE = ("title-sv", "title-en", "about-sv", "about-en", "returns")
_MAY = ("order", "lists", "mode", "attributes", "panel")


@dataclass(frozen=True)
class Parameter:
    """A value that a query can be given: its type, the choices, the default and what it means."""

    name: str
    type: str
    choices: tuple[str, ...]
    default: str
    label: str

    def told(self, language: str) -> str:
        """Return what it means in the reader's language; the label is written `svenska / English`."""
        swedish, between, english = self.label.partition(" / ")
        return english if between and language == "en" else swedish


@dataclass(frozen=True)
class Query:
    """A query file: what it asks, what it takes, what it returns, and its text."""

    name: str
    path: Path
    category: str
    title_sv: str
    title_en: str
    about_sv: str
    about_en: str
    parameters: tuple[Parameter, ...]
    returns: tuple[str, ...]
    order: tuple[str, ...]
    lists: tuple[str, ...]
    mode: str
    text: str
    attributes: tuple[str, ...] = ()
    panel: str = ""

    @property
    def makes_triples(self) -> bool:
        """Whether it is a CONSTRUCT, a part of a view, rather than a SELECT."""
        return self.returns == ("triples",)

    @property
    def body(self) -> str:
        """The query without its header."""
        return self.text.partition("\n\n")[2]

    def choices(self) -> Iterator[dict[str, str]]:
        """Yield every choice of the parameters that have choices: each together with each."""
        chosen = {each.name: each.choices for each in self.parameters if each.choices}
        for values in product(*chosen.values()):
            yield dict(zip(chosen, values, strict=True))

    def title(self, language: str) -> str:
        """Return the title in the reader's language."""
        return self.title_en if language == "en" else self.title_sv

    def network_mode(self) -> Literal["one-mode", "two-mode"]:
        """Return how a network's rows are read; raise HeaderError when the header does not say."""
        if self.mode == "one-mode":
            return "one-mode"
        if self.mode == "two-mode":
            return "two-mode"
        raise HeaderError(f"{self.path.name}:1: mode is {self.mode!r}; expected one-mode or two-mode.")

    def about(self, language: str) -> str:
        """Return what the query is about in the reader's language."""
        return self.about_en if language == "en" else self.about_sv


@cache
def queries() -> dict[str, Query]:
    """Return every query of `queries/sparql/CATEGORY/NAME.rq`, by name."""
    return _find(ROOM / "sparql", "*/*.rq")


@cache
def networks() -> dict[str, Query]:
    """Return every network of `queries/networks/NAME.rq`, by name."""
    return _find(ROOM / "networks", "*.rq")


@cache
def matrices() -> dict[str, Query]:
    """Return every matrix of `queries/matrices/NAME.rq`, by name."""
    return _find(ROOM / "matrices", "*.rq")


@cache
def attributes() -> dict[str, Query]:
    """Return every query of `queries/networks/attributes/NAME.rq`, which tells of the nodes of networks."""
    return _find(ROOM / "networks" / "attributes", "*.rq")


@cache
def views() -> dict[str, tuple[Query, ...]]:
    """Return every view, by name: its parts are the files `queries/views/VIEW/PART.rq`."""
    folders = sorted(path for path in (ROOM / "views").iterdir() if path.is_dir())
    return {folder.name: tuple(_find(folder, "*.rq").values()) for folder in folders}


def view(name: str) -> tuple[Query, ...]:
    """Return the parts of one view; raise UnknownName with the nearest name."""
    if name not in views():
        raise UnknownName("view", name, views())
    return views()[name]


def query(name: str) -> Query:
    """Return one query; raise UnknownName with the nearest name."""
    if name not in queries():
        raise UnknownName("query", name, queries())
    return queries()[name]


def network(name: str) -> Query:
    """Return one network's query; raise UnknownName with the nearest name."""
    if name not in networks():
        raise UnknownName("network", name, networks())
    return networks()[name]


def matrix(name: str) -> Query:
    """Return one matrix's query; raise UnknownName with the nearest name."""
    if name not in matrices():
        raise UnknownName("matrix", name, matrices())
    return matrices()[name]


def read(path: Path) -> Query:
    """Read a query file and its header; raise HeaderError with file and line."""
    content = path.read_text("utf-8")
    fields: dict[str, str] = {}
    parameters: list[Parameter] = []
    for number, key, value in _header(path, content):
        if key == "param":
            parameters.append(_parameter(path, number, value, content))
        elif key not in _ONCE + _MAY or key in fields:
            raise HeaderError(f"{path.name}:{number}: header line {key!r} is unknown or stands twice.")
        else:
            fields[key] = value
    if missing := [key for key in _ONCE if not fields.get(key)]:
        raise HeaderError(f"{path.name}:1: the header lacks {', '.join(missing)}.")
    return Query(
        name=path.stem,
        path=path,
        category=path.parent.name,
        title_sv=fields["title-sv"],
        title_en=fields["title-en"],
        about_sv=fields["about-sv"],
        about_en=fields["about-en"],
        parameters=tuple(parameters),
        returns=_list(fields["returns"]),
        order=_list(fields.get("order", "")),
        lists=_list(fields.get("lists", "")),
        mode=fields.get("mode", ""),
        text=content,
        attributes=_list(fields.get("attributes", "")),
        panel=fields.get("panel", ""),
    )


def values_blocks(names: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of the blocks that the values of these parameters stand in, one block each."""
    either = "|".join(map(re.escape, names))
    return re.compile(rf"VALUES \?(?P<name>{either or '(?!)'}) \{{[^}}]*\}}")


def has_header(content: str) -> bool:
    """Tell whether a query's text begins as a catalogued file does."""
    return content.startswith("# title-")


def _find(folder: Path, pattern: str) -> dict[str, Query]:
    found: dict[str, Query] = {}
    for path in sorted(folder.glob(pattern)):
        if path.stem in found:
            raise HeaderError(f"{path}: the name {path.stem!r} is taken by {found[path.stem].path}.")
        found[path.stem] = read(path)
    return found


def _header(path: Path, content: str) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip():
            return
        key, colon, value = line.removeprefix("#").partition(":")
        if not line.startswith("# ") or not colon:
            raise HeaderError(f"{path.name}:{number}: '# key: value' was expected, found {line!r}.")
        yield number, key.strip(), value.strip()


def _parameter(path: Path, number: int, value: str, content: str) -> Parameter:
    parts = [part.strip() for part in value.split("|")]
    if len(parts) != 4:
        raise HeaderError(f"{path.name}:{number}: 'name | type | default | label' was expected.")
    name, kind, default, label = parts
    kind, _, choices = kind.partition(" ")
    if kind not in TYPES:
        raise HeaderError(f"{path.name}:{number}: type {kind!r} is none of {', '.join(TYPES)}.")
    if len(values_blocks([name]).findall(content)) != 1:
        raise HeaderError(f"{path.name}:{number}: exactly one 'VALUES ?{name} {{ … }}' was expected.")
    return Parameter(name, kind, _list(choices), default, label)


def _list(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())
