"""The intake of outside files: counts that hold, rejects that tell, and records kept whole or not at all."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.terms import text
from loaders import values as v
from loaders.errors import LayoutError, LoadError, RecordError
from loaders.feed import Balance, Feed, Options, TooManyErrors
from loaders.mapping import Field, Layout, Say, Thing
from loaders.persons import Removals
from loaders.sink import Sink
from loaders.source import Facts, Source
from ontology import names as n

SOURCE = Source("example", "Exempel", "Example", "us", "urn:l", "urn:u", "2026-11-21", {}, outside=True)
LAYOUT = Layout(
    "things",
    (Field("id", "id", v.digits, required=True), Field("name", "name", v.swedish, required=True)),
    (Thing("project/x.{id}", (n.Project,), (Say(n.prefLabel, "name"),)),),
    key=("id",),
    ignored=("note",),
    personal=("person",),
)
PASSED = Layout("links", (), (), marks=("link",))


class Batch:
    """Three records that are no rows."""

    name, sha256, read = "batch.json", "0" * 64, 3

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield them with their lines."""
        yield from ((1, {"id": "a"}), (2, {"id": "a"}), (3, {"id": "bad"}))


def _feed(tmp_path: Path, *contents: str, **options: object) -> Feed:
    inputs = []
    for number, content in enumerate(contents):
        inputs.append(tmp_path / f"{number}.csv")
        inputs[-1].write_text(content, "utf-8")
    given = Options(**options)  # type: ignore[arg-type]  # tests name the options
    return Feed(SOURCE, inputs, Sink(tmp_path / "out.nt"), tmp_path / "rejects.csv", options=given)


def _load(feed: Feed, *layouts: Layout) -> tuple[Balance, list[str], list[dict[str, str]]]:
    """Map the tables; return the balance, the lines said, and the rejects written."""
    with feed.sink as sink:
        feed.tables(*(layouts or (LAYOUT,)))
        feed.close()
        sink.fingerprint()
    folder = feed.inputs[0].parent
    rejects = folder / "rejects.csv"
    written = list(csv.DictReader(StringIO(rejects.read_text("utf-8")))) if rejects.exists() else []
    return feed.result(), (folder / "out.nt").read_text("utf-8").splitlines(), written


def test_every_record_is_loaded_refused_or_a_duplicate(tmp_path: Path) -> None:
    balance, lines, rejects = _load(_feed(tmp_path, "id,name\n1,Ett\nx,Två\n1,Ett\n3,\n4,Fyra\n"))
    assert (balance.read, balance.loaded, balance.rejected, balance.duplicates) == (5, 2, 2, 1)
    assert len(lines) == 4
    assert [(r["file"], r["line"], r["field"], r["value"], r["record"]) for r in rejects] == [
        ("0.csv", "3", "id", "x", "x,Två"),
        ("0.csv", "5", "name", "", "3,"),
    ]


def test_a_balance_that_lost_a_record_is_told() -> None:
    with pytest.raises(LoadError, match="a record got lost"):
        Balance(read=2, loaded=1).hold()


def test_more_refusals_than_allowed_are_an_error(tmp_path: Path) -> None:
    feed = _feed(tmp_path, "id,name\nx,Ett\ny,Två\n", max_errors=1)
    with pytest.raises(TooManyErrors, match="2 of 2 records were refused, more than the 1 that are allowed"):
        _load(feed)


def test_columns_that_nothing_is_known_of_are_told(tmp_path: Path) -> None:
    balance, _, _ = _load(_feed(tmp_path, "id,name,note,new\n1,Ett,a,b\n"))
    assert dict(balance.unmapped) == {"0.csv: new": 1}


def test_what_tells_of_persons_is_dropped_counted_and_not_shown(tmp_path: Path) -> None:
    balance, lines, rejects = _load(_feed(tmp_path, 'id,name,person\n1,Ett,Namn\nx,Två,Namn\n4,"a,Namn\n'))
    assert balance.personal == 2
    assert balance.rejected == 2
    assert "Namn" not in "".join(lines) + str(rejects)


def test_a_table_is_passed_over_by_name(tmp_path: Path) -> None:
    balance, lines, _ = _load(_feed(tmp_path, "id,name\n1,Ett\n", "link,x\nhttp,y\n"), LAYOUT, PASSED)
    assert (balance.read, len(lines)) == (1, 2)
    assert balance.forms["1.csv"] == "links, passed over"


def test_a_table_that_fits_no_layout_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match=r"0.csv: its columns fit no layout of this source. Found: a, b"):
        _load(_feed(tmp_path, "a,b\n1,2\n"))


def test_a_record_on_the_removal_list_stays_out(tmp_path: Path) -> None:
    listed = tmp_path / "removals.csv"
    Removals.read(listed).add(listed, "example", "1", "2026-11-21", "asked for")
    balance, lines, rejects = _load(_feed(tmp_path, "id,name\n1,Ett\n2,Två\n", removals=listed))
    assert (balance.loaded, balance.left_out) == (1, 1)
    assert "Ett" not in "".join(lines) + str(rejects)


def test_columns_can_be_looked_at_before(tmp_path: Path) -> None:
    feed = _feed(tmp_path, "id,name\n1,Ett\n", "other,one\n1,2\n")
    assert list(feed.peek("name", "id")) == [("Ett", "1")]
    feed.sink.__exit__(None, None, None)


def test_records_that_are_no_rows_go_the_same_way(tmp_path: Path) -> None:
    def handle(record: dict[str, str], facts: Facts) -> None:
        facts.a(facts.iris.thing("project", record["id"]), n.Project)
        facts.add(facts.iris.thing("project", record["id"]), n.prefLabel, text(record["id"], "sv"))
        if record["id"] == "bad":
            raise RecordError("id", "bad", "no good")

    feed = _feed(tmp_path, "")
    with feed.sink:
        feed.records(Batch(), lambda record: record["id"], handle)
        feed.close()
    balance = feed.result()
    assert (balance.read, balance.loaded, balance.rejected, balance.duplicates) == (3, 1, 1, 1)
    assert feed.counts == {"Project": 1}
    assert feed.files == {"batch.json": "0" * 64}
    assert "bad" not in (tmp_path / "out.nt").read_text("utf-8")


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    _load(_feed(tmp_path, "id,name\nx,Ett\n2,Två\n", tell=lambda *counts: told.append(counts)))
    assert told[-1] == (2, 1)


ROWS = st.lists(st.tuples(st.integers(0, 30).map(str), st.sampled_from(["Ett", "Två", ""])), max_size=30)


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ROWS)
def test_reading_twice_says_the_same_and_the_balance_holds(
    tmp_path: Path, rows: list[tuple[str, str]]
) -> None:
    content = "id,name\n" + "".join(f"{key},{name}\n" for key, name in rows)
    first, second = _load(_feed(tmp_path, content)), _load(_feed(tmp_path, content, content))
    assert set(first[1]) == set(second[1])
    assert second[0].read == 2 * first[0].read == 2 * len(rows)
