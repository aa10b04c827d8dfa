"""Write triples in the shape of our domain, all made up, and the queries that are asked over them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from graph.iris import Iris
from ontology.names import BASE

SEED = 1
TRIPLES_A_PROJECT = 44  # with its participations, their amounts and its share of the organisations
_ORGANISATIONS, _PARTICIPATIONS = 8, 4  # of ten projects; of a project
_COUNTIES = tuple("01 03 04 05 06 07 08 09 10 12 13 14 17 18 19 20 21 22 23 24 25".split())  # noqa: SIM905
_KINDS = ("Company", "Company", "Company", "University", "MunicipalityAuthority", "SciencePark")
_ROLES = ("coordinator", "participant", "participant", "partner")
_WORDS = tuple(
    "hållbar digital plattform samverkan forskning industri omställning energi vatten livsmedel hälsa "  # noqa: SIM905
    "skog material robot sensor data analys kompetens kluster system batteri cirkulär".split()
)
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
_IDENTIFIER = "<http://purl.org/dc/terms/identifier>"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_PREFIX = f"PREFIX s: <{BASE}ontology#> "

JSON_ROWS = "application/sparql-results+json"
N_TRIPLES = "application/n-triples"
TURTLE = "text/turtle"


@dataclass(frozen=True)
class Data:
    """A file of N-Triples, and what its things are numbered up to."""

    file: Path
    organisations: int
    projects: int

    @property
    def participations(self) -> int:
        """Return how many participations there are: things enough for each lookup to ask for another."""
        return self.projects * _PARTICIPATIONS


def write(file: Path, triples: int, seed: int = SEED) -> Data:
    """Write about so many triples; the same number and seed give the same file."""
    chance = Random(seed)  # noqa: S311  # made-up data
    projects = max(triples // TRIPLES_A_PROJECT, 10)
    organisations = projects * _ORGANISATIONS // 10
    with file.open("w", encoding="utf-8") as out:
        for number in range(organisations):
            out.write("".join(f"{line} .\n" for line in _organisation(number, chance)))
        for number in range(projects):
            out.write("".join(f"{line} .\n" for line in _project(number, organisations, chance)))
    return Data(file, organisations, projects)


def _organisation(number: int, chance: Random) -> Iterator[str]:
    it = _thing("organisation", str(number))
    yield f"{it} {_TYPE} {_term('Organisation')}"
    yield f"{it} {_TYPE} {_term(chance.choice(_KINDS))}"
    yield f'{it} {_LABEL} "{_title(2, chance).title()} {number} AB"@sv'
    yield f'{it} {_term("organisationNumber")} "55{number:04d}-{chance.randrange(10_000):04d}"'
    yield f"{it} {_term('locatedIn')} {_thing('county', chance.choice(_COUNTIES))}"


def _project(number: int, organisations: int, chance: Random) -> Iterator[str]:
    it, year = _thing("project", str(number)), chance.randint(2014, 2026)
    yield f"{it} {_TYPE} {_term('Project')}"
    yield f'{it} {_LABEL} "{_title(6, chance)}"@sv'
    yield f'{it} {_LABEL} "Project {_title(5, chance)}"@en'
    yield f'{it} {_IDENTIFIER} "{year}-{number:05d}"'
    yield f'{it} {_term("startDate")} "{year}-{chance.randint(1, 12):02d}-01"^^<{_XSD}date>'
    yield f'{it} {_term("endDate")} "{year + 3}-12-31"^^<{_XSD}date>'
    for place in range(_PARTICIPATIONS):
        part = number * _PARTICIPATIONS + place
        yield f"{it} {_term('hasParticipation')} {_thing('participation', str(part))}"
        yield from _participation(part, _ROLES[place], organisations, chance)


def _participation(number: int, role: str, organisations: int, chance: Random) -> Iterator[str]:
    it, money = _thing("participation", str(number)), _thing("amount", str(number))
    yield f"{it} {_TYPE} {_term('Participation')}"
    yield f"{it} {_term('inRole')} {_thing('role', role)}"
    yield f"{it} {_term('byOrganisation')} {_thing('organisation', str(_often(organisations, chance)))}"
    yield f"{it} {_term('euContribution')} {money}"
    yield f"{money} {_TYPE} {_term('MonetaryAmount')}"
    yield f'{money} {_term("amount")} "{chance.randint(10, 20_000)}000"^^<{_XSD}decimal>'
    yield f'{money} {_term("currency")} "EUR"'


def _often(many: int, chance: Random) -> int:
    """Return a number below another, the low ones far more often: a few organisations are everywhere."""
    return int(many * chance.random() ** 3)


def _title(words: int, chance: Random) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(words))


def _thing(kind: str, key: str) -> str:
    return f"<{BASE}id/{kind}/{key}>"


def _term(name: str) -> str:
    return f"<{BASE}ontology#{name}>"


def graph() -> str:
    """Return the named graph that our own store holds the triples in."""
    return Iris().graph("bench")[1:-1]


@dataclass(frozen=True)
class Question:
    """A query whose text has a place `NUMBER` for a number, so that it can be asked anew each time."""

    name: str
    text: str
    accept: str
    numbers: int  # how many different ones there are

    def at(self, number: int) -> str:
        """Return the query with a number."""
        return self.text.replace("NUMBER", str(number % self.numbers))


def lookup(data: Data) -> Question:
    """Return the question of all that is said of a participation."""
    text = f"SELECT ?p ?o {{ <{BASE}id/participation/NUMBER> ?p ?o }}"
    return Question("keyed lookup", text, JSON_ROWS, data.participations)


def aggregates() -> tuple[Question, ...]:
    """Return what is grouped and counted; the number changes the text and not the work."""
    by_county = (
        _PREFIX + "SELECT ?county (COUNT(?o) AS ?n) { ?o a s:Organisation ; s:locatedIn ?county } "
        "GROUP BY ?county HAVING (COUNT(?o) > NUMBER) ORDER BY DESC(?n)"
    )
    by_role = (
        _PREFIX + "SELECT ?role (COUNT(?p) AS ?n) { ?p s:inRole ?role } "
        "GROUP BY ?role HAVING (COUNT(?p) > NUMBER)"
    )
    money = (
        _PREFIX + "SELECT ?county (SUM(?value) AS ?sum) (COUNT(DISTINCT ?o) AS ?n) "
        "{ ?p s:byOrganisation ?o ; s:euContribution/s:amount ?value . ?o s:locatedIn ?county } "
        "GROUP BY ?county HAVING (COUNT(?p) > NUMBER) ORDER BY DESC(?sum)"
    )
    return (
        Question("GROUP BY, one pattern", by_role, JSON_ROWS, 100_000),
        Question("GROUP BY, two patterns", by_county, JSON_ROWS, 100_000),
        Question("GROUP BY, a join of four", money, JSON_ROWS, 100_000),
    )


def constructs(data: Data) -> tuple[Question, ...]:
    """Return what is constructed: 1,000 triples of participations, in two formats."""
    text = (
        _PREFIX + "CONSTRUCT { ?x ?p ?o } { { SELECT ?x { ?x a s:Participation } OFFSET NUMBER LIMIT 250 } "
        "?x ?p ?o } LIMIT 1000"
    )
    many = max(min(data.participations - 250, 2_000), 1)  # OFFSET itself must cost little
    return (
        Question("CONSTRUCT 1,000, N-Triples", text, N_TRIPLES, many),
        Question("CONSTRUCT 1,000, Turtle", text, TURTLE, many),
    )


def rows(many: int) -> Question:
    """Return the question with many rows as its answer."""
    text = f"SELECT ?s ?p ?o {{ ?s ?p ?o FILTER(?o != NUMBER) }} LIMIT {many}"
    return Question(f"JSON of {many:,} rows", text, JSON_ROWS, 100_000)
