"""Load a CORDIS-like file side by side with what one would use instead; prints, never asserts.

`SAMSPEL_BENCH_ROWS=1000000 python benchmarks/loading.py` for the full size. All on one file without
faults (the peers have no rejects) and in one run. The peers' triples are the same to the byte; a mark
in the table shows it. Ours says more of a record, so that triples and not rows are compared.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks import cordis_like
from benchmarks.peers.engines import HERE, PEERS, Command, Peer

ROWS = int(os.environ.get("SAMSPEL_BENCH_ROWS", "100000"))
SIZES = (10_000, 100_000, 1_000_000)

# Ours: arguments of python before FILE and OUT.nt (N-Triples, no store) or the folder of a new store.
OUR_MAPPING: tuple[str, ...] = (str(Path(__file__).with_name("our_way.py")),)
OUR_COMMAND = str(Path(sys.executable).with_name("samspel"))


def _our_load(source: Path, store: Path) -> Command:
    return OUR_COMMAND, "load", "cordis", str(source), "--store", str(store), "--json"


@dataclass(frozen=True)
class Took:
    """What a command took: seconds, seconds of processor, bytes of its largest process."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True)
class Written:
    """The different triples of an N-Triples file: how many, and a mark that is equal for equal ones."""

    triples: int
    mark: int


def main() -> None:
    """Compare mapping alone and the whole way into a durable store, then our growth."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        source = _made(work, ROWS)
        print(f"{ROWS} participations, {source.stat().st_size / 1e6:.0f} MB; one run each", flush=True)
        print(
            f"{'':16}{'wall s':>8}{'CPU s':>8}{'rows/s':>10}{'triples/s':>11}{'µs/triple':>11}{'peak MB':>9}"
        )
        _compare(source, work)
        _growth(work)


def _compare(source: Path, work: Path) -> None:
    mapped, stored = {}, {}
    for peer in PEERS:
        rows = min(ROWS, peer.at_most)
        took = _peer(peer, source if rows == ROWS else _made(work, rows), rows, work)
        if took and peer.declarative:
            mapped[peer.name], stored[peer.name] = took
    ours = _our_mapping(source, ROWS, work)
    if ours and mapped:
        print(f"  mapping: {_best(mapped, ours[0].cpu / ours[1])} (goal 3x in CPU a triple)")
    whole = _our_way(source, work)
    if whole and stored:
        print(f"  into the store: {_best(stored, whole[0].wall / whole[1])} (goal 1.5x in time a triple)")


def _peer(peer: Peer, source: Path, rows: int, work: Path) -> tuple[float, float] | None:
    """Measure a peer; return its CPU a triple in mapping and its seconds a triple into the store."""
    target, store = work / "peer.nt", work / f"store-{peer.name}"
    try:
        took = _run(peer.command(peer.python(), source, target), work)
    except subprocess.CalledProcessError as error:
        print(f"{peer.name:16}cannot be run here: {_last(error)}", flush=True)
        return None
    found = _written(target)
    _line(peer.name, rows, took, found.triples, f"  {found.mark:016x}")
    loading = _run((sys.executable, str(HERE / "into_store.py"), str(target), str(store)), work)
    whole = Took(took.wall + loading.wall, took.cpu + loading.cpu, max(took.peak, loading.peak))
    _line("  into the store", rows, whole, found.triples)
    target.unlink()
    shutil.rmtree(store)
    return took.cpu / found.triples, whole.wall / found.triples


def _our_mapping(source: Path, rows: int, work: Path) -> tuple[Took, int] | None:
    """Measure our mapping alone; return what it took and its triples."""
    if not OUR_MAPPING:
        print(f"{'samspel':16}the mapping alone has no command yet (OUR_MAPPING in {Path(__file__).name})")
        return None
    target = work / "ours.nt"
    took = _run((sys.executable, *OUR_MAPPING, str(source), str(target)), work)
    triples = _written(target).triples
    target.unlink()
    _line(f"samspel {rows}" if rows != ROWS else "samspel", rows, took, triples)
    return took, triples


def _our_way(source: Path, work: Path) -> tuple[Took, int] | None:
    """Measure ours from the file into the store as the peers go; return what it took and its triples.

    The whole command is measured beside it, on a store that was built before: it also names, matches and
    validates, which no peer does.
    """
    store = work / "store-ours"
    took = _run((sys.executable, *OUR_MAPPING, str(source), str(store)), work)
    triples = _held(store)
    _line("  into the store", ROWS, took, triples)
    whole = work / "store-whole"
    try:
        _run((OUR_COMMAND, "build", "--store", str(whole)), work)
        _line("  samspel load", ROWS, _run(_our_load(source, whole), work), triples)
    except subprocess.CalledProcessError as error:
        print(f"{'samspel':16}`samspel load cordis` does not end well: {_last(error)}", flush=True)
    return took, triples


def _growth(work: Path) -> None:
    """Print how what a row costs us grows in files of 10 k, 100 k ... rows, up to the asked size."""
    sizes = [rows for rows in SIZES if rows <= ROWS and OUR_MAPPING]
    found = [(rows, _our_mapping(_made(work, rows), rows, work)) for rows in sizes]
    costs = [(rows, one[0].cpu / rows) for rows, one in found if one]
    for (few, before), (many, after) in pairwise(costs):
        print(f"  CPU a row from {few} to {many} rows: {after / before:.2f}x (goal: within 1.3)")


def _best(peers: dict[str, float], ours: float) -> str:
    name = min(peers, key=lambda peer: peers[peer])
    return f"{name}, the best declarative peer, takes {peers[name] / ours:.1f}x of ours"


def _line(name: str, rows: int, took: Took, triples: int, mark: str = "") -> None:
    print(
        f"{name:16}{took.wall:8.2f}{took.cpu:8.2f}{rows / took.wall:10.0f}{triples / took.wall:11.0f}"
        f"{took.cpu / triples * 1e6:11.2f}{took.peak / 1e6:9.0f}  {triples} triples{mark}",
        flush=True,
    )


def _made(work: Path, rows: int) -> Path:
    file = work / f"organization-{rows}.csv"
    if not file.exists():
        cordis_like.write(file, rows, faults=0, duplicates=0)
    return file


def _run(command: Command, work: Path) -> Took:
    """Run a command to its end; raise CalledProcessError with what it said when that is not well."""
    report = work / "took.json"
    measured = (sys.executable, "-I", "-S", str(Path(__file__).with_name("measured.py")), str(report))
    subprocess.run([*measured, *command], check=True, capture_output=True, text=True)  # noqa: S603
    return Took(**json.loads(report.read_text("utf-8")))


def _last(error: subprocess.CalledProcessError) -> str:
    return (str(error.stderr or "").strip().splitlines() or [f"exit {error.returncode}"])[-1]


def _written(file: Path) -> Written:
    """Count different lines by their hashes, in little memory."""
    with file.open("rb") as lines:
        hashes = np.unique(np.fromiter((hash(line) for line in lines), dtype=np.int64))
    return Written(hashes.size, int(hashes.astype(np.uint64).sum()))


def _held(store: Path) -> int:
    """Count the triples that our store holds of this source."""
    from graph.generations import Home
    from graph.iris import Iris

    graph = Iris().graph("cordis")
    rows = Home(store).open().rows(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
    return int(next(rows.dicts())["n"] or 0)


if __name__ == "__main__":
    main()
