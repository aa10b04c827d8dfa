"""What the JSON of the API looks like, for OpenAPI and the reader; the fields are those that are answered."""

from typing import Literal

from pydantic import BaseModel, Field

from api.parameters import Json
from queries import catalogue

Cell = str | int | float | None


class Words(BaseModel):
    """A text in both languages."""

    sv: str
    en: str


class Parameter(BaseModel):
    """A parameter of a query: its name, its type, the values that a choice has, the default."""

    name: str
    type: str
    choices: list[str]
    default: str
    label: str


class Query(BaseModel):
    """A catalogued query."""

    name: str
    category: str
    title: Words
    about: Words
    parameters: list[Parameter]
    returns: list[str]
    sparql: str


class Network(Query):
    """A catalogued network, with its size."""

    mode: str
    nodes: int
    edges: int


class Setting(BaseModel):
    """A parameter of a measure; its type is that of its default."""

    name: str
    default: str | int | float
    choices: list[str]
    label: str


class Measure(BaseModel):
    """A measure; `of` says whether of a network or of a matrix of regions and areas."""

    name: str
    title: Words
    about: Words
    parameters: list[Setting]
    of: str


class Measured(BaseModel):
    """The values of a measure for each node of a network, and all that is needed to repeat them."""

    measure: str
    network: str
    mode: str
    nodes: int
    edges: int
    components: int
    engine: str
    parameters: dict[str, str | int | float]
    filters: dict[str, str]
    columns: list[str]
    rows: list[dict[str, Cell]]
    facts: dict[str, int | float]
    notes: list[Words]
    snapshot: str
    tables: dict[str, list[dict[str, Cell]]]


class Part(BaseModel):
    """A part of a network: its size, the number, its interval, and how it lies against chance."""

    group: str
    nodes: int
    events: int
    edges: int
    value: float | None
    low: float | None
    high: float | None
    chance: float | None
    z: float | None
    p: float | None


class SetAside(BaseModel):
    """A part that is too small to compare, and why."""

    group: str
    nodes: int
    events: int
    reason: str


class Compared(BaseModel):
    """A measure over the parts of a network or against chance, and all that is needed to repeat it."""

    measure: str
    network: str
    by: str
    fact: str
    title: Words
    runs: int
    seed: int
    method: str
    engine: str
    snapshot: str
    parameters: dict[str, str | int | float]
    rows: list[Part]
    aside: list[SetAside]
    notes: list[Words]


class Region(BaseModel):
    """A row of a matrix."""

    id: str
    label: str


class Area(Region):
    """A column of a matrix, and the wider field that it belongs to."""

    group: str | None


class Matrix(BaseModel):
    """Regions and areas: what is counted, the projects of each cell, and which are declared."""

    name: str
    unit: str
    counting: str
    periods: list[str]
    regions: list[Region]
    areas: list[Area]
    values: list[list[float]]
    projects: list[list[float]]
    declared: list[list[bool]]


class MatrixMeasured(BaseModel):
    """The rows of a measure of a matrix, and all that is needed to repeat them."""

    measure: str
    matrix: str
    regions: int
    areas: int
    cells: int
    projects: int
    unit: str
    counting: str
    engine: str
    parameters: dict[str, str | int | float]
    columns: list[str]
    rows: list[dict[str, Cell]]
    facts: dict[str, int | float]
    notes: list[Words]
    tables: dict[str, list[dict[str, Cell]]]
    snapshot: str


class Lead(BaseModel):
    """An organisation that leads an area."""

    organisation: str
    label: str


class Match(BaseModel):
    """An area that can meet a need, with the score and its reasons."""

    need: str | None
    needLabel: str
    area: str
    areaLabel: str
    territory: str
    territoryLabel: str
    ownCounty: bool
    leads: list[Lead]
    score: float
    lexical: float
    theme: float
    method: str
    status: str
    evidenceLevel: str | None
    because: str


class Hit(BaseModel):
    """A thing that a search found; `match` says how its name fits what was sought."""

    iri: str
    label: str
    language: str | None
    classes: list[str]
    kind: str
    match: Literal["name", "beginning", "words", "begun", "stems", "inside", "near"]
    counties: list[str]


class Facets(BaseModel):
    """How many hits there are, of each kind, in each county; words to try where there are none."""

    total: int
    kinds: dict[str, int]
    counties: dict[str, int]
    near: list[str]


class Label(BaseModel):
    """What a thing is called, and where its page is here (null: we have none)."""

    iri: str
    label: str
    language: str | None
    page: str | None


class Term(BaseModel):
    """A class or a property that stands in the data, what it is called, and how often it stands there."""

    iri: str
    label: Words
    n: int = Field(ge=0)


class Vocabulary(BaseModel):
    """The prefixes of our queries, and the classes and properties in the data, the most used first."""

    prefixes: dict[str, str]
    classes: list[Term]
    properties: list[Term]


class NetworkFile(BaseModel):
    """A network: nodes with the values of the measures, links between them, and what they meet in."""

    name: str
    mode: str
    measures: list[dict[str, object]]
    nodes: list[dict[str, object]]
    links: list[dict[str, object]]
    events: list[dict[str, object]]


class Coded(BaseModel):
    """Texts, and for each node or event the place of its text among them (-1: it has none)."""

    texts: list[str]
    of: list[int]


class ExplorerNodes(BaseModel):
    """The nodes by column; `~` begins the ids of our own things, and `side` has a letter a node: a or e."""

    id: list[str]
    label: list[str]
    kind: Coded
    territory: Coded
    side: str
    x: list[float]
    y: list[float]


class ExplorerEvents(BaseModel):
    """What actors meet in, by column, with the years in which it began and ended."""

    id: list[str]
    label: list[str]
    kind: Coded
    since: list[int | None]
    until: list[int | None]
    fund: Coded
    area: Coded


class Ties(BaseModel):
    """Which actor (by its place among the actors) takes part in which event."""

    actor: list[int]
    event: list[int]


class Links(BaseModel):
    """The edges by the places of their nodes, and how much they weigh."""

    source: list[int]
    target: list[int]
    weight: list[float]


class Explored(BaseModel):
    """A network by columns, with the point of each node and the values of its measures."""

    name: str
    mode: str
    snapshot: str
    bases: list[str]
    layout: dict[str, Cell]
    nodes: ExplorerNodes
    events: ExplorerEvents
    ties: Ties
    edges: Links
    measures: dict[str, list[Cell]]


def query(found: catalogue.Query) -> Json:
    """Return what is told of a catalogued query, network or matrix."""
    return {
        "name": found.name,
        "category": found.category,
        "title": {"sv": found.title_sv, "en": found.title_en},
        "about": {"sv": found.about_sv, "en": found.about_en},
        "parameters": [
            {"name": p.name, "type": p.type, "choices": p.choices, "default": p.default, "label": p.label}
            for p in found.parameters
        ],
        "returns": found.returns,
        "sparql": found.body,
    }
