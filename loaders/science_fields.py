"""Know the fields of EuroSciVoc by path and by number, so that every release leads to the same concepts.

CORDIS prints a field as a code and a path. Of three releases seen, two hold codes that are cut short, so
the path decides, by the reviewed table `lookups/euroscivoc.csv`; a code is trusted only when it is as deep
as its path. A field is keyed by the last number of its code, as in the source `mappings`.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from graph.terms import Term, text
from loaders.errors import LayoutError
from loaders.reviewed import LOOKUPS, rows
from loaders.source import Facts
from ontology import names as n

TABLE = LOOKUPS / "euroscivoc.csv"

_CODE = re.compile(r"(?:/[0-9]{1,12})+", re.ASCII)


@dataclass(frozen=True, slots=True)
class ScienceField:
    """A field: the KEY of euroscivoc/KEY, its number if it has one, name, paths (today's first), parent."""

    key: str
    number: str | None
    name: str
    paths: tuple[str, ...]
    broader: str | None  # the key of the field above

    def concept(self, facts: Facts) -> Term:
        """Return its IRI."""
        return facts.iris.thing("euroscivoc", self.key)

    def tell(self, facts: Facts) -> None:
        """Say what the field is, in the same words as every other source of ours."""
        concept = self.concept(facts)
        facts.a(concept, n.Concept)
        facts.add(concept, n.inScheme, facts.iris.thing("scheme", "euroscivoc"))
        if self.number:
            facts.add(concept, n.notation, text(self.number))
        facts.add(concept, n.prefLabel, text(self.name, "en"))
        for path in self.paths:
            facts.add(concept, n.altLabel, text(path, "en"))
        if self.broader:
            facts.add(concept, n.SKOS + "broader", facts.iris.thing("euroscivoc", self.broader))


class ScienceFields:
    """The fields of the reviewed table, and those that a file adds to them."""

    def __init__(self, known: dict[str, ScienceField]) -> None:
        self._fields = dict(known)
        self._keys = {path: field.key for field in known.values() for path in field.paths}

    @classmethod
    def reviewed(cls) -> "ScienceFields":
        """Return the fields of the reviewed table."""
        return cls(_table(TABLE))

    def __iter__(self) -> Iterator[ScienceField]:
        """Yield every field, those of the table first."""
        yield from self._fields.values()

    def known(self, path: str) -> bool:
        """Tell whether a path is in the table or was met before."""
        return plain_path(path) in self._keys

    def find(self, path: str, code: str = "") -> ScienceField:
        """Find the field of a path by the table, else by a code that is as deep, else by the path alone."""
        path = plain_path(path)
        if not path:
            raise ValueError("a path such as /natural sciences/biological sciences was expected")
        key = self._keys.get(path)
        return self._fields[key] if key else self._added(path, _numbers(code, path))

    def upwards(self, field: ScienceField) -> Iterator[ScienceField]:
        """Yield a field and those above it."""
        at: ScienceField | None = field
        while at:
            yield at
            at = self._fields[at.broader] if at.broader else None

    def _added(self, path: str, numbers: list[str]) -> ScienceField:
        """Return the field of a path that the table does not hold, after adding it and those above it."""
        above, _, name = path.rpartition("/")
        number = numbers[-1] if numbers else None
        key = number or f"path-{hashlib.sha256(path.encode()).hexdigest()[:16]}"
        if key not in self._fields:
            parent = self.find(above, "".join(f"/{each}" for each in numbers[:-1])) if above else None
            self._fields[key] = ScienceField(key, number, name, (path,), parent.key if parent else None)
        self._keys[path] = key
        return self._fields[key]


def plain_path(path: str) -> str:
    """Return a path as it is compared: without a slash at its beginning, single blanks, none at an end.

    >>> plain_path("/engineering and technology/wearable medical technology ")
    'engineering and technology/wearable medical technology'
    """
    return "/".join(" ".join(part.split()) for part in path.strip().strip("/").split("/"))


def _numbers(code: str, path: str) -> list[str]:
    """Return the numbers of a code that is as deep as the path, else none."""
    found = code.strip("/").split("/") if _CODE.fullmatch(code) else []
    return found if len(found) == path.count("/") + 1 else []


@cache
def _table(table: Path) -> dict[str, ScienceField]:
    """Return the fields of the table by key; the first line of a field is that of today."""
    fields: dict[str, ScienceField] = {}
    for where, row in rows(table, "code", "path", "title", "release"):
        path = plain_path(row["path"])
        numbers = _numbers(row["code"], path)
        if not numbers:
            raise LayoutError(f"{where}: the code {row['code']!r} is not as deep as the path {path!r}.")
        key = numbers[-1]
        if before := fields.get(key):
            fields[key] = replace(before, paths=(*before.paths, path))
        else:
            fields[key] = ScienceField(key, key, row["title"], (path,), ([None, *numbers[:-1]])[-1])
    for field in fields.values():
        if field.broader and field.broader not in fields:
            raise LayoutError(
                f"{table.name}: the field {field.key} stands below {field.broader}, which is missing."
            )
    return fields
