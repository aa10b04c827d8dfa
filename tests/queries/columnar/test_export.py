"""The Parquet files of a network: their columns, as the documents tell them; what is not overwritten."""

import json
import re
from pathlib import Path

import duckdb
import pytest

from graph.store import Store
from queries import catalogue, network_reading
from queries.columnar import export
from queries.errors import ParameterError
from tests.queries import classics
from tests.queries.columnar.conftest import dated

ROOT = Path(__file__).parent.parent.parent.parent


def rows(folder: Path, table: str) -> list[tuple[object, ...]]:
    order = "ALL" if table != "participations" else "actor, event"
    files = str(folder / table / "**" / "*.parquet")
    return duckdb.read_parquet(files, hive_partitioning=True).order(order).fetchall()


def test_a_network_is_nodes_events_and_participations_by_year(tmp_path: Path) -> None:
    found = export.write(tmp_path / "export", dated())
    assert found.tables == ("nodes", "events", "participations")
    assert sorted(path.name for path in (tmp_path / "export" / "participations").iterdir()) == [
        *("year=0", "year=2008", "year=2015", "year=2022", "year=2023")
    ]
    assert rows(found.folder, "nodes")[0] == (0, "a", "Aktör åa 'x'", "company", "Y", "actor")
    assert rows(found.folder, "participations")[0] == (0, 0, "partner", None, 2008)
    event = ("p", "p", None, "2008-02-01", "2010-01-31", 2008, 2010, None, None, 1000.0, "EUR", 1.0)
    assert rows(found.folder, "events")[0] == (0, *event)
    assert export.read(found.folder) == found


def test_ties_from_a_store_are_the_same_export_as_its_network(store: Store, tmp_path: Path) -> None:
    query = catalogue.network("organisations")
    one = export.write(tmp_path / "network", network_reading.read(store, query, snapshot="s"))
    other = export.write_ties(
        tmp_path / "ties", "organisations", network_reading.ties(store, query), snapshot="s"
    )
    assert other.manifest == one.manifest
    for table in one.tables:
        assert rows(other.folder, table) == rows(one.folder, table)


@pytest.mark.parametrize("table", export.COLUMNS)
def test_every_column_is_in_the_documents_with_its_type(table: str, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "large-networks.md").read_text("utf-8")
    told = re.search(rf"^\*\*{table}\*\*, .*?(?=^\*\*|^Any tool)", text, re.MULTILINE | re.DOTALL)
    assert told, table
    for column, kind in export.COLUMNS[table].items():
        assert f"`{column}` {kind}" in told[0]
    network = classics.davis_two_mode() if table == "edges" else dated()
    folder = export.write(tmp_path / "export", network).folder / table
    found = duckdb.read_parquet(str(folder / "**" / "*.parquet"), hive_partitioning=False)
    kinds = dict(zip(found.columns, map(str, found.types), strict=True))
    assert kinds == {name: kind for name, kind in export.COLUMNS[table].items() if name != "year"}


def test_an_export_is_replaced_whole_and_nothing_else_is(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    export.write(folder, classics.karate())
    (folder / "work").mkdir()
    export.write(folder, classics.davis())
    assert not (folder / "work").exists()
    assert not (folder / "edges").exists()
    other = tmp_path / "mine"
    other.mkdir()
    (other / "letter.txt").write_text("keep", "utf-8")
    with pytest.raises(ParameterError, match="mine is there and no export of ours"):
        export.write(other, classics.davis())
    assert (other / "letter.txt").read_text("utf-8") == "keep"


def test_what_is_no_export_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"has no manifest\.json of an export \(FileNotFoundError\)"):
        export.read(tmp_path)
    export.write(tmp_path / "export", classics.davis())
    manifest = tmp_path / "export" / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text("utf-8")) | {"version": 9}), "utf-8")
    with pytest.raises(ParameterError, match="is an export of version 9; expected 1: export it anew"):
        export.read(tmp_path / "export")
    manifest.write_text("[]", "utf-8")
    with pytest.raises(ParameterError, match="write one with: samspel export parquet DIR"):
        export.read(tmp_path / "export")
