"""Make all that stands ready beside a generation: counts, search, answers, panels, partners, matrices."""

from api import ahead, answers_kept, county_partners, panels_kept, searching
from api.snapshot import Snapshot


def make_ready(snapshot: Snapshot, space: str) -> None:
    """Make what is not there; `space` is what the IRIs of its things begin with."""
    if snapshot.beside is None:
        return
    ahead.make_ready(snapshot.store, snapshot.beside, space)
    searching.make_ready(snapshot)
    answers_kept.make_ready(snapshot.store, snapshot.beside)
    panels_kept.make_ready(snapshot.store, snapshot.beside)
    county_partners.make_ready(snapshot)
    ahead.make_matrices_ready(snapshot.store, snapshot.beside)
