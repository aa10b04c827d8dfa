"""What a measure is and what it gives; each file in measures/ is one, found by its name."""

import math
from collections.abc import Callable, Iterable, Mapping, Sized
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Final, Literal, Protocol, cast

from queries import families
from queries.collation import swedish
from queries.errors import MeaninglessError, ParameterError
from queries.network import Mode, Network, Node
from queries.notes import Note as Note

_PACKAGE = "queries.measures"
Value = int | float | None
Setting = str | int | float
Cell = str | int | float | None
_PACKAGES: Final = {"spark": "pyspark"}  # where an engine is not called as its package


@dataclass(frozen=True)
class Parameter:
    """A setting of a measure; its type is that of its default."""

    name: str
    default: Setting
    summary_sv: str
    summary_en: str
    choices: tuple[str, ...] = ()
    at_least: float = -math.inf
    at_most: float = math.inf

    def read(self, value: Setting) -> Setting:
        """Return the value as the type of the default, or say what was expected."""
        try:
            found = type(self.default)(value)
        except (ValueError, OverflowError):
            found = math.nan
        wrong = found not in self.choices if isinstance(found, str) else self._outside(found)
        if wrong or (isinstance(value, float) and found != value):
            raise ParameterError(f"Parameter {self.name!r} is {value!r}; expected {self._expected()}.")
        return found

    def _outside(self, found: float) -> bool:
        return not self.at_least <= found <= self.at_most or math.isinf(found)

    def _expected(self) -> str:
        if self.choices:
            return f"one of {', '.join(self.choices)}"
        kind = "a whole number" if isinstance(self.default, int) else "a number"
        if self.at_most < math.inf:
            return f"{kind} from {self.at_least:g} to {self.at_most:g}"
        return kind if self.at_least == -math.inf else f"{kind} of at least {self.at_least:g}"


@dataclass(frozen=True)
class Measure:
    """A measure by name; `order` says how its rows are sorted, `groups` that its values are labels."""

    name: str
    title_sv: str
    title_en: str
    summary_sv: str
    summary_en: str
    parameters: tuple[Parameter, ...] = ()
    order: Literal["highest first", "lowest first"] = "highest first"
    groups: bool = False


@dataclass(frozen=True)
class Column:
    """One more number a node."""

    name: str
    title_sv: str
    title_en: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Fact:
    """One number about the whole network."""

    name: str
    title_sv: str
    title_en: str
    value: int | float


@dataclass(frozen=True)
class Table:
    """Numbers of something else than nodes: of pairs of territories, of periods."""

    name: str
    title_sv: str
    title_en: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def dicts(self) -> list[dict[str, Cell]]:
        """Return each row by the names of its columns."""
        return [dict(zip(self.header, row, strict=True)) for row in self.rows]


