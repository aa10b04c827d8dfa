"""Releases: whole or not at all, the same bytes for the same facts, and what changed since the last one."""

import gzip
import hashlib
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from graph import withdrawn
from graph.errors import StoreDamaged
from graph.generations import Home
from graph.releases import Described, Release, Releases
from graph.thing_lists import Counts

GRAPH = "https://w3id.org/samspel/graph/seeds"
THING = "https://w3id.org/samspel/id/project/"
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
BASES = ("https://w3id.org/samspel/",)
Publish = Callable[..., tuple[Release, bool]]


def _hold(home: Home, **values: str) -> None:
    """Put things, each with one value, into the store."""
    with home.draft() as draft:
        draft.replace(GRAPH, [f'<{THING}{key}> <https://e.org/p> "{value}"' for key, value in values.items()])


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "store")
    _hold(home, a="1", b="1")
    return home


def _publish(home: Home, now: datetime = NOON, force: bool = False) -> tuple[Release, bool]:
    described = {GRAPH: Described(licence="https://e.org/licence")}
    return Releases(home.folder).publish(
        home, now, lambda _: described, BASES, {"e": "https://e.org/"}, force
    )


def _content(home: Home, version: str) -> dict[str, str]:
    folder = home.folder / "releases" / version
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_a_release_holds_the_facts_in_three_forms(home: Home) -> None:
    release, new = _publish(home)
    assert (release.version, new, release.triples, release.changes) == ("2026-11-28", True, 2, None)
    folder = home.folder / "releases" / "2026-11-28"
    for name in ("samspel", "seeds"):
        quads = {}
        for ending, form in (("nq", RdfFormat.N_QUADS), ("trig", RdfFormat.TRIG), ("ttl", RdfFormat.TURTLE)):
            with gzip.open(folder / f"{name}.{ending}.gz") as file:
                quads[ending] = set(parse(file.read(), format=form))
        assert quads["nq"] == quads["trig"]
        assert {quad.graph_name.value for quad in quads["nq"]} == {GRAPH}
        assert {q.triple for q in quads["nq"]} == {q.triple for q in quads["ttl"]}
        assert len(quads["nq"]) == 2


def test_every_file_is_in_the_checksums(home: Home) -> None:
    _publish(home)
    found = _content(home, "2026-11-28")
    sums = (home.folder / "releases" / "2026-11-28" / "SHA256SUMS").read_text().splitlines()
    told = {name: digest for digest, name in (line.split("  ") for line in sums)}
    assert told == {name: digest for name, digest in found.items() if name != "SHA256SUMS"}


def test_the_same_facts_give_the_same_bytes(home: Home) -> None:
    _publish(home)
    _publish(home, force=True)
    first, second = _content(home, "2026-11-28"), _content(home, "2026-11-28.2")
    differ = {name for name in second if first.get(name) != second[name]}
    assert differ == {"release.json", "SHA256SUMS", "changes.txt.gz"}


def test_without_a_change_there_is_no_release(home: Home) -> None:
    first, _ = _publish(home)
    again, new = _publish(home, datetime(2026, 12, 1, tzinfo=UTC))
    assert (again, new) == (first, False)
    assert Releases(home.folder).versions() == ["2026-11-28"]


def test_versions_are_sorted_by_day_and_number_and_never_go_back(home: Home) -> None:
    for _ in range(11):
        _publish(home, force=True)
    late, _ = _publish(home, datetime(2026, 11, 1, tzinfo=UTC), force=True)
    assert late.version == "2026-11-28.12"
    assert Releases(home.folder).versions()[:3] == ["2026-11-28.12", "2026-11-28.11", "2026-11-28.10"]
    assert Releases(home.folder).versions()[-2:] == ["2026-11-28.2", "2026-11-28"]


def test_changes_are_told_and_what_is_gone_is_withdrawn_until_it_returns(home: Home) -> None:
    _publish(home)
    _hold(home, b="2", c="1")
    second, _ = _publish(home, datetime(2026, 11, 29, tzinfo=UTC))
    counts = Counts(added=1, removed=1, changed=1)
    assert second.changes == {"samspel": counts, "seeds": counts}
    folder = home.folder / "releases"
    with gzip.open(folder / second.version / "changes.txt.gz", "rt") as file:
        assert f"seeds removed <{THING}a>\n" in file.readlines()
    assert (folder / "withdrawn.csv").read_text() == (
        f"iri,last_version,withdrawn\n{THING}a,2026-11-28,2026-11-29\n"
    )
    _hold(home, a="1", b="2")
    _publish(home, datetime(2026, 11, 30, tzinfo=UTC))
    assert list(withdrawn.read(folder / "withdrawn.csv")) == [
        withdrawn.Withdrawn(f"{THING}c", "2026-11-29", "2026-11-30")
    ]


def test_old_generations_need_not_exist(home: Home) -> None:
    _publish(home)
    for number in range(5):
        _hold(home, a=str(number))
    release, _ = _publish(home, datetime(2026, 11, 29, tzinfo=UTC))
    assert release.changes is not None
    assert release.changes["seeds"] == Counts(removed=1, changed=1)


@pytest.mark.parametrize(
    ("version", "name"),
    [
        ("..", "CURRENT"),
        ("2026-11-28", "../../CURRENT"),
        ("2026-11-28", ".hidden"),
        ("2026-11-28", ".."),
        ("2026-11-28", "nothing.nq.gz"),
        ("2026-11-28", "link"),
        ("2026-11-28.1", "release.json"),
        ("2026-11-28\n", "release.json"),
        ("2026-11-28", "release.json\n"),
        ("2026-11-28", ""),
    ],
)
def test_no_name_leads_out_of_a_release(home: Home, version: str, name: str) -> None:
    _publish(home)
    (home.folder / "releases" / "2026-11-28" / "link").symlink_to(home.folder / "CURRENT")
    assert Releases(home.folder).file(version, name) is None


def test_a_broken_record_is_told_of(home: Home) -> None:
    _publish(home)
    (home.folder / "releases" / "2026-11-28" / "release.json").write_text("{}")
    with pytest.raises(StoreDamaged, match="the record of a release was expected"):
        Releases(home.folder).newest()


_KILLED = """
import sys
from collections import UserDict
from datetime import UTC, datetime
from pathlib import Path
from graph.generations import Home
from graph.releases import Releases

class Prefixes(UserDict):
    def keys(self):
        print("writing", flush=True)
        sys.stdin.read()
        return super().keys()

home = Home(Path(sys.argv[1]))
Releases(home.folder).publish(home, datetime.now(UTC), lambda _: {}, (), Prefixes(e="https://e.org/"))
"""


def test_a_kill_leaves_nothing_half(home: Home) -> None:
    command = [sys.executable, "-c", _KILLED, str(home.folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        process.send_signal(signal.SIGKILL)
    folder = home.folder / "releases"
    (left,) = folder.iterdir()
    assert left.name.startswith(".")
    assert any(left.iterdir())
    assert Releases(home.folder).newest() is None
    _publish(home)
    assert sorted(path.name for path in folder.iterdir()) == ["2026-11-28", "withdrawn.csv"]


def test_a_list_that_a_kill_left_old_is_mended(home: Home) -> None:
    _publish(home)
    listed = home.folder / "releases" / "withdrawn.csv"
    whole = listed.read_text()
    listed.write_text("iri,last_version,withdrawn\nhttps://e.org/x,1,2\n")
    _publish(home)
    assert listed.read_text() == whole
