"""What a format of network files is and how one is written; each file in formats/ is one, found by name."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Final, Literal, cast

from graph.iris import Iris
from queries import families
from queries.errors import MeaninglessError, ParameterError
from queries.measure import MeasureResult
from queries.network import Network

_PACKAGE = "queries.formats"
Point = tuple[float, float]
Text = Iterator[str]  # a file, piece by piece: a large one never stands whole in memory
Option = Literal["bom", "measures", "positions"]
BOM: Final = "\ufeff"


@dataclass(frozen=True)
class Format:
    """A format by name; `ending` is that of its file, `takes` what it can hold beside the network."""

    name: str
    ending: str
    media_type: str
    title_sv: str
    title_en: str
    opens_in: str  # the programs that read it
    takes: tuple[Option, ...] = ()
    several: bool = False  # makes several files; `ending` is that of the first

    def title(self, language: str) -> str:
        """Return what the format is called."""
        return self.title_en if language == "en" else self.title_sv


@dataclass(frozen=True)
class Export:
    """What is written: a network, and beside it values of measures and a point for each node."""

    network: Network
    measures: Sequence[MeasureResult] = ()
    positions: Sequence[Point] | None = None
    bom: bool = False  # begin with a byte order mark: Excel and Pajek tell UTF-8 by it
    iris: Iris = field(default_factory=Iris)

    def __post_init__(self) -> None:
        """Refuse points of other nodes than those of the network."""
        if self.positions is not None and len(self.positions) != len(self.network.nodes):
            raise ParameterError(
                f"There are {len(self.positions)} positions for the {len(self.network.nodes)} nodes of "
                f"{self.network.name!r}; give one a node, in the order of the nodes."
            )


def formats() -> dict[str, Format]:
    """Return every format by name: one file of formats/ each, holding FORMAT and `files`."""
    return cast("dict[str, Format]", families.named(_PACKAGE, "FORMAT", "format"))


def format_of(name: str) -> Format:
    """Return a format by name."""
    return cast("Format", _module(name).FORMAT)


def _module(name: str) -> ModuleType:
    return families.member(_PACKAGE, "format of a network", name)


def files(name: str, export: Export) -> Mapping[str, Text]:
    """Return the files of a network in a format: the ending of each, and its text piece by piece."""
    known = format_of(name)
    if export.bom and "bom" not in known.takes:
        able = [each.name for each in formats().values() if "bom" in each.takes]
        raise ParameterError(
            f"Format {name!r} takes no byte order mark; those that do are {', '.join(able)}."
        )
    if said := refusal(name, export):
        raise MeaninglessError(said)
    function = cast("Callable[[Export], Mapping[str, Text]]", _module(name).files)
    return function(export)


def refusal(name: str, export: Export) -> str | None:
    """Return why a network cannot be had in a format, None where it can; a format says so by `refusal`."""
    function = getattr(_module(name), "refusal", None)
    return cast("Callable[[Export], str | None]", function)(export) if function else None


def write(name: str, export: Export) -> str:
    """Return the file of a network in a format as one text; of several files, the first."""
    return "".join(next(iter(files(name, export).values())))


def marked(export: Export, text: Text) -> Text:
    """Yield a text, after a byte order mark where one is asked for."""
    if export.bom:
        yield BOM
    yield from text


def as_json(value: object) -> str:
    """Return a value as JSON in one line."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def listed(items: Iterable[object]) -> Text:
    """Yield a JSON array, an item a line."""
    before = "[\n"
    for item in items:
        yield before + as_json(item)
        before = ",\n"
    yield "[]" if before == "[\n" else "\n]"
