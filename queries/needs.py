"""Needs, and the areas that may meet them, with all words by which an area can be found."""

from dataclasses import dataclass, field

from graph.asked import Asked
from ontology import names as n
from queries.answer import ask
from queries.catalogue import query
from queries.themes import Theme

CLOSE = {  # how near a concept of another scheme stands to the area that is mapped to it
    n.SKOS + "exactMatch": 1.0,
    n.SKOS + "closeMatch": 1.0,
    n.SKOS + "narrowMatch": 0.8,
    n.SKOS + "broadMatch": 0.6,
    n.SKOS + "relatedMatch": 0.6,
}
NAMES = (n.prefLabel, n.altLabel, n.SKOS + "definition")


@dataclass(frozen=True)
class Need:
    """A need: its IRI (None for a text typed by a person), its words, its territory and its year."""

    iri: str | None
    label: str
    territory: str | None = None
    year: int | None = None


@dataclass(frozen=True)
class Area:
    """An area that may meet needs, where it holds and who leads it."""

    iri: str
    label: str
    label_en: str
    territory: str
    territory_label: str
    leads: tuple[tuple[str, str], ...]
    until: int | None
    level: str


@dataclass
class Texts:
    """The words of an area: its names and meanings, and the names of each concept it is mapped to."""

    names: list[str] = field(default_factory=list)
    concepts: dict[str, dict[str, str]] = field(default_factory=dict)  # by IRI: the name by language
    close: dict[str, float] = field(default_factory=dict)

    def all(self) -> list[str]:
        """Return every text."""
        return [*self.names, *(name for names in self.concepts.values() for name in names.values())]


def needs(store: Asked) -> tuple[Need, ...]:
    """Return the needs that somebody has stated."""
    rows = ask(store, query("match-needs")).rows.dicts()
    return tuple(
        Need(row["need"], str(row["label"]), row["territory"], int(row["year"]) if row["year"] else None)
        for row in rows
    )


def areas(store: Asked) -> tuple[Area, ...]:
    """Return the areas that no newer one replaces."""
    found: dict[str, Area] = {}
    for row in ask(store, query("match-areas")).rows.dicts():
        lead = ((str(row["lead"]), str(row["leadLabel"])),) if row["lead"] else ()
        area = str(row["area"])
        leads = tuple(dict.fromkeys((*found[area].leads, *lead))) if area in found else lead
        found[area] = Area(
            area,
            str(row["label"]),
            str(row["labelEn"] or row["label"]),
            str(row["territory"]),
            str(row["territoryLabel"]),
            leads,
            int(row["until"]) if row["until"] else None,
            str(row["level"]),
        )
    return tuple(found.values())


def texts(store: Asked) -> dict[str, Texts]:
    """Return the words of every area."""
    found: dict[str, Texts] = {}
    for row in ask(store, query("match-texts")).rows.dicts():
        area, kind, name = (str(row[column]) for column in ("area", "property", "name"))
        held = found.setdefault(area, Texts())
        if kind in NAMES:
            held.names.append(name)
        else:
            concept = str(row["concept"])
            held.concepts.setdefault(concept, {})[str(row["language"])] = name
            held.close[concept] = max(held.close.get(concept, 0.0), CLOSE[kind])
    return found


def themes(store: Asked) -> dict[str, Theme]:
    """Return the themes with their words."""
    found: dict[str, Theme] = {}
    for row in ask(store, query("match-themes")).rows.dicts():
        name, labels = str(row["theme"]), (str(row["label"]), str(row["labelEn"]))
        words = found[name].words if name in found else ()
        found[name] = Theme(labels, (*words, str(row["word"])))
    return found
