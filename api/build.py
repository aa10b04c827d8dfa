"""Build a generation: read the sources, infer, validate, and put it into service."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from time import perf_counter

from api import ahead
from api.derive import Tell, conforms, derive, graph_of, told
from graph import provenance
from graph.asked import Asked
from graph.generations import Draft, Home
from graph.iris import Iris
from graph.manifest import Manifest, digest
from graph.memory import give_back
from loaders import run
from loaders.run import Fed
from loaders.source import Loaded
from queries.answer import ask
from queries.catalogue import networks, query

LARGE = 1_000_000  # quads; of a smaller store a network is read in seconds when it is first asked for


@dataclass(frozen=True)
class Line:
    """What became of one source; the fields are those of `samspel load --json`."""

    source: str
    graph: str
    read: int
    loaded: int
    rejected: int
    quads: int
    seconds: float
    rejects_file: str | None = None
    things: dict[str, int] | None = None

    def json(self) -> dict[str, object]:
        """Return the line as a JSON object."""
        return {name: value for name, value in asdict(self).items() if name != "things" or value is not None}


@dataclass(frozen=True)
class Report:
    """What a build came to: a line per source, the generation in service, and whether it is new."""

    lines: tuple[Line, ...]
    generation: int
    changed: bool
    totals: dict[str, int]


def build(
    home: Home,
    iris: Iris,
    names: Iterable[str] | None = None,
    tell: Tell = lambda _: None,
    beside: Sequence[Loaded] = (),
    outside: Sequence[Fed] = (),
) -> Report:
    """Read the bundled sources (all, or those named) and publish them as one generation.

    What was read elsewhere stands `beside` them: graphs of their own, which later builds keep. So do
    the files of N-Triples that `outside` sources came to.
    """
    known = run.sources()
    loaded, seconds = list(beside), {item.source.name: 0.0 for item in beside}
    for name in sorted(known) if names is None else names:
        tell(f"Reading {name}")
        start = perf_counter()
        loaded.append(run.read(name, iris))
        seconds[name] = perf_counter() - start
    with home.draft(conforms(tell, iris, home.folder)) as draft:
        tell("Loading graphs")
        run.put(draft, loaded, iris)
        fresh = _put_outside(draft, outside, iris, tell)
        derive(draft, iris, _origins(draft, iris, loaded, fresh), tell)
        changed = draft.changed
        totals = count_classes(draft.store)
    manifest = home.manifest()
    if changed and manifest.quads() >= LARGE:
        tell("Reading networks, names and counts")
        _read_ahead(home, iris)
    return Report(
        (
            *(_line(item, iris, seconds[item.source.name]) for item in loaded),
            *(_line_outside(fed, iris, manifest) for fed in outside),
        ),
        manifest.generation,
        changed,
        totals,
    )


def _read_ahead(home: Home, iris: Iris) -> None:
    """Keep columns of networks, names and counts beside the generation, so that nobody waits for them."""
    from queries import network_reading, search_build  # heavy, and only for large stores

    store, manifest = home.open_with_manifest()
    beside = home.columns(manifest.generation)
    give_back()
    ahead.make_ready(store, beside, iris.space)
    search_build.read(store, beside)
    give_back()
    for network in networks().values():
        network_reading.keep(store, network)


def outdated(home: Home, iris: Iris) -> list[str]:
    """Return the bundled sources whose facts are not those that the store was built from."""
    held = home.manifest().graphs
    return [
        name
        for name in sorted(run.sources())
        if (entry := held.get(graph_of(iris, name))) is None
        or entry.input_sha256 != digest(run.read(name, iris).lines)
    ]


def count_classes(store: Asked) -> dict[str, int]:
    """Return how many things there are of each of our classes, all graphs taken together."""
    rows = ask(store, query("class-counts")).rows.dicts()
    return {str(row["class"]).rpartition("#")[2]: int(str(row["n"])) for row in rows}


def _put_outside(draft: Draft, outside: Sequence[Fed], iris: Iris, tell: Tell) -> list[Fed]:
    """Put what outside sources said into the draft; return those that say something else than before."""
    fresh = []
    for fed in outside:
        tell(f"Loading {fed.source.name}")
        graph = graph_of(iris, fed.source.name)
        if fed.path is not None and draft.replace_file(graph, fed.path, fed.fingerprint):
            fresh.append(fed)
    return fresh


def _origins(draft: Draft, iris: Iris, loaded: Sequence[Loaded], outside: Sequence[Fed]) -> list[str]:
    """Return where every graph comes from; of a graph that stays as it was, what was known of it stays."""
    said = told(draft, iris)
    described = {line.partition(" ")[0] for line in said}
    known = {item.source.name: run.origin(item) for item in loaded}
    for name in run.sources().keys() - known.keys():
        if iris.graph(name) not in described:
            known[name] = run.origin(run.read(name, iris))
    today = datetime.now(UTC).date().isoformat()
    for fed in outside:
        count = draft.manifest.graphs[graph_of(iris, fed.source.name)].count
        known[fed.source.name] = run.origin_outside(fed, count, today)
    kept = {*draft.manifest.graphs, *(graph_of(iris, name) for name in run.sources())}
    kept -= {graph_of(iris, name) for name in known}
    origins = [known[name] for name in sorted(known)]
    return [*provenance.lines(origins, iris), *provenance.of_graphs(said, kept)]


def _line_outside(fed: Fed, iris: Iris, manifest: Manifest) -> Line:
    balance, graph = fed.balance, graph_of(iris, fed.source.name)
    return Line(
        source=fed.source.name,
        graph=graph,
        read=balance.read,
        loaded=balance.loaded,
        rejected=balance.rejected,
        quads=manifest.graphs[graph].count,
        seconds=round(fed.seconds, 3),
        rejects_file=str(fed.rejects) if balance.rejected else None,
        things=dict(sorted(fed.counts.items())),
    )


def _line(loaded: Loaded, iris: Iris, seconds: float) -> Line:
    return Line(
        source=loaded.source.name,
        graph=graph_of(iris, loaded.source.name),
        read=loaded.read,
        loaded=loaded.read - len(loaded.rejects),
        rejected=len(loaded.rejects),
        quads=len(loaded.lines),
        seconds=round(seconds, 3),
        things=dict(sorted(loaded.counts.items())),
    )
