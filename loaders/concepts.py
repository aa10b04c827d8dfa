"""Say concepts of vocabularies, so that sources agree: the schemes and names that are bundled stand.

`mappings` describes the schemes and some of their concepts. A file that names one of these otherwise (a later
or an earlier release) gives another name (skos:altLabel), never a second main name in the same language.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from graph.terms import Term, text
from loaders.reading.table import Table
from loaders.reviewed import rows
from loaders.source import SNAPSHOTS, Facts
from ontology import names as n

BROADER = n.SKOS + "broader"
NACE = "http://data.europa.eu/ux2/nace2.1/"
SDG = "http://metadata.un.org/sdg/"


@cache
def bundled_names(scheme: str) -> Mapping[str, Mapping[str, str]]:
    """Return the names (sv, en) of the concepts that the bundled source `mappings` describes, by code."""
    table = rows(SNAPSHOTS / "mappings" / "concepts.csv", "scheme", "code", "name_en", "name_sv")
    return {
        row["code"]: {"sv": row["name_sv"], "en": row["name_en"]}
        for _, row in table
        if row["scheme"] == scheme
    }


@dataclass(frozen=True)
class Row:
    """A row of a table by the names of its columns."""

    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")

    def __str__(self) -> str:
        return ",".join(self.values.values())


@dataclass
class Rows:
    """A table whose rows are records for `Feed.records`, by the names of its columns."""

    table: Table
    name: str = field(init=False)
    sha256: str = field(init=False)
    read: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.name, self.sha256 = self.table.name, self.table.sha256

    def records(self) -> Iterator[tuple[int, Row]]:
        """Yield each row with its line."""
        for line, values in self.table.rows():
            yield line, Row(dict(zip(self.table.columns, values, strict=True)))
        self.read = self.table.read


def say_concept(facts: Facts, concept: Term, scheme: str, code: str) -> None:
    """Say that there is a concept of a bundled scheme, with its code as notation."""
    facts.a(concept, n.Concept)
    facts.add(concept, n.inScheme, facts.iris.thing("scheme", scheme))
    facts.add(concept, n.notation, text(code))


def say_name(facts: Facts, concept: Term, scheme: str, code: str, name: str, language: str) -> bool:
    """Say a concept's main name; tell whether the bundled name in this language, if any, is the same."""
    bundled = bundled_names(scheme).get(code, {}).get(language)
    same = bundled in (None, name)
    facts.add(concept, n.prefLabel if same else n.altLabel, text(name, language))
    return same
