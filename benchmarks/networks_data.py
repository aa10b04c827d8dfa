"""Make up who takes part in which project, heavy-tailed as in the real data, in the size that is asked for.

Team sizes are lognormal from 1 to 60. How often an organisation is asked is Pareto with exponent 1.7 times a
factor of its sector. Of the places in a project 65 % go to its own region, 20 % to its own area and 15 %
anywhere. There are 11 regions, 12 areas, 5 sectors, years from 2000 to 2026 and lognormal amounts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graph.iris import Iris
from ontology.names import BASE
from queries.network import Event, Network, Node, Row, Sparse

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SEED = 1
SIZES = (1_000, 10_000, 100_000)  # projects; half as many organisations
REGIONS = ("01", "03", "04", "05", "06", "08", "12", "14", "18", "19", "25")  # codes of counties
_AREAS = 12
_SECTORS = ("company", "university", "municipality", "agency", "cluster")
_PULL = (1.0, 2.5, 1.4, 0.8, 0.6)  # how much a sector is asked
_TEAM, _SPREAD, _LARGEST = 1.26, 0.745, 60  # mean and deviation of the logarithm of the team's size
_HOME, _TOPIC = 0.65, 0.2
_MONEY, _RANGE = 12.0, 1.0  # the same of an amount in euros
_FIRST, _LAST, _LONGEST = 2000, 2026, 4
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True)
class Data:
    """Arrays by organisation, by project, and by participation; pairs are sorted and none comes twice."""

    region: Ints  # of an organisation
    sector: Ints
    since: Ints  # of a project
    until: Ints
    project: Ints  # of a participation
    organisation: Ints
    amount: Floats

    @cached_property
    def incidence(self) -> Sparse:
        """The matrix of organisations and projects."""
        shape = len(self.region), len(self.since)
        return csr_array((np.ones(len(self.project)), (self.organisation, self.project)), shape=shape)

    def network(self) -> Network:
        """Return the same as a network, made of arrays."""
        people = zip(self.region.tolist(), self.sector.tolist(), strict=True)
        actors = [
            Node(_iri("organisation", at), f"Organisation {at}", _SECTORS[sector], f"Län {REGIONS[region]}")
            for at, (region, sector) in enumerate(people)
        ]
        years = zip(self.since.tolist(), self.until.tolist(), strict=True)
        events = [
            Event(_iri("project", at), f"Projekt {at}", "project", f"{since}-01-01", f"{until}-12-31")
            for at, (since, until) in enumerate(years)
        ]
        return Network.from_arrays("bench", actors, events, self.organisation, self.project, self.amount)

    def rows(self) -> Iterator[Row]:
        """Yield the rows that a query for a network would give."""
        organisations = [_iri("organisation", at) for at in range(len(self.region))]
        projects = [_iri("project", at) for at in range(len(self.since))]
        since, until = self.since.tolist(), self.until.tolist()
        region, sector = self.region.tolist(), self.sector.tolist()
        pairs = zip(self.organisation.tolist(), self.project.tolist(), self.amount.tolist(), strict=True)
        for who, what, amount in pairs:
            yield {
                "actor": organisations[who],
                "actorLabel": f"Organisation {who}",
                "actorKind": _SECTORS[sector[who]],
                "actorTerritory": f"Län {REGIONS[region[who]]}",
                "event": projects[what],
                "eventLabel": f"Projekt {what}",
                "eventKind": "project",
                "role": "participant",
                "from": f"{since[what]}-01-01",
                "to": f"{until[what]}-12-31",
                "amount": f"{amount:.0f}",
            }

    def write(self, file: Path) -> int:
        """Write the data as N-Triples in our terms; return how many triples."""
        triples = 0
        with file.open("w", encoding="utf-8") as out:
            for line in self._triples():
                out.write(line)
                triples += 1
        return triples

    def _triples(self) -> Iterator[str]:
        yield from _concepts()
        for at, (region, sector) in enumerate(zip(self.region.tolist(), self.sector.tolist(), strict=True)):
            it = f"<{_iri('organisation', at)}>"
            yield f"{it} {_TYPE} {_term('Organisation')} .\n"
            yield f'{it} <{_SKOS}prefLabel> "Organisation {at}"@sv .\n'
            yield f"{it} {_term('actorKind')} {Iris().thing('actor-kind', _SECTORS[sector])} .\n"
            yield f"{it} {_term('locatedIn')} {Iris().thing('county', REGIONS[region])} .\n"
        for at, (since, until) in enumerate(zip(self.since.tolist(), self.until.tolist(), strict=True)):
            it = f"<{_iri('project', at)}>"
            yield f"{it} {_TYPE} {_term('Project')} .\n"
            yield f'{it} <{_SKOS}prefLabel> "Projekt {at}"@sv .\n'
            yield f'{it} {_term("startDate")} "{since}-01-01"^^<{_XSD}date> .\n'
            yield f'{it} {_term("endDate")} "{until}-12-31"^^<{_XSD}date> .\n'
        yield from self._participations()

    def _participations(self) -> Iterator[str]:
        role = Iris().thing("role", "participant")
        pairs = zip(self.project.tolist(), self.organisation.tolist(), self.amount.tolist(), strict=True)
        for at, (what, who, amount) in enumerate(pairs):
            it, money = f"<{_iri('participation', at)}>", Iris().thing("amount", f"EUR-{amount:.0f}")
            yield f"<{_iri('project', what)}> {_term('hasParticipation')} {it} .\n"
            yield f"{it} {_TYPE} {_term('Participation')} .\n"
            yield f"{it} {_term('byOrganisation')} <{_iri('organisation', who)}> .\n"
            yield f"{it} {_term('inRole')} {role} .\n"
            yield f"{it} {_term('euContribution')} {money} .\n"
            yield f"{money} {_TYPE} {_term('MonetaryAmount')} .\n"
            yield f'{money} {_term("amount")} "{amount:.0f}"^^<{_XSD}decimal> .\n'
            yield f'{money} {_term("currency")} "EUR" .\n'


def made(projects: int, seed: int = SEED) -> Data:
    """Make so many projects; the same number and seed give the same data."""
    chance = np.random.default_rng(seed)
    many = max(projects // 2, 1)
    region, sector = chance.integers(0, len(REGIONS), many), chance.integers(0, len(_SECTORS), many)
    area = chance.integers(0, _AREAS, many)
    pull = (chance.pareto(1.7, many) + 1) * np.array(_PULL)[sector]
    sizes = np.clip(np.rint(chance.lognormal(_TEAM, _SPREAD, projects)), 1, _LARGEST).astype(np.int64)
    project = np.repeat(np.arange(projects), sizes)
    home, topic = chance.integers(0, len(REGIONS), projects), chance.integers(0, _AREAS, projects)
    luck = chance.random(len(project))
    near, alike = luck < _HOME, (luck >= _HOME) & (luck < _HOME + _TOPIC)
    rest = ~near & ~alike
    organisation = np.empty(len(project), dtype=np.int64)
    organisation[near] = _drawn(region, pull, home[project[near]], chance)
    organisation[alike] = _drawn(area, pull, topic[project[alike]], chance)
    organisation[rest] = _drawn(np.zeros_like(area), pull, np.zeros(int(rest.sum()), np.int64), chance)
    pairs = np.unique(project * many + organisation)  # an organisation that is drawn twice takes part once
    since = chance.integers(_FIRST, _LAST + 1, projects)
    until = since + chance.integers(1, _LONGEST + 1, projects)
    amount = np.rint(chance.lognormal(_MONEY, _RANGE, len(pairs))) + 1
    return Data(region, sector, since, until, pairs // many, pairs % many, amount)


def _drawn(group: Ints, pull: Floats, wanted: Ints, chance: np.random.Generator) -> Ints:
    """Draw a member of each wanted group, the often asked more often; of an empty group its neighbour."""
    order = np.argsort(group, kind="stable")
    heaped = np.concatenate([[0.0], np.cumsum(pull[order])])
    starts = np.searchsorted(group[order], np.arange(max(group.max(), wanted.max(initial=0)) + 2))
    low, high = heaped[starts[wanted]], heaped[starts[wanted + 1]]
    places = np.searchsorted(heaped, low + chance.random(len(wanted)) * (high - low), side="right") - 1
    return np.asarray(order[np.minimum(places, len(order) - 1)], dtype=np.int64)


def _concepts() -> Iterator[str]:
    """Yield what the participations point to: counties, kinds of actors and the role."""
    for code in REGIONS:
        it = Iris().thing("county", code)
        yield f"{it} {_TYPE} {_term('County')} .\n"
        yield f'{it} <{_SKOS}prefLabel> "Län {code}"@sv .\n'
    for scheme, keys in (("actor-kind", _SECTORS), ("role", ("participant",))):
        for key in keys:
            yield f'{Iris().thing(scheme, key)} <{_SKOS}notation> "{key}" .\n'


def _iri(kind: str, number: int) -> str:
    return f"{BASE}id/{kind}/{number:06d}"  # all of one length, so that their order is that of the numbers


def _term(name: str) -> str:
    return f"<{BASE}ontology#{name}>"
