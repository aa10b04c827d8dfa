"""Overlap and gap of priorities, leverage and entry: by hand, and what is refused."""

import pytest

from graph.store import Store
from queries import matrix_ask
from queries.errors import MeaninglessError
from queries.matrix import Matrix, Row
from queries.matrix_measure import MatrixResult, run


def declared(*told: str) -> list[Row]:
    """Make rows of texts such as `n x 1`: region, area, the priority that is mapped to it."""
    columns = ("region", "area", "thing")
    return [{**dict(zip(columns, one.split(), strict=True)), "unit": "declarations"} for one in told]


def facts(found: MatrixResult) -> dict[str, float]:
    return {fact.name: fact.value for fact in found.facts}


def test_overlap_by_hand() -> None:
    # n has x (two priorities) and y, s has y and z: one of three in common; cosine 1 / (sqrt(5) sqrt(2))
    found = run(
        "priority_overlap", Matrix.from_rows("m", declared("n x 1", "n x 2", "n y 3", "s y 4", "s z 5"))
    )
    (row,) = found.rows
    assert list(row[4:6]) == pytest.approx([1 / 3, 1 / 10**0.5])
    assert row[6:] == (1, 2, 2)


def test_who_has_declared_nothing_is_left_out_and_counted() -> None:
    rows = [*declared("n x 1", "s x 2"), {"region": "o"}]
    found = run("priority_overlap", Matrix.from_rows("m", rows))
    assert [row[:5:2] for row in found.rows] == [("n", "s", 1.0)]
    assert any(note.en.startswith("1 regions without declared (mapped) areas") for note in found.notes)


def test_names_of_ones_own_overlap_nowhere_and_are_refused(store: Store) -> None:
    with pytest.raises(
        MeaninglessError, match=r"each area is declared by one region only.*concepts-declared"
    ):
        run("priority_overlap", matrix_ask.read(store, "declared-areas"))
    found = run("priority_overlap", matrix_ask.read(store, "concepts-declared"))
    assert found.rows and all(0 <= float(row[4] or 0) <= 1 for row in found.rows)


@pytest.mark.parametrize("name", ["eci", "tci", "fitness", "diversification"])
def test_complexity_of_the_declared_areas_of_the_bundled_sources_is_refused(store: Store, name: str) -> None:
    given = matrix_ask.read(store, "declared-areas")
    with pytest.raises(
        MeaninglessError,
        match=rf"each of the {len(given.areas)} areas is named by one region only: the "
        rf"{len(given.regions)} regions are not connected",
    ):
        run(name, given)


def gap() -> Matrix:
    """Return two regions that have declared something, one that has not, and one without projects."""
    return Matrix.from_array(
        "m",
        [[6, 4, 0], [0, 10, 0], [3, 3, 3], [0, 0, 0]],
        declared=[[True, False, True], [False, True, False], [False] * 3, [True, False, False]],
    )


def test_gap_by_hand() -> None:
    found = run("priority_gap", gap(), min_cell=3)
    rows = {(row[0], row[2]): row[4:] for row in found.rows}
    assert rows["r1", "a1"][1:] == ("both", 6, 0.6)
    assert rows["r1", "a2"][1:] == ("orphan projects", 4, 0.4)
    assert [rows["r1", area][0] for area in ("a1", "a2")] == pytest.approx([0.1, 0.4])
    assert rows["r1", "a3"] == (-0.5, "orphan priority", 0, 0.0)
    assert rows["r2", "a2"] == (0.0, "both", 10, 1.0)
    assert len(rows) == 4
    assert facts(found) == {"orphan_priorities": 1, "orphan_projects": 1}
    assert any(
        note.en.startswith("2 regions without declared areas or without projects") for note in found.notes
    )
    # declared, orphan priorities, share outside, distance = (0.1 + 0.4 + 0.5) / 2
    table = {row[0]: row[2:] for row in found.tables[0].rows}
    assert list(table["r1"]) == pytest.approx([2, 1, 0.4, 0.5])
    assert table["r2"] == (1, 0, 0.0, 0.0)


