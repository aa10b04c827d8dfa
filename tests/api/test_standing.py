"""What stands ready beside a generation is what would be made anew, and is read from there."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from api import ahead, answers_kept, asking, county_partners, panels, panels_kept, standing, things
from api.settings import Settings
from api.snapshot import Snapshot, open_snapshot
from api.things import Thing
from graph.asked import Asked
from graph.generations import Home
from ontology import names as n
from ontology.names import BASE
from queries import catalogue, matrix_ask
from queries.answer import ask
from queries.panels import of

COUNTY = f"{BASE}id/county/05"


def opened(home: Home) -> Snapshot:
    return open_snapshot(Settings(store=home.folder)).get()


def read(snapshot: Snapshot, iri: str) -> Thing:
    return things.read(snapshot.store, iri)


@pytest.fixture(scope="module")
def ready(built: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A copy of the built store with all that stands ready beside it; made once, as no test changes it."""
    home = Home(Path(shutil.copytree(built.folder, tmp_path_factory.mktemp("ready") / "store")))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ahead, "SMALL", 0)
        standing.make_ready(opened(home), f"{BASE}id/")
    return home


@pytest.fixture
def large(ready: Home, monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    """A snapshot that is as if it were large, with all that stands ready beside it."""
    monkeypatch.setattr(ahead, "SMALL", 0)
    return opened(ready)


def test_panels_of_counties_and_hubs_are_read_from_beside(
    large: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    thing = read(large, COUNTY)
    made = panels.made(large.store, COUNTY, thing.iris(n.type_))
    assert len(made) > 3 and any(each.rows.rows for each in made)
    with monkeypatch.context() as patched:
        for each in (Asked, type(large.store)):
            patched.delattr(each, "run", raising=False)
        assert panels_kept.read(large, thing) == made


def test_panels_are_read_from_beside_at_the_addresses_of_their_queries_too(
    large: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hubs = panels_kept.hubs(large.store)
    asked = [(each.query, {"thing": iri}) for iri, classes in hubs.items() for each in of(classes)]
    made = [(query, given, ask(large.store, query, given)) for query, given in asked]
    assert len(hubs) > 25 and len(made) > 200 and any(len(each.rows.rows) > panels.SHOWN for *_, each in made)
    monkeypatch.delattr(answers_kept, "ask")
    for query, given, answer in made:
        assert answers_kept.answer(large, query, given) == answer, (query.name, given)


def test_partners_of_counties_are_read_from_beside(large: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    made = county_partners._made(large, "Östergötlands län")
    with monkeypatch.context() as patched:
        patched.delattr(county_partners, "_made")
        assert county_partners.partners(large, "Östergötlands län") == made


def test_panels_of_what_little_points_to_are_not_kept(large: Snapshot) -> None:
    assert large.beside is not None
    before = set(large.beside.iterdir())
    thing = read(large, f"{BASE}id/project/skiss")
    assert sum(thing.incoming.values()) < panels_kept.MANY
    assert panels_kept.read(large, thing) == panels.made(large.store, thing.iri, thing.iris(n.type_))
    partners, given = catalogue.query("project-partners"), {"thing": thing.iri}
    assert answers_kept.answer(large, partners, given) == ask(large.store, partners, given)
    assert set(large.beside.iterdir()) == before


def test_answers_are_read_from_beside_with_their_terms(
    large: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = {name: ask(large.store, catalogue.query(name)) for name in answers_kept.KEPT}
    monkeypatch.delattr(answers_kept, "ask")
    for name, answer in made.items():
        assert answers_kept.answer(large, catalogue.query(name), {}) == answer, name
    assert sum(bool(answer.rows.rows) for answer in made.values()) > 0.9 * len(made)


def test_answers_are_kept_for_choices_and_not_for_values_without_end(
    large: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert large.beside is not None
    before = set(large.beside.iterdir())
    other = {"of": "https://w3id.org/samspel/ontology#Project"}
    assert answers_kept.answer(large, catalogue.query("thing-hubs"), other).parameters == other
    assert answers_kept.answer(large, catalogue.query("cq03"), {"level": "all"}).rows.rows
    assert set(large.beside.iterdir()) == before
    made = ask(large.store, catalogue.query("cq18"), {"level": "all"})
    monkeypatch.delattr(answers_kept, "ask")
    assert answers_kept.answer(large, catalogue.query("cq18"), {"level": "all"}) == made


def test_matrices_as_they_stand_are_ready(large: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    made = {name: matrix_ask.read(large.store, name) for name in catalogue.matrices()}
    for each in (Asked, type(large.store)):
        monkeypatch.delattr(each, "run", raising=False)
    assert all(asking.matrix(large, name, {}).areas == each.areas for name, each in made.items())


def test_matrices_are_read_from_beside_with_each_of_their_choices(
    large: Snapshot, ready: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [(name, given) for name, each in catalogue.matrices().items() for given in each.choices()]
    made = [matrix_ask.read(large.store, name, given, large.version) for name, given in asked]
    assert len(asked) > 40 and any(each.values.any() for each in made)
    for name, given in asked:
        asking.matrix(large, name, given)  # what does not stand ready is kept by who asks first
    again = opened(ready)
    for patched in (Asked, type(again.store)):
        monkeypatch.delattr(patched, "run", raising=False)
    for (name, given), matrix in zip(asked, made, strict=True):
        found = asking.matrix(again, name, given)
        assert (found.regions, found.areas, found.unit) == (matrix.regions, matrix.areas, matrix.unit)
        for part in ("values", "projects", "declared"):
            assert np.array_equal(getattr(found, part), getattr(matrix, part)), (name, given, part)
