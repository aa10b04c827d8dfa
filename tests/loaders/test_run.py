"""Sources are found by convention, read whole, and put each into its own graph."""

import shutil
from collections import defaultdict
from dataclasses import fields, replace
from pathlib import Path

import pytest

from graph.generations import Home
from graph.iris import Iris
from graph.terms import day, iri
from loaders import run
from loaders.errors import LoadError, UnknownSource
from loaders.source import SNAPSHOTS
from loaders.sources import sweden
from ontology import names as n

NAMES = sorted(run.sources())
OUTSIDE = sorted(run.outside())


def test_every_file_of_the_folder_is_a_source() -> None:
    folder = Path(run.__file__).parent / "sources"
    assert sorted(path.stem for path in folder.glob("[!_]*.py")) == sorted(run.every())
    assert sorted(NAMES + OUTSIDE) == sorted(run.every())
    assert sorted(path.name for path in SNAPSHOTS.iterdir() if path.is_dir()) == NAMES


@pytest.mark.parametrize("name", NAMES + OUTSIDE)
def test_a_source_declares_itself_in_full(name: str) -> None:
    source = run.every()[name]
    free = {"at_most", "download", "outside", *(["layout"] if name in NAMES else [])}
    assert source.name == name
    assert all(getattr(source, field.name) for field in fields(source) if field.name not in free)
    assert source.at_least and all(bound > 0 for bound in source.at_least.values())
    assert all(source.at_least.get(kind, 0) <= bound for kind, bound in source.at_most.items())
    assert day(source.as_of)
    assert iri(source.licence).startswith("<http")
    assert iri(source.url).startswith("<http")


@pytest.mark.parametrize("name", NAMES + OUTSIDE)
def test_bounds_speak_of_classes_that_there_are(name: str) -> None:
    source = run.every()[name]
    for kind in (*source.at_least, *source.at_most):
        assert getattr(n, kind) in (n.SAMSPEL + kind, n.SKOS + kind)


@pytest.mark.parametrize("name", NAMES)
def test_a_source_is_read_whole_and_the_same_twice(name: str) -> None:
    first, second = run.read(name, Iris()), run.read(name, Iris())
    assert first.rejects == ()
    assert first.lines == second.lines
    assert set(first.files) == {path.name for path in (SNAPSHOTS / name).iterdir()}


@pytest.mark.parametrize("name", NAMES)
def test_notes_are_said_once_in_swedish_and_once_in_english(name: str) -> None:
    mark, notes = f" <{n.comment}> ", defaultdict(list)
    for line in run.read(name, Iris()).lines:
        subject, said, value = line.partition(mark)
        if said and subject.startswith(f"<{n.BASE}id/statement/"):
            notes[subject].append(value)
    assert notes
    for subject, said_of_it in notes.items():
        found = sorted((value[-3:], value[:-3]) for value in said_of_it)
        assert [language for language, _ in found] == ["@en", "@sv"], (subject, said_of_it)
        assert found[0][1] != found[1][1], (subject, said_of_it)


def test_an_unknown_source_is_told_with_those_that_there_are() -> None:
    with pytest.raises(UnknownSource) as told:
        run.read("sweeden", Iris())
    assert str(told.value) == f"There is no source 'sweeden'; there are {', '.join(NAMES)}."


@pytest.fixture
def snapshots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the snapshots that a test may spoil."""
    shutil.copytree(SNAPSHOTS, tmp_path / "snapshots")
    monkeypatch.setattr(run, "SNAPSHOTS", tmp_path / "snapshots")
    return tmp_path / "snapshots"


def test_a_bundled_source_with_a_reject_fails_and_tells_the_line(snapshots: Path) -> None:
    path = snapshots / "seeds" / "facts.csv"
    content = path.read_text("utf-8")
    path.write_text(content.replace(",2024-04-01,004,26,", ",2024-04-31,004,26,"), "utf-8")
    number = content[: content.index(",2024-04-01,004,26,")].count("\n") + 1
    with pytest.raises(LoadError) as told:
        run.read("seeds", Iris())
    assert str(told.value).startswith(
        "Source 'seeds' is bundled and must load whole; 1 records were refused:\n"
    )
    assert f"  facts.csv:{number}: " in str(told.value)
    assert "'2024-04-31' is not a day" in str(told.value)


@pytest.mark.parametrize("column", ["subject", "document", "note_sv", "note_en"])
def test_a_bundled_source_without_a_column_fails(snapshots: Path, column: str) -> None:
    path = snapshots / "seeds" / "facts.csv"
    path.write_text(path.read_text("utf-8").replace(column, f"{column}_new", 1), "utf-8")
    with pytest.raises(LoadError, match=rf"facts\.csv.*column.*'{column}"):
        run.read("seeds", Iris())


def test_a_module_that_names_itself_otherwise_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweden, "SOURCE", replace(sweden.SOURCE, name="norway"))
    with pytest.raises(LoadError, match=r"loaders/sources/sweden\.py declares the name 'norway'\."):
        run.sources()


def test_each_source_is_put_into_its_own_graph(tmp_path: Path) -> None:
    home, read = Home(tmp_path / "store"), [run.read(name, Iris()) for name in ("sweden", "seeds")]
    with home.draft() as draft:
        run.put(draft, read, Iris())
    store = home.open()
    assert store.graphs() == (f"{n.BASE}graph/seeds", f"{n.BASE}graph/sweden")
    assert {graph: len(store.lines(graph)) for graph in store.graphs()} == {
        f"{n.BASE}graph/{loaded.source.name}": len(loaded.lines) for loaded in read
    }


def test_loading_twice_is_loading_once(tmp_path: Path) -> None:
    home = Home(tmp_path / "store")
    for _ in range(2):
        with home.draft() as draft:
            run.put(draft, [run.read("sweden", Iris())], Iris())
    assert home.current() == 1


def test_an_origin_says_what_was_read() -> None:
    loaded = run.read("sweden", Iris())
    origin = run.origin(loaded)
    assert (origin.graph, origin.read, origin.rejected) == ("sweden", loaded.read, 0)
    assert (origin.triples, origin.files) == (len(loaded.lines), loaded.files)
    assert (origin.licence, origin.as_of) == (loaded.source.licence, loaded.source.as_of)
