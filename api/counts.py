"""Counts over one pattern, answered from counts that are kept as long as the data are the same.

`SELECT ?o (COUNT(?s) AS ?n) { ?s PROPERTY ?o } GROUP BY ?o`, likewise by `?p` of `{ ?s ?p ?o }`, or with no
GROUP BY: the engine counts each group once a generation; after that the pattern is replaced by a table of
groups and counts, and `COUNT(…)` by their sum, so that HAVING, ORDER BY and whatever is reckoned with the
counts stay the engine's. The pattern's triples lie in a set, hence in a group `COUNT(*)`, the count of either
variable and, for a given property, the count of distinct subjects are the same.
"""

import re
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from api.ahead import SMALL
from api.plain_sparql import IRI, NAME, PROLOGUE, SHORT, VARIABLE, S, prefixes, term
from api.snapshot import Snapshot
from graph import kept_bytes
from graph.asked import Cell
from queries import catalogue
from queries.answer import ask, ask_part

_FORM: Final = "counts 1"  # to be changed when what is kept is made in another way
_MOST: Final = 2_000  # groups
_LONGEST: Final = 2_000  # characters of a query
_COUNT: Final = "?samspelCount"
_PLAIN = r"[A-Za-z0-9_?()=<>!+*.,&| \t\r\n-]"  # no IRI, no text, no comment, no group
_ASKED = re.compile(
    rf"(?P<prologue>{PROLOGUE})"
    rf"(?P<select>(?i:SELECT)\b{_PLAIN}+?)(?:\b(?i:WHERE){S}*)?"
    rf"\{{{S}*\?(?P<s>{NAME}){S}+"
    rf"(?P<verb>a|{IRI}|{SHORT}|{VARIABLE}){S}+\?(?P<o>{NAME})"
    rf"{S}*\.?{S}*\}}{S}*(?:(?i:GROUP){S}+(?i:BY){S}+\?(?P<by>{NAME})(?![A-Za-z0-9_]))?(?P<tail>{_PLAIN}*)"
)
_COUNTED = re.compile(
    rf"\b(?i:COUNT){S}*\({S}*(?:\*|(?P<distinct>(?i:DISTINCT)\b)?{S}*\?(?P<of>{NAME})){S}*\)"
)
_OTHERS = re.compile(
    rf"(?<!\?)\b(?:COUNT|SUM|AVG|MIN|MAX|SAMPLE|GROUP_CONCAT|GROUP|FROM|EXISTS)\b|\{_COUNT}\b", re.IGNORECASE
)
_VARIABLES = re.compile(rf"\?({NAME})")


@dataclass(frozen=True)
class Counts:
    """Rewrites what counts over one pattern of a snapshot."""

    snapshot: Snapshot

    def instead(self, query: str) -> str | None:
        """Return a query with the same answer over a table of counts; None for any other query."""
        found = None if self.snapshot.remote or len(query) > _LONGEST else _ASKED.fullmatch(query)
        if found is None:
            return None
        parts, verb = found.groupdict(), found["verb"]
        by = parts["by"]
        keys = {parts["s"], parts["o"], verb[1:]} if verb[0] == "?" else {parts["s"], parts["o"]}
        wanted = (
            verb[1:] if verb[0] == "?" else parts["o"]
        )  # what groups are made of; by subject they are many
        if len(keys) < (3 if verb[0] == "?" else 2) or by not in (None, wanted):
            return None
        once = parts["s"] if verb[0] != "?" and by else None  # stands once in a group: COUNT(DISTINCT …)
        select, tail = (_summed(parts[each], keys, once) for each in ("select", "tail"))
        if select is None or tail is None or _COUNT not in select + tail:
            return None
        if (keys - {by}) & set(_VARIABLES.findall(select + tail)):
            return None
        try:
            table = self._table(term(verb, prefixes(parts["prologue"])))
        except KeyError:
            return None  # a prefix that is not told of: the engine says so
        if not table:
            return None
        group = "" if by is None else f"GROUP BY ?{by}"
        return f"{parts['prologue']}{select}{{ VALUES (?{wanted} {_COUNT}) {{ {table} }} }} {group} {tail}"

    def _table(self, verb: str) -> str:
        """Return groups and their counts as rows of VALUES; nothing when they are too many.

        What the data do not hold is not kept: there is no end of it.
        """
        verb = "?p" if verb[0] == "?" else verb
        snapshot, key = self.snapshot, ("counts", verb)
        given = {} if verb[0] == "?" else {"property": verb[1:-1]}
        if given and not snapshot.has(key) and not _used(snapshot, given["property"]):
            return ""

        def make() -> bytes:
            counted = catalogue.query("value-counts" if given else "predicate-counts")
            rows = ask_part(snapshot.store, counted, given, _MOST + 1, 0).rows
            told = [f"({each} {n})" for each, n in rows if _writable(each)]
            return " ".join(told).encode() if len(told) == len(rows) <= _MOST else b""

        def read() -> str:
            beside = snapshot.beside
            if beside is None or snapshot.manifest.quads() < SMALL:
                return make().decode()
            return kept_bytes.kept(beside, f"{_FORM} {verb}", make).decode()

        return snapshot.kept(key, read)


def _used(snapshot: Snapshot, iri: str) -> bool:
    return bool(ask(snapshot.store, catalogue.query("term-uses"), {"term": iri}).rows.rows)


def counts(snapshot: Snapshot) -> Counts:
    """Return the counts of a snapshot."""
    return snapshot.kept(("counts",), lambda: Counts(snapshot))


def _summed(text: str, keys: set[str], once: str | None) -> str | None:
    """Put sums in the place of counts; None when something else is counted or gathered."""
    strange = False

    def replaced(match: re.Match[str]) -> str:
        nonlocal strange
        of, distinct = match["of"], match["distinct"]
        strange = strange or (of is not None and of not in keys) or (distinct is not None and of != once)
        return "\0"

    made = _COUNTED.sub(replaced, text)
    return None if strange or _OTHERS.search(made) else made.replace("\0", f"SUM({_COUNT})")


def _writable(cell: Cell) -> bool:
    """Tell whether a term can stand in VALUES and mean itself."""
    return isinstance(cell, NamedNode) or (isinstance(cell, Literal) and "--" not in (cell.language or ""))
