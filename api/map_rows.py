"""What the map tells: how much each territory has, where parks and clusters are, what counties share."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api import ahead, asking
from api.snapshot import Snapshot
from ontology import names as n
from queries.answer import BETWEEN

COUNTY = 2  # digits of a county's SCB code, with which those of its municipalities begin


@dataclass(frozen=True)
class Territory:
    """A county or a municipality, by its SCB code, and how much there is in it, by what is counted."""

    iri: str
    code: str
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Place:
    """A science park, incubator or cluster organisation and where it is; no code when that is unknown."""

    iri: str
    kinds: tuple[str, ...]
    territory: str
    code: str

    @property
    def in_municipality(self) -> bool:
        """Tell whether a source names the municipality."""
        return len(self.code) > COUNTY


@dataclass(frozen=True)
class Flow:
    """Two counties, by their IRIs, and how many projects and areas they share."""

    one: str
    other: str
    projects: int
    areas: int
    shared: int


@dataclass(frozen=True)
class Unplaced:
    """How many things of a class have no place, and how many there are."""

    without: int
    all: int


def counties(snapshot: Snapshot) -> list[Territory]:
    """Return the counties in the order of their codes."""
    found = ahead.table(snapshot, "county-counts")
    parks = _parks(places(snapshot), COUNTY)
    return [
        Territory(
            row["county"],
            row["code"],
            {key: int(row[key]) for key in ("areas", "shared", "actors", "projects")}
            | {"parks": parks.get(row["code"], 0)},
        )
        for row in found
    ]


def municipalities(snapshot: Snapshot, county: str) -> list[Territory]:
    """Return the municipalities of a county, by its code, in the order of their codes."""
    parks = _parks(places(snapshot), 4)
    return [
        Territory(
            row["municipality"],
            row["code"],
            {key: int(row[key]) for key in ("actors", "projects")} | {"parks": parks.get(row["code"], 0)},
        )
        for row in ahead.table(snapshot, "municipality-counts")
        if row["code"].startswith(county)
    ]


def places(snapshot: Snapshot) -> list[Place]:
    """Return the parks and clusters, one a territory; a county is left out where its municipality is told."""
    found = [
        Place(row["organisation"], tuple(row["kinds"].split(BETWEEN)), row["territory"], row["code"])
        for row in ahead.table(snapshot, "parks-and-clusters")
    ]
    told = {(place.iri, place.code[:COUNTY]) for place in found if place.in_municipality}
    return [place for place in found if place.in_municipality or (place.iri, place.code) not in told]


def flows(snapshot: Snapshot) -> list[Flow]:
    """Return the edges of the network of counties, with what they are made of."""
    network = asking.network(snapshot, "counties")
    found = []
    for i, j in zip(network.sources.tolist(), network.targets.tolist(), strict=True):
        kinds = [event.kind for event in network.edge_events(i, j)]
        projects, areas = kinds.count("project"), kinds.count("area")
        found.append(Flow(network.nodes[i].id, network.nodes[j].id, projects, areas, len(kinds)))
    return found


def unplaced(snapshot: Snapshot) -> dict[str, Unplaced]:
    """Return how many organisations, areas and projects have no place, by their class."""
    found = {
        row["class"]: Unplaced(int(row["n"]), int(row["all"]))
        for row in ahead.table(snapshot, "without-place")
    }
    return {each: found.get(each, Unplaced(0, 0)) for each in (n.Organisation, n.PriorityArea, n.Project)}


def _parks(found: Iterable[Place], digits: int) -> dict[str, int]:
    """Return how many parks and clusters there are in each territory whose code has so many digits."""
    within: dict[str, set[str]] = defaultdict(set)
    for place in found:
        if len(place.code) >= digits:
            within[place.code[:digits]].add(place.iri)
    return {code: len(each) for code, each in within.items()}
