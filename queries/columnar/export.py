"""A network as Parquet files: who took part in what, from which an engine projects who met whom."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from queries.errors import ParameterError
from queries.measures.dynamics import years
from queries.network import Floats, Ints, Mode, Network, event_totals, event_weights
from queries.network_rows import Node, TwoMode
from queries.notes import Note

VERSION: Final = 1
_MANIFEST: Final = "manifest.json"
WORK: Final = "work"  # where engines keep what they computed; see work.py
COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {  # told of in docs/large-networks.md
    "nodes": {
        "node": "BIGINT",
        "id": "VARCHAR",
        "label": "VARCHAR",
        "kind": "VARCHAR",
        "territory": "VARCHAR",
        "side": "VARCHAR",
    },
    "events": {
        "event": "BIGINT",
        "id": "VARCHAR",
        "label": "VARCHAR",
        "kind": "VARCHAR",
        "since": "VARCHAR",
        "until": "VARCHAR",
        "first_year": "INTEGER",
        "last_year": "INTEGER",
        "fund": "VARCHAR",
        "area": "VARCHAR",
        "total": "DOUBLE",
        "currency": "VARCHAR",
        "factor": "DOUBLE",
    },
    "participations": {
        "actor": "BIGINT",
        "event": "BIGINT",
        "roles": "VARCHAR",
        "amount": "DOUBLE",
        "year": "INTEGER",
    },
    "edges": {
        "source": "BIGINT",
        "target": "BIGINT",
        "by_count": "DOUBLE",
        "by_newman": "DOUBLE",
        "by_amount": "DOUBLE",
    },
}
_Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class Manifest:
    """What a folder holds, and what its files cannot tell; written last, so that a folder with one is whole.

    `edges`: the edges lie there too, since they are not what the participations make (or there are none).
    """

    network: str
    mode: Mode
    edges: bool
    weights: tuple[str, ...]
    unknown_totals: int
    currencies: tuple[str, ...]
    snapshot: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    notes: tuple[Note, ...] = ()
    version: int = VERSION


@dataclass(frozen=True)
class Export:
    """A folder that `write` made."""

    folder: Path
    manifest: Manifest

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables in the folder."""
        return tuple(name for name in COLUMNS if name != "edges" or self.manifest.edges)


def read(folder: Path) -> Export:
    """Open a folder; refuse one that is none of ours, or of another version."""
    try:
        found = json.loads((folder / _MANIFEST).read_text("utf-8"))
        if found["version"] != VERSION:
            raise ParameterError(
                f"{folder} is an export of version {found['version']!r}; expected {VERSION}: export it anew."
            )
        notes = tuple(Note(**each) for each in found.pop("notes"))
        filters = tuple((name, value) for name, value in found.pop("filters"))
        found |= {name: tuple(found[name]) for name in ("weights", "currencies")}
        return Export(folder, Manifest(**found, filters=filters, notes=notes))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ParameterError(
            f"{folder} has no {_MANIFEST} of an export ({type(error).__name__}); "
            "write one with: samspel export parquet DIR"
        ) from error


def write(folder: Path, network: Network) -> Export:
    """Write a network in memory, filtered or not."""
    given = network.mode == "two-mode" or not network.events or _lost_edges(network)
    weights = ["count", *(["newman"] if network.newman is not None else [])]
    weights += ["amount"] if network.edge_amounts is not None else []
    manifest = Manifest(
        network=network.name,
        mode=network.mode,
        edges=given,
        weights=tuple(weights),
        unknown_totals=network.unknown_totals,
        currencies=_currencies(network.two_mode),
        snapshot=network.snapshot,
        filters=network.filters,
        notes=network.notes,
    )
    places = np.array([at for at, node in enumerate(network.nodes) if node.side == "actor"], dtype=np.intp)
    tables = _tables(network.two_mode, network.nodes, places, network.factors)
    if given:
        nothing = np.full(len(network.sources), np.nan)
        tables["edges"] = {
            "source": network.sources,
            "target": network.targets,
            "by_count": network.counts,
            "by_newman": nothing if network.newman is None else network.newman,
            "by_amount": nothing if network.edge_amounts is None else network.edge_amounts,
        }
    return _to_disk(folder, manifest, tables)