def test_few_undeclared_projects_are_no_orphans() -> None:
    assert facts(run("priority_gap", gap(), min_cell=5))["orphan_projects"] == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (Matrix.from_array("m", [[5, 5]]), "the matrix 'm' holds no declared areas"),
        (Matrix.from_rows("m", declared("n x 1")), "the matrix 'm' holds no projects"),
        (
            Matrix.from_array("m", [[5, 0], [0, 0]], declared=[[False, False], [True, False]]),
            "no region has both",
        ),
    ],
    ids=["nothing declared", "no projects", "never both"],
)
def test_a_gap_needs_both(given: Matrix, said: str) -> None:
    with pytest.raises(MeaninglessError, match=said):
        run("priority_gap", given)


def paid(region: str, thing: str, value: str, part: str | None, day: str = "2015-01-01") -> Row:
    return {
        "region": region,
        "area": "eruf",
        "thing": thing,
        "value": value,
        "paid": part,
        "unit": "SEK",
        "from": day,
    }


def test_leverage_divides_sums_and_leaves_unknown_parts_out() -> None:
    rows = [paid("n", "p", "100", "50"), paid("n", "q", "300", "50"), paid("n", "r", "900", None)]
    found = run("leverage", Matrix.from_rows("m", rows), min_cell=1)
    assert [row[4:] for row in found.rows] == [(3.0, 0.25, 400.0, 100.0, 2)]
    assert facts(found) == {"rate": 0.25}


def test_leverage_by_fund_and_period_counts_a_project_of_two_regions_once() -> None:
    rows = [paid(region, "p", "100", "40") for region in "ns"] + [paid("n", "q", "10", "5", "2022")]
    found = run("leverage", Matrix.from_rows("m", rows), min_cell=1)
    told = {row[2]: row[3:] for row in found.tables[0].rows}
    assert list(told["all"]) == pytest.approx([65 / 45, 45 / 110, 110, 45, 2])
    assert (told["2014-2020"][2:], told["2021-2027"][2:]) == ((100.0, 40.0, 1), (10.0, 5.0, 1))


def test_few_projects_have_no_leverage() -> None:
    found = run("leverage", Matrix.from_rows("m", [paid("n", "p", "100", "50")]))
    assert [row[4:] for row in found.rows] == [(None, None, None, None, 1)]
    assert found.facts == ()


def test_leverage_needs_both_amounts() -> None:
    with pytest.raises(MeaninglessError, match=r"needs the total and the EU's part .* county-funds"):
        run("leverage", Matrix.from_rows("m", [paid("n", "p", "100", None)]))


def test_entry_by_hand() -> None:
    # Before: n x y, s y z. After: n y z, s y z: n took up z and left x; of the two that lacked something,
    # z of n and x of s, z was taken up
    told = {"2008": ("n x", "n y", "s y", "s z"), "2015": ("n y", "n z", "s y", "s z")}
    rows: list[Row] = [
        {"region": one.split()[0], "area": one.split()[1], "from": day, "thing": f"{one} {day}"}
        for day, ones in told.items()
        for one in ones
    ]
    found = run("entry", Matrix.from_rows("m", rows), presence="any", min_cell=1)
    assert {row[0]: row[2:] for row in found.rows} == {
        "n": ("2014-2020", 1, 1, 1, 1.0),
        "s": ("2014-2020", 0, 0, 2, 0.0),
    }
    # phi: x-y 1/2, y-z 1/2; of z the region n had all that it is related to (y), as s had of x
    assert found.tables[0].rows == (("2007-2013", "2014-2020", 1, 100.0, 1, 100.0),)


def test_the_rate_of_entry_is_a_share_of_what_a_region_lacked() -> None:
    told = {"2008": {"n": "x", "s": "xyz"}, "2015": {"n": "xy", "s": "z"}}
    rows: list[Row] = [
        {"region": region, "area": area, "from": day, "thing": f"{region}{area}{day}"}
        for day, regions in told.items()
        for region, areas in regions.items()
        for area in areas
    ]
    found = run("entry", Matrix.from_rows("m", rows), presence="any", min_cell=1)
    assert found.header == ("region", "regionLabel", "period", "entry", "exit", "kept", "rate")
    assert {row[0]: row[3:] for row in found.rows} == {"n": (1, 0, 1, 0.5), "s": (0, 2, 1, None)}
    header = "from to entered densityEntered stayedEmpty densityStayedEmpty"
    assert found.tables[0].header == tuple(header.split())


def test_entry_needs_two_periods() -> None:
    with pytest.raises(MeaninglessError, match="compares periods; the matrix 'm' has 2014-2020"):
        run("entry", Matrix.from_rows("m", [paid("n", "p", "100", "50")]))
