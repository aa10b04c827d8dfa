"""Find the sources, read one or all of them, and put each into its own graph, all or nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from time import perf_counter
from typing import Protocol, cast

import loaders.sources
from graph.generations import Draft
from graph.iris import Iris
from graph.provenance import Origin
from loaders.errors import LoadError, UnknownSource
from loaders.feed import Balance, Feed, Options
from loaders.sink import Sink
from loaders.source import SNAPSHOTS, Intake, Loaded, Reject, Source


class BundledModule(Protocol):
    """What a file of `loaders/sources/` with a bundled snapshot offers."""

    SOURCE: Source

    def load(self, intake: Intake) -> None:
        """Give the source's records to the intake."""


class OutsideModule(Protocol):
    """What a file of `loaders/sources/` for the world's files offers."""

    SOURCE: Source

    def load(self, feed: Feed) -> None:
        """Give the records of the source's files to the feed."""


def sources() -> dict[str, BundledModule]:
    """Return the bundled sources found in `loaders/sources/`, by name."""
    return {name: cast("BundledModule", module) for name, module in _found() if not module.SOURCE.outside}


def outside() -> dict[str, OutsideModule]:
    """Return the sources of the world's files found in `loaders/sources/`, by name."""
    return {name: cast("OutsideModule", module) for name, module in _found() if module.SOURCE.outside}


def every() -> dict[str, Source]:
    """Return all sources, bundled and outside, by name."""
    return {name: module.SOURCE for name, module in _found()}


def _found() -> Iterator[tuple[str, BundledModule | OutsideModule]]:
    for info in iter_modules(loaders.sources.__path__):
        module = cast("BundledModule", import_module(f"loaders.sources.{info.name}"))
        if module.SOURCE.name != info.name:
            raise LoadError(f"loaders/sources/{info.name}.py declares the name {module.SOURCE.name!r}.")
        yield info.name, module


def read(name: str, iris: Iris) -> Loaded:
    """Read one bundled source; raise LoadError when a record of it had to be set aside."""
    known = sources()
    if name not in known:
        raise UnknownSource(f"There is no source {name!r}; there are {', '.join(sorted(known))}.")
    intake = Intake(known[name].SOURCE, SNAPSHOTS / name, iris)
    known[name].load(intake)
    loaded = intake.result()
    if loaded.rejects:
        shown = "\n".join(f"  {reject}" for reject in loaded.rejects[:10])
        raise LoadError(
            f"Source {name!r} is bundled and must load whole; "
            f"{len(loaded.rejects)} records were refused:\n{shown}"
        )
    return loaded


@dataclass(frozen=True)
class Fed:
    """What an outside source came to: its N-Triples file, if one was asked for, its hash and its balance."""

    source: Source
    path: Path | None
    fingerprint: str
    counts: Mapping[str, int]
    balance: Balance
    files: Mapping[str, str]
    first_rejects: tuple[Reject, ...]
    rejects: Path | None
    seconds: float


def read_outside(
    name: str,
    inputs: Sequence[Path],
    iris: Iris,
    path: Path | None,
    rejects: Path | None = None,
    options: Options | None = None,
) -> Fed:
    """Read the files of an outside source into an N-Triples file at `path`, and hold it to its bounds."""
    known = outside()
    if name not in known:
        raise UnknownSource(f"There is no outside source {name!r}; there are {', '.join(sorted(known))}.")
    source, start = known[name].SOURCE, perf_counter()
    with Sink(path) as sink:
        feed = Feed(source, inputs, sink, rejects, iris, options)
        try:
            known[name].load(feed)
        finally:
            feed.close()
        balance, fingerprint = feed.result(), sink.fingerprint()
    source.hold_bounds(feed.counts)
    return Fed(
        source=source,
        path=path,
        fingerprint=fingerprint,
        counts=feed.counts,
        balance=balance,
        files=dict(feed.files),
        first_rejects=tuple(feed.first),
        rejects=rejects,
        seconds=perf_counter() - start,
    )


def put(draft: Draft, sources_read: Iterable[Loaded], iris: Iris) -> None:
    """Put what was read into a draft, one named graph a source."""
    for loaded in sources_read:
        draft.replace(iris.graph(loaded.source.name)[1:-1], loaded.lines)


def origin(loaded: Loaded) -> Origin:
    """Return what the provenance graph says of a source that was read whole."""
    source, rejected = loaded.source, len(loaded.rejects)
    return _origin(source, source.as_of, loaded.files, loaded.read, rejected, len(loaded.lines))


def origin_outside(fed: Fed, triples: int, as_of: str) -> Origin:
    """Return what the provenance graph says of an outside source that was loaded on a day."""
    return _origin(fed.source, as_of, fed.files, fed.balance.read, fed.balance.rejected, triples)


def _origin(
    source: Source, as_of: str, files: Mapping[str, str], read: int, rejected: int, triples: int
) -> Origin:
    return Origin(
        graph=source.name,
        title_sv=source.title_sv,
        title_en=source.title_en,
        publisher=source.publisher,
        licence=source.licence,
        url=source.url,
        as_of=as_of,
        files=files,
        read=read,
        rejected=rejected,
        triples=triples,
    )