def write_ties(folder: Path, name: str, found: TwoMode, snapshot: str = "") -> Export:
    """Write who took part in what, of a one-mode network, without projecting it in memory."""
    sizes = np.bincount(found.tie_event, minlength=len(found.events))
    weights = ("count", "newman", "amount")[: len(event_weights(found, None))]
    manifest = Manifest(
        network=name,
        mode="one-mode",
        edges=False,
        weights=weights,
        unknown_totals=int(np.count_nonzero(np.isnan(event_totals(found)) & (sizes > 1))),
        currencies=_currencies(found),
        snapshot=snapshot,
    )
    tables = _tables(found, found.actors, np.arange(len(found.actors)), None)
    return _to_disk(folder, manifest, tables)


def _lost_edges(network: Network) -> bool:
    return any(name == "min_weight" for name, _ in network.filters)


def _currencies(found: TwoMode) -> tuple[str, ...]:
    return tuple(sorted({event.currency for event in found.events if event.currency}))


def _tables(
    found: TwoMode, nodes: Sequence[Node], places: Ints, factors: Floats | None
) -> dict[str, _Arrays]:
    first, last = years(found.events)
    roles = _texts(["|".join(each) or None for each in found.role_sets])
    return {
        "nodes": {
            "node": np.arange(len(nodes)),
            **{
                name: _texts([getattr(node, name) for node in nodes])
                for name in ("id", "label", "kind", "territory", "side")
            },
        },
        "events": {
            "event": np.arange(len(found.events)),
            **{
                name: _texts([getattr(event, name) for event in found.events])
                for name in ("id", "label", "kind", "since", "until", "fund", "area", "currency")
            },
            "first_year": first,
            "last_year": last,
            "total": event_totals(found),
            "factor": np.ones(len(found.events)) if factors is None else factors,
        },
        "participations": {
            "actor": places[found.tie_actor] if len(places) else found.tie_actor,
            "event": found.tie_event,
            "roles": roles[found.roles],
            "amount": found.amounts,
            "year": first[found.tie_event],
        },
    }


def _texts(values: Sequence[str | None]) -> NDArray[np.object_]:
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


def _to_disk(folder: Path, manifest: Manifest, tables: Mapping[str, _Arrays]) -> Export:
    """Write beside the folder and move it there when it is whole; one that is no export is not replaced."""
    ours = (folder / _MANIFEST).exists()
    if folder.exists() and not ours and (not folder.is_dir() or any(folder.iterdir())):
        raise ParameterError(f"{folder} is there and no export of ours: name another folder, or empty it.")
    part = folder.with_name(f"{folder.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        for name, arrays in tables.items():
            _parquet(part / name, name, arrays)
        told = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
        (part / _MANIFEST).write_text(told, "utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        part.rename(folder)
    except OSError as error:
        raise ParameterError(f"{folder}: cannot be written: {error.strerror}.") from error
    return Export(folder, manifest)


def _parquet(target: Path, name: str, arrays: _Arrays) -> None:
    try:
        duckdb = import_module("duckdb")
    except ImportError as error:
        raise ParameterError(
            "duckdb, which writes Parquet files, is not installed; install it with `pip install duckdb`."
        ) from error
    target.mkdir()
    with duckdb.connect() as made:
        made.execute("SET enable_progress_bar = false")  # it writes to stdout, which is for data
        made.register("given", dict(arrays))
        typed = COLUMNS[name].items()
        chosen = ", ".join(f'CAST("{column}" AS {kind}) AS "{column}"' for column, kind in typed)
        parted = "year" in arrays and len(arrays["year"])
        made.sql(f"SELECT {chosen} FROM given").write_parquet(  # noqa: S608  # names of our own
            str(target if parted else target / "part-0.parquet"),
            compression="zstd",
            partition_by=["year"] if parted else None,
        )
