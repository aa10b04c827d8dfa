"""Things that an earlier release held and the present one does not: their addresses answer that they went."""

from pathlib import Path

from graph import withdrawn
from graph.releases import Releases
from graph.withdrawn import Withdrawn


class Gone(Exception):
    """A thing was here and is withdrawn; the message is its IRI."""

    def __init__(self, withdrawal: Withdrawn) -> None:
        super().__init__(withdrawal.iri)
        self.withdrawal = withdrawal


def find(store: Path, iri: str) -> Withdrawn | None:
    """Return what is known of a thing's withdrawal, as publishing wrote it down last."""
    return withdrawn.find(Releases(store).folder / withdrawn.FILE, iri)
