"""The bundled data and made-up projects beside them: a store in which every catalogued query finds much.

Organisations, projects and participations are those of `service_data`. Here each project also covers
a county and some municipalities, works on concepts of the bundled schemes, and is paid for by a grant under
a bundled programme and its fund; each organisation has its kind.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from api.build import build
from benchmarks import service_data
from graph.generations import Home
from graph.iris import Iris
from graph.store import Store
from ontology.names import BASE

SEED = 1
_MORE = 14  # triples of a project beside those of `service_data`, on average
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_SUBJECT = "<http://purl.org/dc/terms/subject>"
_AMOUNT = "<https://schema.org/amount>"
_DECIMAL = "<http://www.w3.org/2001/XMLSchema#decimal>"
_SCHEMES = ("euroscivoc", "scb-subject", "thematic-objective")
_KINDS = ("company", "company", "sme", "university", "public-body", "research-organisation")


@dataclass(frozen=True)
class Bundled:
    """What the bundled data have that made-up projects point to, as N-Triples terms."""

    counties: Sequence[str]
    municipalities: Sequence[str]
    concepts: Sequence[str]
    areas: Sequence[str]
    programmes: Sequence[str]

    @classmethod
    def read(cls, store: Store) -> "Bundled":
        """Read them from a store."""
        scheme = " ".join(f"<{BASE}id/scheme/{each}>" for each in _SCHEMES)
        return cls(
            _found(store, f"?x a <{BASE}ontology#County>"),
            _found(store, f"?x a <{BASE}ontology#Municipality>"),
            _found(store, f"VALUES ?in {{ {scheme} }} ?x <http://www.w3.org/2004/02/skos/core#inScheme> ?in"),
            _found(store, f"?x a <{BASE}ontology#PriorityArea>"),
            _found(store, f"?x a <{BASE}ontology#Programme>"),
        )


def make(place: Path, work: Path, triples: int) -> Home:
    """Build a store with so many triples in its merge, about: the bundled ones and what is made up."""
    home = Home(place)
    build(home, Iris())
    store = home.open()
    bundled, already = Bundled.read(store), home.manifest().merged
    store.close()
    file = work / "made-up.nt"
    _write(file, max(triples - already, 0), bundled)
    with home.draft() as draft:
        draft.replace_file(service_data.graph(), file, file.name)
    return home


def _write(file: Path, triples: int, bundled: Bundled) -> None:
    a_project = service_data.TRIPLES_A_PROJECT
    data = service_data.write(file, triples * a_project // (a_project + _MORE), SEED)
    chance = Random(SEED)  # noqa: S311  # made-up data
    with file.open("a", encoding="utf-8") as out:
        for number in range(data.organisations):
            kind = _thing("actor-kind", chance.choice(_KINDS))
            out.write(f"{_thing('organisation', number)} {_term('actorKind')} {kind} .\n")
        for number in range(data.projects):
            out.write("".join(f"{line} .\n" for line in _project(number, bundled, chance)))


def _project(number: int, bundled: Bundled, chance: Random) -> Iterator[str]:
    it, grant, money = (_thing(kind, number) for kind in ("project", "grant", "amount-granted"))
    currency = chance.choice(("SEK", "EUR"))
    for place in (chance.choice(bundled.counties), *_some(bundled.municipalities, 4, chance)):
        yield f"{it} {_term('coversTerritory')} {place}"
    for concept in _some(bundled.concepts, 2, chance):
        yield f"{it} {_SUBJECT} {concept}"
    if chance.random() < 0.1:
        yield f"{it} {_term('addresses')} {chance.choice(bundled.areas)}"
    yield f"{it} {_term('totalBudget')} {money}"
    yield f"{it} {_term('fundedBy')} {grant}"
    yield f"{grant} {_TYPE} {_term('Grant')}"
    yield f"{grant} {_term('underScheme')} {chance.choice(bundled.programmes)}"
    yield f"{grant} {_term('underScheme')} {_thing('fund', 'eruf')}"
    yield f"{grant} {_term('disbursedBy')} {_thing('organisation', 'tillvaxtverket')}"
    yield f"{grant} {_AMOUNT} {money}"
    yield f"{money} {_TYPE} {_term('MonetaryAmount')}"
    yield f'{money} {_term("amount")} "{chance.randint(100, 20_000)}000"^^{_DECIMAL}'
    yield f'{money} {_term("currency")} "{currency}"'


def _some(among: Sequence[str], most: int, chance: Random) -> list[str]:
    return chance.sample(among, min(chance.randint(1, most), len(among)))


def _found(store: Store, pattern: str) -> list[str]:
    return [f"<{row['x']}>" for row in store.rows(f"SELECT DISTINCT ?x {{ {pattern} }} ORDER BY ?x").dicts()]


def _thing(kind: str, key: object) -> str:
    return f"<{BASE}id/{kind}/{key}>"


def _term(name: str) -> str:
    return f"<{BASE}ontology#{name}>"
