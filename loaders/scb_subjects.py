"""The research subjects of Statistics Sweden (SCB) as Swecris packs them into one field, as SKOS concepts.

`¤¤¤ 1: Naturvetenskap, Natural Sciences, 103: Fysik, Physical Sciences, 10305: ...` is one path from a field
of science down to a subject; several paths stand in one field. The Swedish and the English name are parted
by a comma, which both names may hold too: `lookups/scb_subjects.csv` tells what is what. A code that is not
there has two names when there is one comma, else its whole text is its one name; both are noted.
"""

import re
from collections.abc import Callable
from itertools import pairwise

from graph.terms import Term, text
from loaders.reviewed import LOOKUPS, rows
from loaders.source import Facts
from ontology import names as n

SCHEME = "scb-subject"
TABLE = LOOKUPS / "scb_subjects.csv"

_CODE = re.compile(r"(?:^|,)\s*(\d+):")
_COMMA = re.compile(r"\s*,\s*")
_LENGTHS = {1, 3, 5}


class Subjects:
    """Read packed fields, remember which subjects they name, and describe these at the end."""

    def __init__(self, note: Callable[[str], None]) -> None:
        self._note = note
        self._names = {row["code"]: (row["sv"], row["en"]) for _, row in rows(TABLE, "code", "sv", "en")}
        self._used: set[str] = set()

    def codes(self, value: str) -> list[str]:
        """Return the last code of every path in a field; what is above it follows from the concepts."""
        paths = [self._path(" ".join(path.split())) for path in value.split("¤¤¤") if path.strip()]
        self._used.update(above for code in paths for above in (code[:1], code[:3], code))
        return list(dict.fromkeys(paths))

    def describe(self, facts: Facts) -> None:
        """Say the scheme, and every subject that was used with its names and the one above it."""
        if not self._used:
            return
        scheme = facts.iris.thing("scheme", SCHEME)
        facts.a(scheme, n.SKOS + "ConceptScheme")
        facts.add(scheme, n.prefLabel, text("Forskningsämnen (SCB)", "sv"))
        facts.add(scheme, n.prefLabel, text("Research subjects (Statistics Sweden)", "en"))
        for code in sorted(self._used & self._names.keys()):
            self._describe(facts, code, scheme)

    def _describe(self, facts: Facts, code: str, scheme: Term) -> None:
        concept = facts.iris.thing(SCHEME, code)
        facts.a(concept, n.Concept)
        facts.add(concept, n.inScheme, scheme)
        facts.add(concept, n.notation, text(code))
        for name, language in zip(self._names[code], ("sv", "en"), strict=True):
            if name:
                facts.add(concept, n.prefLabel, text(name, language))
        above = {1: "", 3: code[:1], 5: code[:3]}[len(code)]
        if above in self._names:
            facts.add(concept, n.SKOS + "broader", facts.iris.thing(SCHEME, above))

    def _path(self, path: str) -> str:
        found = _CODE.split(path)
        codes, names = found[1::2], found[2::2]
        nested = all(len(code) in _LENGTHS for code in codes) and all(
            lower != upper and lower.startswith(upper) for upper, lower in pairwise(codes)
        )
        if found[0].strip() or not codes or not nested:
            raise ValueError(
                "a path of subjects such as '1: Naturvetenskap, Natural Sciences, 103: …' was expected"
            )
        for code, name in zip(codes, names, strict=True):
            self._meet(code, _COMMA.sub(", ", name).strip(" ,"))
        return codes[-1]

    def _meet(self, code: str, printed: str) -> None:
        known = self._names.get(code)
        if known is None:
            sv, _, en = printed.partition(", ") if printed.count(", ") == 1 else (printed, "", "")
            self._names[code] = (sv, en)
            self._note(
                f"Scbs: subject {code} is not in lookups/scb_subjects.csv; its names were taken as printed"
            )
        elif ", ".join(filter(None, known)) != printed:
            self._note(f"Scbs: subject {code} is named otherwise elsewhere; the first names were kept")
