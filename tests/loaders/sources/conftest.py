"""What the tests of the sources share: triples and statements in short form (`county/05`, `ledBy`, text)."""

from collections.abc import Iterable, Iterator

import pytest
from pyoxigraph import Literal, RdfFormat, parse

from graph.iris import Iris
from graph.store import Store
from loaders import run
from ontology.names import BASE

STATEMENT = "statement/"
_KINDS = {"fromDocument": "document", "status": "status", "unknownKind": "unknown"}


@pytest.fixture(scope="session")
def seed_triples() -> set[tuple[str, str, str]]:
    """All that the source `seeds` says."""
    return set(_triples(run.read("seeds", Iris()).lines))


@pytest.fixture(scope="session")
def seed_statements(seed_triples: set[tuple[str, str, str]]) -> list[dict[str, str]]:
    """The statements of the source `seeds`, with their evidence."""
    return _statements(seed_triples)


@pytest.fixture(scope="session")
def all_triples(store: Store) -> set[tuple[str, str, str]]:
    """All that the built store says."""
    return set(_triples(store.lines()))


@pytest.fixture(scope="session")
def all_statements(all_triples: set[tuple[str, str, str]]) -> list[dict[str, str]]:
    """The statements of all sources, with their evidence."""
    return _statements(all_triples)


def _triples(lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    data = "".join(f"{line} .\n" for line in lines).encode()
    for quad in parse(data, format=RdfFormat.N_TRIPLES):
        yield _short(quad.subject), _short(quad.predicate), _short(quad.object)


def _short(term: object) -> str:
    """Return a thing as `kind/key`, a term of a vocabulary as its local name, a literal as its text."""
    value = str(getattr(term, "value", term))
    if isinstance(term, Literal):
        return value
    if value.startswith(f"{BASE}id/"):
        return value.removeprefix(f"{BASE}id/")
    return value.rpartition("#")[2] if "#" in value else value.removeprefix("http://purl.org/dc/terms/")


def _statements(triples: set[tuple[str, str, str]]) -> list[dict[str, str]]:
    """Return what each statement says, without notes; an unknown's object is its kind after a `?`."""
    found: dict[str, dict[str, str]] = {}
    for subject, predicate, value in sorted(triples):
        if subject.startswith(STATEMENT) and predicate not in ("type", "comment"):
            key = "object" if predicate == "unknownKind" else predicate
            said = found.setdefault(subject, {})
            assert key not in said, f"{subject} says two things of {key}"
            short = value.removeprefix(f"{_KINDS.get(predicate)}/")
            said[key] = f"?{short}" if predicate == "unknownKind" else short
    return list(found.values())
