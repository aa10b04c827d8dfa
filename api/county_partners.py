"""How many partners a county's organisations have there, with an interval, kept beside the generation.

The interval is drawn from the county's events fifty times, which takes a fraction of a second a county.
"""

import json
from dataclasses import asdict, dataclass
from typing import Final

from api import ahead, asking
from api.snapshot import Snapshot
from graph import kept_bytes
from queries.compare import Compared, compare, too_small
from queries.groups import groups
from queries.notes import Note

FORM: Final = "3"  # to be changed when what is kept is made in another way
MEASURE: Final = "degree"
RUNS: Final = 50
NETWORK: Final = "organisations"


@dataclass(frozen=True)
class Partners:
    """The row of a county, how it came about, and what is to be said with it."""

    row: Compared
    runs: int
    seed: int
    engine: str
    notes: tuple[Note, ...]


Told = Partners | Note | None


def partners(snapshot: Snapshot, county: str) -> Told:
    """Return how many partners a county's organisations have there; or why that is unknown.

    The row is that of the comparison of all counties in the API; the rest is not computed. None where no
    organisation of the network is in the county.
    """

    def read() -> Told:
        if snapshot.beside is None or snapshot.manifest.quads() < ahead.SMALL:
            return _made(snapshot, county)
        key = f"{FORM} partners {NETWORK} {MEASURE} {RUNS} {county}"
        return _read(kept_bytes.kept(snapshot.beside, key, lambda: _packed(_made(snapshot, county))))

    return snapshot.kept(("compare-partners", county), read)


def make_ready(snapshot: Snapshot) -> None:
    """Make those of all counties."""
    for node in asking.network(snapshot, "counties").nodes:
        partners(snapshot, node.label)


def _made(snapshot: Snapshot, county: str) -> Told:
    whole = asking.network(snapshot, NETWORK)
    parts = snapshot.kept(("by-territory", NETWORK), lambda: groups(whole, "territory"))
    own = next((each.network for each in parts if each.name == county), None)
    if own is None:
        return None
    if reason := too_small(own):
        return Note(f"{county}: {reason.sv}.", f"{county}: {reason.en}.")
    found = compare(MEASURE, own, "territory", runs=RUNS)
    row = next(each for each in found.rows if each.group == county)
    return Partners(row, found.runs, found.seed, found.engine, found.notes)


def _packed(found: Told) -> bytes:
    return json.dumps(None if found is None else asdict(found), ensure_ascii=False).encode()


def _read(packed: bytes) -> Told:
    found = json.loads(packed)
    if found is None or "row" not in found:
        return None if found is None else Note(**found)
    notes = tuple(Note(**each) for each in found["notes"])
    return Partners(**{**found, "row": Compared(**found["row"]), "notes": notes})