class Measured(Protocol):
    """What is measured: a network in memory (`Network`) or one that lies as Parquet files on a disk.

    Of `sources` (one for each edge) and `components` only the number is asked here.
    """

    @property
    def name(self) -> str: ...
    @property
    def mode(self) -> Mode: ...
    @property
    def nodes(self) -> tuple[Node, ...]: ...
    @property
    def sources(self) -> Sized: ...
    @property
    def components(self) -> Sized: ...
    @property
    def unknown_totals(self) -> int: ...
    @property
    def snapshot(self) -> str: ...
    @property
    def filters(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def notes(self) -> tuple[Note, ...]: ...


@dataclass(frozen=True)
class MeasureResult:
    """The values in the order of the network's nodes, and all that is needed to repeat them."""

    measure: Measure
    network: str
    mode: str
    nodes: int
    edges: int
    components: int
    engine: str
    engine_version: str
    parameters: tuple[tuple[str, Setting], ...]
    values: tuple[tuple[str, str, Value], ...]  # id, label, value
    columns: tuple[Column, ...] = ()
    facts: tuple[Fact, ...] = ()
    notes: tuple[Note, ...] = ()
    tables: tuple[Table, ...] = ()
    snapshot: str = ""  # the version of the data, where it is known
    filters: tuple[tuple[str, str], ...] = ()  # what was asked of the network before it was measured

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns of `rows`."""
        return ("id", "label", self.measure.name, *(column.name for column in self.columns))

    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Id, label, value and further columns, sorted; the undefined last, ties by label and id."""
        extra = zip(*(column.values for column in self.columns), strict=True) if self.columns else None
        found = [(*triple, *(next(extra) if extra else ())) for triple in self.values]
        return tuple(sorted(found, key=self._key))

    def _key(self, row: tuple[Cell, ...]) -> tuple[bool, float, tuple[str, str], str]:
        value = row[2]
        sign = 1 if self.measure.order == "lowest first" else -1
        size = sign * round(value, 12) if isinstance(value, int | float) else 0.0
        return value is None, size, swedish(str(row[1])), str(row[0])

    @property
    def by_id(self) -> dict[str, Value]:
        """The value of each node."""
        return {key: value for key, _, value in self.values}


def result(
    measure: Measure,
    network: Measured,
    values: Iterable[Value],
    *,
    engine: str,
    parameters: Mapping[str, Setting] | None = None,
    columns: Iterable[Column] = (),
    facts: Iterable[Fact] = (),
    notes: Iterable[Note] = (),
    tables: Iterable[Table] = (),
) -> MeasureResult:
    """Put the values of a measure together with what they were computed from and by."""
    named = zip(network.nodes, values, strict=True)
    return MeasureResult(
        measure=measure,
        network=network.name,
        mode=network.mode,
        nodes=len(network.nodes),
        edges=len(network.sources),
        components=len(network.components),
        engine=engine,
        engine_version=_version(engine),
        parameters=tuple((parameters or {}).items()),
        values=tuple((node.id, node.label, value) for node, value in named),
        columns=tuple(columns),
        facts=tuple(facts),
        notes=(*_always(network), *_of_weight(network, parameters or {}), *notes),
        tables=tuple(tables),
        snapshot=network.snapshot,
        filters=network.filters,
    )


def require(measure: Measure, network: Measured, *, nodes: int = 1, edges: int = 0) -> None:
    """Refuse a network that is too small for the measure to mean anything."""
    if len(network.nodes) < nodes or len(network.sources) < edges:
        raise MeaninglessError(
            f"The measure {measure.name!r} needs at least {_size(nodes, edges)}; "
            f"the network {network.name!r} has {_size(len(network.nodes), len(network.sources))}."
        )


def _size(nodes: int, edges: int) -> str:
    return f"{nodes} node{'' if nodes == 1 else 's'} and {edges} edge{'' if edges == 1 else 's'}"


def _of_weight(network: Measured, parameters: Mapping[str, Setting]) -> list[Note]:
    unknown = network.unknown_totals if parameters.get("weight") == "amount" else 0
    if not unknown:
        return []
    return [
        Note(
            f"{unknown} {'gemensam händelse' if unknown == 1 else 'gemensamma händelser'} saknar känt belopp "
            "och väger ingenting.",
            f"{unknown} shared {'event has' if unknown == 1 else 'events have'} no known amount "
            f"and {'adds' if unknown == 1 else 'add'} nothing.",
        )
    ]


def _always(network: Measured) -> list[Note]:
    few = len(network.nodes)
    if few >= 10:
        return list(network.notes)
    return [
        *network.notes,
        Note(
            f"Nätverket har färre än 10 noder ({few}): läs värdena som beskrivning, inte som rangordning.",
            f"The network has fewer than 10 nodes ({few}): read the values as a description, not a ranking.",
        ),
    ]


@cache
def _version(engine: str) -> str:
    """Return an engine's version; reading it from its files takes longer than many a measure."""
    return version(_PACKAGES.get(engine, engine))


def measures() -> dict[str, Measure]:
    """Return every measure of networks by name: one file of measures/ each, with MEASURE and `measure`."""
    return cast("dict[str, Measure]", families.named(_PACKAGE, "MEASURE", "measure"))


def function_of(name: str) -> Callable[..., MeasureResult]:
    """Return the function of a measure by name; its docstring holds idea, formula and reference."""
    return cast("Callable[..., MeasureResult]", families.member(_PACKAGE, "measure", name).measure)


def run(name: str, network: Network, **parameters: Setting) -> MeasureResult:
    """Run a measure by name; parameters may come as text."""
    function = function_of(name)
    return function(network, **settings(measures()[name], parameters))


def settings(measure: Measure, given: Mapping[str, Setting]) -> dict[str, Setting]:
    """Return settings of a measure, read as its parameters have them; they may come as text."""
    known = {parameter.name: parameter for parameter in measure.parameters}
    for each in given:
        if each not in known:
            has = ", ".join(known) or "none"
            raise ParameterError(f"The measure {measure.name!r} has no parameter {each!r}; it has {has}.")
    return {each: known[each].read(value) for each, value in given.items()}
