"""Write triples as JSON-LD compacted with our context, which stands in the answer as far as it is used.

Nothing is fetched by whoever reads it: what stands in the answer is a part of `/ontology/context.jsonld`. A
term is used where its kind of value fits (a language map, a link, a datatype); else the property stands as
a compact IRI with a plain value object, so that reading gives back the very triples.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from api.sparql_run import PREFIXES
from graph.provenance import VOID
from ontology import context
from ontology.names import RDF, XSD

Json = str | dict[str, "Json"] | list["Json"]
Node = NamedNode | BlankNode
_TYPE, _STRING = RDF + "type", XSD + "string"
_LINK, _LANGUAGE, _BARE = "@id", "@language", ""  # the kinds of terms, beside datatypes
_MORE: Final = {"void": VOID, "owl": "http://www.w3.org/2002/07/owl#"}


def document(triples: Iterable[Triple]) -> dict[str, Json]:
    """Return triples as one JSON-LD document: a node, or a @graph of several."""
    by_subject: dict[Node, list[Triple]] = defaultdict(list)
    schemes = set[str]()
    for triple in triples:
        by_subject[cast("Node", triple.subject)].append(triple)
        schemes |= {part.value.partition(":")[0] for part in triple if isinstance(part, NamedNode)}
    writer = _Writer(schemes)
    nodes = [writer.whole(subject, found) for subject, found in by_subject.items()]
    body: dict[str, Json] = nodes[0] if len(nodes) == 1 else {"@graph": list[Json](nodes)}
    return {"@context": dict(sorted(writer.used.items())), **body}


def text(triples: Iterable[Triple]) -> str:
    """Return triples as the text of a JSON-LD document."""
    return json.dumps(document(triples), ensure_ascii=False, indent=1) + "\n"


def script(triples: Iterable[Triple]) -> str:
    """Return a JSON-LD document that may stand in a <script>: nothing in it can end the element."""
    found = json.dumps(document(triples), ensure_ascii=False, separators=(",", ":"))
    return found.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


class _Writer:
    """Compacts terms and notes which entries of the context they used.

    A prefix that is also the scheme of an IRI at hand (`org:x`) is not used: it would be taken for it.
    """

    def __init__(self, schemes: set[str]) -> None:
        self.used: dict[str, Json] = {}
        self._spaces = [(key, space) for key, space in _prefixes().items() if key not in schemes]

    def whole(self, subject: Node, triples: Iterable[Triple]) -> dict[str, Json]:
        """Return a node with all that is said of it."""
        found: dict[str, list[Json]] = {}
        maps: dict[str, dict[str, list[Json]]] = {}
        for triple in triples:
            said, term = triple.predicate.value, cast("Node | Literal", triple.object)
            if said == _TYPE and isinstance(term, NamedNode):
                found.setdefault("@type", []).append(self._class(term.value))
                continue
            name, kind = self._property(said, term)
            if kind == _LANGUAGE:
                by_language = maps.setdefault(name, {})
                by_language.setdefault(str(cast("Literal", term).language), []).append(term.value)
            else:
                found.setdefault(name, []).append(self._coerced(term) if kind else self._value(term))
        texts: dict[str, Json] = {name: _singles(by_language) for name, by_language in maps.items()}
        return {"@id": self._node(subject), **_singles(found), **texts}

    def _iri(self, iri: str) -> str:
        for prefix, space in self._spaces:
            if iri.startswith(space):
                self.used[prefix] = space
                return f"{prefix}:{iri[len(space) :]}"
        return iri

    def _node(self, node: Node) -> str:
        return self._iri(node.value) if isinstance(node, NamedNode) else str(node)

    def _class(self, iri: str) -> str:
        name = _terms().get((iri, _BARE))
        return self._iri(iri) if name is None else self._use(name)

    def _property(self, iri: str, term: Node | Literal) -> tuple[str, str]:
        """Return a property's name, and the kind of its values where they are coerced by it."""
        kind = _kind(term)
        for wanted in (kind, _BARE):
            if name := _terms().get((iri, wanted)):
                return self._use(name), wanted
        return self._iri(iri), _BARE

    def _use(self, name: str) -> str:
        if name not in self.used:
            found = context_entries()[name]
            parts = {"@id": found} if isinstance(found, str) else found
            whole = {key: _full(value) for key, value in parts.items()}
            self.used[name] = whole["@id"] if isinstance(found, str) else dict[str, Json](whole)
        return name

    def _coerced(self, term: Node | Literal) -> Json:
        return term.value if isinstance(term, Literal) else self._node(term)

    def _value(self, term: Node | Literal) -> Json:
        if not isinstance(term, Literal):
            return {"@id": self._node(term)}
        if term.language:
            direction = getattr(term, "direction", None)
            told: dict[str, Json] = {"@direction": _direction(direction)} if direction else {}
            return {"@value": term.value, "@language": term.language} | told
        if term.datatype.value == _STRING:
            return term.value
        return {"@value": term.value, "@type": self._iri(term.datatype.value)}


@cache
def context_entries() -> Mapping[str, str | dict[str, str]]:
    """Return the entries of our context document."""
    found = json.loads(context.FILE.read_text("utf-8"))
    return cast("Mapping[str, str | dict[str, str]]", found["@context"])


@cache
def _prefixes() -> Mapping[str, str]:
    """Return prefixes and what they stand for: those of the context first."""
    ours = {
        key: value
        for key, value in context_entries().items()
        if isinstance(value, str) and value.endswith(("#", "/"))
    }
    return {**PREFIXES, **_MORE, **ours}


@cache
def _terms() -> Mapping[tuple[str, str], str]:
    """Return the context's terms by IRI and kind of value: a datatype, @id, @language, or any ("")."""
    found: dict[tuple[str, str], str] = {}
    for name, entry in context_entries().items():
        if isinstance(entry, str):
            if name not in _prefixes():
                found[_full(entry), _BARE] = name
        else:
            kind = entry.get("@type") or entry.get("@container") or _BARE
            found[_full(entry["@id"]), _full(kind)] = name
    return found


def _full(value: str) -> str:
    """Return what a compact IRI of the context stands for; keywords stay."""
    prefix, colon, rest = value.partition(":")
    space = _prefixes().get(prefix) if colon else None
    return value if space is None else space + rest


def _kind(term: Node | Literal) -> str:
    if not isinstance(term, Literal):
        return _LINK
    if term.language:
        return _BARE if getattr(term, "direction", None) else _LANGUAGE
    return term.datatype.value


def _direction(direction: object) -> str:
    return str(direction).lower().rpartition(".")[2]


def _singles(found: Mapping[str, list[Json]]) -> dict[str, Json]:
    return {key: values[0] if len(values) == 1 else values for key, values in found.items()}
