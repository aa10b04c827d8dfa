"""Compare the terms of core.ttl with those of the last release, and tell whether the version says enough."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Final

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Literal, Node

from ontology import history, vocabulary
from ontology.names import BASE, SAMSPEL

FOLDER: Final = vocabulary.ROOM / "releases"
_ONTOLOGY: Final = URIRef(f"{BASE}ontology")
_TEXTS: Final = (RDFS.label, SKOS.definition, SKOS.scopeNote, SKOS.example)
_ASIDE: Final = {RDF.type, RDFS.isDefinedBy, OWL.deprecated, DCTERMS.isReplacedBy, *_TEXTS}

Version = tuple[int, int, int]


@dataclass(frozen=True)
class Term:
    """A term as a release has it: its kinds, what is said of it, its texts, and whether it is leaving."""

    kinds: tuple[str, ...]
    axioms: tuple[str, ...]
    texts: tuple[str, ...]
    deprecated: bool = False
    replaced: bool = False


@dataclass(frozen=True)
class Release:
    """A version and its terms, by name."""

    version: str
    terms: Mapping[str, Term]


@dataclass(frozen=True)
class Comparison:
    """What differs between two releases: names of terms, sorted."""

    removed: tuple[str, ...]
    changed_kind: tuple[str, ...]
    added: tuple[str, ...]
    changed_axioms: tuple[str, ...]
    changed_text: tuple[str, ...]

    @property
    def level(self) -> str:
        """How much the version has to grow: major, minor, patch or none."""
        if self.removed or self.changed_kind:
            return "major"
        if self.added or self.changed_axioms:
            return "minor"
        return "patch" if self.changed_text else "none"


@cache
def current() -> Release:
    """Return the release that core.ttl is on its way to."""
    return of(vocabulary.read([vocabulary.CORE]))


def of(graph: Graph) -> Release:
    """Return the release that a graph like that of core.ttl makes."""
    found = sorted(
        {str(s) for s in graph.subjects(RDFS.isDefinedBy, _ONTOLOGY) if str(s).startswith(SAMSPEL)}
    )
    terms = {iri.removeprefix(SAMSPEL): _term(graph, URIRef(iri)) for iri in found}
    return Release(str(graph.value(_ONTOLOGY, OWL.versionInfo) or ""), terms)


@cache
def releases() -> tuple[Release, ...]:
    """Return the releases made so far, the oldest first."""
    return tuple(
        sorted((read(path) for path in FOLDER.glob("*.json")), key=lambda release: numbered(release.version))
    )


def read(path: Path) -> Release:
    """Read the file of a release."""
    content = json.loads(path.read_text("utf-8"))
    terms = {
        name: Term(
            tuple(said["kinds"]),
            tuple(said["axioms"]),
            tuple(said["texts"]),
            bool(said["deprecated"]),
            bool(said["replaced"]),
        )
        for name, said in content["terms"].items()
    }
    return Release(str(content["version"]), terms)


def write(release: Release, folder: Path = FOLDER) -> Path:
    """Write a release to the file of its version."""
    path = folder / f"{release.version}.json"
    content = {
        "version": release.version,
        "terms": {name: asdict(term) for name, term in release.terms.items()},
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


def compare(old: Release, new: Release) -> Comparison:
    """Tell what differs; a term that has become deprecated counts as removed."""
    before = {name for name, term in old.terms.items() if not term.deprecated}
    after = {name for name, term in new.terms.items() if not term.deprecated}
    both = sorted(before & after)

    def differing(part: str) -> tuple[str, ...]:
        return tuple(
            name for name in both if getattr(old.terms[name], part) != getattr(new.terms[name], part)
        )

    return Comparison(
        removed=tuple(sorted(before - after)),
        changed_kind=differing("kinds"),
        added=tuple(sorted(after - before)),
        changed_axioms=differing("axioms"),
        changed_text=differing("texts"),
    )


def check(old: Release, new: Release, told: Mapping[str, frozenset[str]]) -> list[str]:
    """Return what keeps `new` from being released after `old`, as sentences; none when it is in order.

    `told` has the terms that the change history names, by version.
    """
    found = compare(old, new)
    try:
        wrong = _growth(old, new, found)
    except ValueError as error:
        return [f"core.ttl: owl:versionInfo: {error}"]
    named = told.get(new.version, frozenset())
    for name in (*found.removed, *found.changed_kind, *found.added):
        if name not in named:
            wrong.append(
                f"CHANGELOG.md: {name} was added, removed or made another kind since {old.version}, and "
                f"the part on {new.version} does not name it; add it there."
            )
    return [*wrong, *_lost(old, new)]


def numbered(version: str) -> Version:
    """Return a version as numbers; raise ValueError when it is none.

    >>> numbered("0.10.2")
    (0, 10, 2)
    """
    parts = version.split(".")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        raise ValueError(
            f"The version is {version!r}; three numbers with points between were expected, like 1.2.0."
        )
    return int(parts[0]), int(parts[1]), int(parts[2])


def since(name: str) -> str:
    """Return the first version that has a term; the coming one when no release has it."""
    return next((release.version for release in releases() if name in release.terms), current().version)


def gone(name: str) -> bool:
    """Tell whether a release had a term that core.ttl no longer has."""
    return any(name in release.terms for release in releases()) and name not in current().terms


def main(arguments: Sequence[str] = ()) -> int:
    """Compare core.ttl with the last release and print what came of it; return 1 when something is wrong.

    With the argument `write`, a release that is in order is written to `releases/`.
    """
    old, new = releases()[-1], current()
    wrong = check(old, new, history.told())
    found = compare(old, new)
    print(
        f"{old.version} -> {new.version}: {found.level} change, {len(found.added)} added, "
        f"{len(found.removed)} removed, {len(found.changed_kind)} of another kind, "
        f"{len(found.changed_axioms)} with other axioms, {len(found.changed_text)} with other texts"
    )
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    if not wrong and "write" in arguments:
        print(write(new))
    return 1 if wrong else 0


def _growth(old: Release, new: Release, found: Comparison) -> list[str]:
    least = _least(numbered(old.version), found.level)
    if numbered(new.version) >= least:
        return []
    causes = [
        *(f"{name} was removed" for name in found.removed),
        *(f"{name} is of another kind" for name in found.changed_kind),
        *(f"{name} was added" for name in found.added),
        *(f"{name} has other axioms" for name in found.changed_axioms),
        *(f"{name} has other texts" for name in found.changed_text),
    ]
    sentence = (
        f"core.ttl: owl:versionInfo is {new.version!r} after {old.version!r}, but this is a {found.level} "
        f"change ({'; '.join(causes) or 'nothing'}); make it {'.'.join(map(str, least))} or later."
    )
    return [sentence]


def _least(version: Version, level: str) -> Version:
    """Return the smallest version that admits a change; before 1.0.0 what breaks raises the second number."""
    major, minor, patch = version
    if level == "major" and major:
        return major + 1, 0, 0
    if level in ("major", "minor"):
        return major, minor + 1, 0
    return (major, minor, patch + 1) if level == "patch" else version


def _lost(old: Release, new: Release) -> list[str]:
    """Hold to it that from 1.0.0 on a term stays as deprecated and says what replaces it."""
    wrong = [
        f"core.ttl: {name} is deprecated and does not say by what it is replaced; add dcterms:isReplacedBy."
        for name, term in new.terms.items()
        if term.deprecated and not term.replaced
    ]
    if numbered(old.version) >= (1, 0, 0):
        wrong += [
            f"core.ttl: {name} was in {old.version} and is gone; keep it with owl:deprecated true and "
            "dcterms:isReplacedBy, so that data written with it can still be read."
            for name in sorted(set(old.terms) - set(new.terms))
        ]
    return wrong


def _term(graph: Graph, node: URIRef) -> Term:
    said = list(graph.predicate_objects(node))
    return Term(
        kinds=tuple(sorted(_short(graph, kind) for kind in graph.objects(node, RDF.type))),
        axioms=tuple(
            sorted(
                f"{_short(graph, predicate)} {_short(graph, value)}"
                for predicate, value in said
                if predicate not in _ASIDE
            )
        ),
        texts=tuple(sorted(_text(predicate, value) for predicate, value in said if predicate in _TEXTS)),
        deprecated=(node, OWL.deprecated, Literal(True)) in graph,
        replaced=graph.value(node, DCTERMS.isReplacedBy) is not None,
    )


def _short(graph: Graph, node: Node) -> str:
    return node.n3(graph.namespace_manager) if isinstance(node, URIRef | Literal) else str(node)


def _text(predicate: Node, value: Node) -> str:
    language = value.language if isinstance(value, Literal) else None
    return f"{str(predicate).replace('#', '/').rpartition('/')[2]}@{language or ''} {value}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
