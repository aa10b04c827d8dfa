"""Search the snapshot by name; the index is made once a generation and kept beside it."""

from typing import Final

from api.snapshot import Snapshot
from queries.errors import UnknownName
from queries.search import LIMIT, Found, Index
from queries.search_build import read

LONGEST: Final = 200  # characters of what is sought


def search(
    snapshot: Snapshot,
    sought: str,
    kind: str = "",
    county: str = "",
    limit: int = LIMIT,
    offset: int = 0,
) -> Found:
    """Return a page of the things whose names hold all words; kind and county are keys, empty for any."""
    index = snapshot.kept(("search",), lambda: Index(read(snapshot.store, snapshot.beside)))
    if kind and kind not in index.kinds:
        raise UnknownName("kind", kind, index.kinds)
    counties = {key(iri): iri for iri in index.counties}
    if county and county not in counties:
        raise UnknownName("county", county, counties)
    return index.search(sought, kind, counties.get(county, ""), limit, offset)


def make_ready(snapshot: Snapshot) -> None:
    """Make the index of a snapshot where it can be kept in a file, so that no search waits for it."""
    if snapshot.beside is not None:
        read(snapshot.store, snapshot.beside)


def key(iri: str) -> str:
    """Return the key at the end of an IRI."""
    return iri.rpartition("/")[2]
