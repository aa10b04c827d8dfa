"""What the tests of the sources share: triples and statements in short form (`county/05`, `ledBy`, text)."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, RdfFormat, parse

from graph.iris import Iris
from graph.store import Store
from loaders import run
from loaders.errors import BoundsError
from loaders.source import SNAPSHOTS, Intake
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


@pytest.fixture
def spoilt(tmp_path: Path) -> Callable[[str, str, str, str], tuple[list[str], str]]:
    """Spoil one place of a snapshot: what is then set aside, and what the bounds say of it."""

    def spoil(source: str, file: str, old: str, new: str) -> tuple[list[str], str]:
        module = run.sources()[source]
        folder = Path(shutil.copytree(SNAPSHOTS / source, tmp_path / source))
        content = (folder / file).read_text(encoding="utf-8")
        mark = "\n" if old[0].isdigit() else ""  # a code stands at the beginning of its line
        assert content.count(mark + old) == 1
        (folder / file).write_text(content.replace(mark + old, mark + new), encoding="utf-8")
        unbounded = Intake(replace(module.SOURCE, at_least={}, at_most={}), folder)
        module.load(unbounded)
        bounded = Intake(module.SOURCE, folder)
        module.load(bounded)
        with pytest.raises(BoundsError) as error:
            bounded.result()
        return [str(reject) for reject in unbounded.result().rejects], str(error.value)

    return spoil
