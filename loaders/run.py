"""Find the sources, read one or all of them, and put each into its own graph, all or nothing."""

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

import loaders.sources
from graph.generations import Draft
from graph.iris import Iris
from graph.provenance import Origin
from loaders.errors import LoadError, UnknownSource
from loaders.source import SNAPSHOTS, Intake, Loaded, Source


class SourceModule(Protocol):
    """What every file of `loaders/sources/` offers."""

    SOURCE: Source

    def load(self, intake: Intake) -> None:
        """Give the source's records to the intake."""


def sources() -> dict[str, SourceModule]:
    """Return every source found in `loaders/sources/`, by name."""
    found = {}
    for info in iter_modules(loaders.sources.__path__):
        module = cast("SourceModule", import_module(f"loaders.sources.{info.name}"))
        if module.SOURCE.name != info.name:
            raise LoadError(f"loaders/sources/{info.name}.py declares the name {module.SOURCE.name!r}.")
        found[info.name] = module
    return found


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


def put(draft: Draft, sources_read: Iterable[Loaded], iris: Iris) -> None:
    """Put what was read into a draft, one named graph a source."""
    for loaded in sources_read:
        draft.replace(iris.graph(loaded.source.name)[1:-1], loaded.lines)


def origin(loaded: Loaded) -> Origin:
    """Return what the provenance graph says of a loaded source."""
    source = loaded.source
    return Origin(
        graph=source.name,
        title_sv=source.title_sv,
        title_en=source.title_en,
        publisher=source.publisher,
        licence=source.licence,
        url=source.url,
        as_of=source.as_of,
        files=loaded.files,
        read=loaded.read,
        rejected=len(loaded.rejects),
        triples=len(loaded.lines),
    )
