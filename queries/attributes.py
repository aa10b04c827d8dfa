"""What the files of a network say of its nodes and edges: the same clean attributes for every format."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, cast

import numpy as np

from queries.errors import MeaninglessError
from queries.measure import Cell, MeasureResult
from queries.network import Floats, Network, NetworkError
from queries.years import Years, meetings, years

Attribute = str | int | float | bool | Sequence[str] | None
Clean = dict[str, str | int | float]
Listed = Sequence[str | int | float | None]
Kind = Literal["text", "whole", "number"]

EDGES_AT_ONCE = 20_000  # of them Python objects are made together; the rest stay arrays
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAKES_OVER: Final = {"start", "end"}  # GEXF reads these names as time and makes the whole graph dynamic


@dataclass(frozen=True)
class Columns:
    """The names of the attributes and what each holds: text, whole numbers or numbers."""

    kinds: Mapping[str, Kind]

    def of(self, clean: Clean) -> Iterator[tuple[int, str, str | int | float]]:
        """Yield the place, the name and the value of each attribute that is known."""
        for at, name in enumerate(self.kinds):
            if name in clean:
                yield at, name, clean[name]


def clean_attributes(attributes: Mapping[str, Attribute]) -> Clean:
    """Return attributes as every format can hold them.

    None is dropped, a list joined by `|`, a bool made 0 or 1, an end of line made \\n. Refused: control
    characters that XML cannot hold, numbers that are not finite, a `|` inside a list, the names start
    and end.

    >>> clean_attributes({"kind": None, "roles": ("owner", "financier"), "open": True})
    {'roles': 'owner|financier', 'open': 1}
    """
    return {
        name: _clean(name, value) for name, value in attributes.items() if value is not None and value != ()
    }


def clean_text(name: str, value: str) -> str:
    """Return one text as every format can hold it."""
    return str(_clean(name, value))


def _clean(name: str, value: str | int | float | bool | Sequence[str]) -> str | int | float:
    if name in _TAKES_OVER:
        raise NetworkError(f"An attribute called {name!r} turns a GEXF graph into a dynamic one; rename it.")
    if isinstance(value, str):
        if bad := _NOT_XML.search(value):
            raise NetworkError(
                f"Attribute {name!r}: {value!r} holds {bad.group()!r}, which XML cannot; mend the source."
            )
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, int | float):
        if not math.isfinite(value):
            raise NetworkError(f"Attribute {name!r} is {value}; leave it out where it is not known.")
        return int(value) if isinstance(value, bool) else value
    if any("|" in item for item in value):
        raise NetworkError(
            f"Attribute {name!r}: an item of {list(value)!r} holds '|', which parts the items."
        )
    return str(_clean(name, "|".join(value)))


def measured(network: Network, measures: Sequence[MeasureResult]) -> dict[str, tuple[Cell, ...]]:
    """Return the values of measures and of their further columns by name, in the order of the nodes."""
    columns: dict[str, tuple[Cell, ...]] = {}
    for found in measures:
        if tuple(key for key, _, _ in found.values) != network.ids:
            raise NetworkError(
                f"The measure {found.measure.name!r} was taken of other nodes than those of the network "
                f"{network.name!r} (it says {found.network!r}); measure this network."
            )
        columns[found.measure.name] = tuple(value for _, _, value in found.values)
        columns |= {f"{found.measure.name}_{column.name}": column.values for column in found.columns}
    return columns


def node_columns(network: Network, measures: Sequence[MeasureResult] = ()) -> Columns:
    """Return what the attributes of nodes are called beside `id`."""
    own: dict[str, Kind] = dict.fromkeys(("label", "kind", "territory", "side"), "text")
    return Columns(own | {name: _kind(cells) for name, cells in measured(network, measures).items()})


def nodes(network: Network, measures: Sequence[MeasureResult] = ()) -> Iterator[Clean]:
    """Yield the id and the attributes of each node, in the order of the network."""
    columns = measured(network, measures)
    kinds = {name: _kind(cells) for name, cells in columns.items()}
    for at, node in enumerate(network.nodes):
        own = {"id": node.id, "label": node.label, "kind": node.kind, "territory": node.territory}
        more = {name: _as(kinds[name], cells[at]) for name, cells in columns.items()}
        yield clean_attributes({**own, "side": node.side, **more})


def edge_columns(network: Network) -> Columns:
    """Return what the attributes of edges are called beside `source` and `target`."""
    kinds: dict[str, Kind] = {"count": _number(network.counts)}
    if network.mode == "two-mode":
        return Columns(kinds | {"roles": "text", "amount": "number", **_YEARS})
    kinds |= {} if network.newman is None else {"newman": "number"}
    kinds |= {} if _amounts(network) is None else {"amount": "number"}
    return Columns(kinds | {"events": "text", **_YEARS})


def edges(network: Network) -> Iterator[Clean]:
    """Yield source and target (ids) and the attributes of each edge, in the order of the network."""
    for block in edge_blocks(network):
        names = tuple(block)
        for values in zip(*block.values(), strict=True):
            known = zip(names, values, strict=True)
            yield {name: value for name, value in known if value is not None}


def edge_blocks(network: Network) -> Iterator[dict[str, Listed]]:
    """Yield source, target and the attributes of EDGES_AT_ONCE edges at a time; None where not known.

    All that can be is computed for all edges at once; Python objects are made for one block.
    """
    keys = [clean_text("id", node.id) for node in network.nodes]
    told = _Edges(network)
    for first in range(0, len(network.sources), EDGES_AT_ONCE):
        block = slice(first, first + EDGES_AT_ONCE)
        ends = network.sources[block].tolist(), network.targets[block].tolist()
        named: dict[str, Listed] = {
            "source": [keys[i] for i in ends[0]],
            "target": [keys[j] for j in ends[1]],
        }
        yield named | told.block(block)


def weights(network: Network) -> Iterator[tuple[int, int, int | float]]:
    """Yield the places of both ends and the count of each edge: all that some formats hold."""
    whole = _number(network.counts) == "whole"
    for first in range(0, len(network.sources), EDGES_AT_ONCE):
        block = slice(first, first + EDGES_AT_ONCE)
        counts = network.counts[block].astype(np.int64) if whole else network.counts[block]
        ends = network.sources[block].tolist(), network.targets[block].tolist()
        yield from zip(*ends, counts.tolist(), strict=True)


def about(network: Network, measures: Sequence[MeasureResult] = ()) -> dict[str, str]:
    """Return what a file says of the whole: name, mode and, if known, snapshot, filters and measures."""
    asked: Sequence[tuple[str, str]] = getattr(network, "filters", ())
    found = {
        "name": clean_text("name", network.name),
        "mode": network.mode,
        "snapshot": network.snapshot,
        "filters": clean_text("filters", ", ".join(f"{name}={value}" for name, value in asked)),
        "measures": told(measures),
    }
    return {name: value for name, value in found.items() if value}


def told(measures: Sequence[MeasureResult]) -> str:
    """Say in a line how the measures were taken: parameters, engine and its version, snapshot.

    >>> from queries.measure import run
    >>> net = Network.from_rows("x", [{"actor": "a", "event": "p"}], "one-mode")
    >>> told([run("degree", net)]).startswith("degree: scipy 1.")
    True
    """
    return "; ".join(_told(found) for found in measures)


def _told(found: MeasureResult) -> str:
    settings = ", ".join(f"{name}={value}" for name, value in found.parameters)
    taken = (
        f"{found.measure.name}{f' ({settings})' if settings else ''}: {found.engine} {found.engine_version}"
    )
    return f"{taken}, data {found.snapshot}" if found.snapshot else taken


_YEARS: Final[Mapping[str, Kind]] = {"first_year": "whole", "last_year": "whole"}


class _Edges:
    """The attributes of edges, kept as arrays until a block of them is asked for."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.met = meetings(network)
        self.years: Years = years(network)
        self.events = [str(clean_attributes({"events": (event.id,)})["events"]) for event in network.events]
        self.first = self.met.least(self.years.first)
        self.last = self.met.most(self.years.last)
        self.whole = _number(network.counts) == "whole"
        self.amounts = _amounts(network)
        for name, values in (("newman", network.newman), ("amount", self.amounts)):
            if values is not None and not np.isfinite(values).all():
                raise NetworkError(f"The {name} of an edge is not a finite number; mend the source.")
        self.ties = {(tie.actor, tie.event): tie for tie in network.ties} if self.two_mode else {}

    @property
    def two_mode(self) -> bool:
        return self.network.mode == "two-mode"

    def block(self, block: slice) -> dict[str, Listed]:
        counts = self.network.counts[block]
        found: dict[str, Listed] = {"count": (counts.astype(np.int64) if self.whole else counts).tolist()}
        if self.two_mode:
            found |= self._of_ties(block)
        else:
            for name, values in (("newman", self.network.newman), ("amount", self.amounts)):
                if values is not None:
                    found[name] = values[block].tolist()
            found["events"] = self._lists(block)
        return found | {"first_year": _whole(self.first[block]), "last_year": _whole(self.last[block])}

    def _of_ties(self, block: slice) -> dict[str, Listed]:
        ids = self.network.ids
        ends = zip(self.network.sources[block].tolist(), self.network.targets[block].tolist(), strict=True)
        ties = [self.ties[ids[i], ids[j]] for i, j in ends]
        cleaned = [clean_attributes({"roles": tie.roles, "amount": tie.amount}) for tie in ties]
        return {
            "roles": [cast("str | None", each.get("roles")) for each in cleaned],
            "amount": [cast("float | None", each.get("amount")) for each in cleaned],
        }

    def _lists(self, block: slice) -> list[str | None]:
        return ["|".join([self.events[each] for each in met]) or None for met in self.met.lists(block)]


def _amounts(network: Network) -> Floats | None:
    """Return the amounts of edges where the network has such weights."""
    try:
        return network.weights("amount")
    except MeaninglessError:
        return None


def _kind(cells: Sequence[Cell]) -> Kind:
    known = [cell for cell in cells if cell is not None]
    if any(isinstance(cell, str) for cell in known):
        return "text"
    return "whole" if known and all(isinstance(cell, int) for cell in known) else "number"


def _as(kind: Kind, cell: Cell) -> Cell:
    """Return a cell as the kind of its column: one type a column, or the formats make two of it."""
    if cell is None or kind == "whole":
        return cell
    return str(cell) if kind == "text" else float(cell)


def _number(values: Floats) -> Kind:
    return "whole" if bool((values == np.floor(values)).all()) else "number"


def _whole(values: Floats) -> list[int | None]:
    return [None if value != value else int(value) for value in values.tolist()]
