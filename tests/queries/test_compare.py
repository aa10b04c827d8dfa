"""Comparing: parts by actors and by events, small ones set aside, chance beside, and refusals."""

import networkx as nx
import numpy as np
import pytest

from queries.compare import ALL, CHANCE, HEADER, Comparison, compare
from queries.errors import MeaninglessError, ParameterError, UnknownName
from queries.groups import groups
from queries.measure import run
from queries.network import Network, Row
from queries.network_filters import Filter


def rows(events: int = 60) -> list[Row]:
    """Return events of three actors, of two counties, from 2012 on; a third county has two actors only."""
    random = np.random.default_rng(7)
    found: list[Row] = []
    for event in range(events):
        year = 2012 + event % 12
        for a in random.choice(20, size=3, replace=False):
            county = "Gotland" if a < 2 else ("Kalmar" if a % 2 else "Örebro")
            found.append(
                {
                    "actor": f"a{a:02}",
                    "actorTerritory": county,
                    "actorKind": "company" if a % 3 else "university",
                    "event": f"e{event:02}",
                    "from": f"{year}-01-01",
                    "to": f"{year + 1}-06-30",
                    "eventFund": "ERDF" if event % 2 else "Horizon",
                }
            )
    return found


@pytest.fixture(scope="module")
def network() -> Network:
    return Network.from_rows("x", rows(), "one-mode")


@pytest.fixture(scope="module")
def counties(network: Network) -> Comparison:
    return compare("strength", network, "territory", runs=20)


def test_parts_stand_beside_the_whole_with_intervals(network: Network, counties: Comparison) -> None:
    assert [row.group for row in counties.rows] == [ALL, "Kalmar", "Örebro"]
    whole = counties.rows[0]
    assert (whole.nodes, whole.events, whole.edges) == (20, 60, len(network.sources))
    assert whole.value == pytest.approx(
        float(np.mean([v or 0 for v in run("strength", network).by_id.values()]))
    )
    for row in counties.rows:
        assert row.low is not None
        assert row.high is not None
        assert row.value is not None
        assert row.low <= row.value <= row.high
    assert all(len(row.cells) == len(HEADER) for row in counties.rows)


def test_small_parts_are_set_aside_with_the_reason(counties: Comparison) -> None:
    (aside,) = counties.aside
    assert (aside.group, aside.nodes) == ("Gotland", 2)
    assert aside.reason == "Gotland: it has 2 nodes, and 5 are the least to compare."
    assert any("1 parts are too small" in note.en and "Gotland" in note.en for note in counties.notes)


def test_a_part_is_what_the_filter_keeps(network: Network) -> None:
    for group in groups(network, "territory"):
        same = Filter(territory=group.name).apply(network)
        assert group.network.ids == same.ids
        assert group.network.sources.tolist() == same.sources.tolist()
        assert group.network.counts.tolist() == same.counts.tolist()
        assert group.network.newman is not None
        assert same.newman is not None
        assert group.network.newman.tolist() == same.newman.tolist()
    for group in groups(network, "fund"):
        same = Filter(fund=group.name).apply(network)
        assert [event.id for event in group.network.events] == [event.id for event in same.events]
        assert group.network.counts.tolist() == same.counts.tolist()


def test_events_count_in_every_period_and_year_that_they_run(network: Network) -> None:
    periods = {group.name: len(group.network.events) for group in groups(network, "period")}
    assert periods == {"2007-2013": 10, "2014-2020": 40, "2021-2027": 20}
    years = {group.name: len(group.network.events) for group in groups(network, "year")}
    assert (years["2012"], years["2013"], years["2024"]) == (5, 10, 5)
    assert sum(years.values()) == 120


def test_by_year_the_notes_tell_how_projects_count(network: Network) -> None:
    found = compare("degree", network, "period", fact="edges", runs=20)
    assert any("every year that it runs" in note.en for note in found.notes)
    assert [row.value for row in found.rows] == [row.edges for row in found.rows]


def test_kinds_and_funds_part_too(network: Network) -> None:
    assert [row.group for row in compare("degree", network, "kind", runs=20).rows] == [
        ALL,
        "company",
        "university",
    ]
    assert [row.group for row in compare("degree", network, "fund", runs=20).rows] == [ALL, "ERDF", "Horizon"]


def test_the_whole_against_chance(network: Network) -> None:
    found = compare("constraint", network, "null", runs=20)
    whole, chance = found.rows
    assert (whole.group, chance.group) == (ALL, CHANCE)
    assert whole.chance == chance.value
    assert whole.z is not None
    assert whole.p is not None
    assert "Strona" in found.method
    assert "Efron" in found.method


def test_parts_get_a_z_on_request(network: Network) -> None:
    found = compare("constraint", network, "territory", runs=20, null=True)
    assert all(row.z is not None and row.chance is not None for row in found.rows)


def test_a_few_events_have_a_null_model_but_no_interval() -> None:
    few = Network.from_rows("few", rows(8), "one-mode")
    found = compare("constraint", few, "null", runs=20)
    assert found.rows[0].low is None
    assert any("has no interval: it has 8 events" in note.en for note in found.notes)
    with pytest.raises(MeaninglessError, match="No part of the network 'few' by fund is large enough"):
        compare("constraint", few, "fund", runs=20)


def test_communities_are_compared_by_their_first_fact(network: Network) -> None:
    found = compare("communities", network, "fund", runs=20, parameters={"runs": 2})
    assert found.fact == "communities"
    assert dict(found.parameters)["runs"] == 2


def test_the_same_seed_gives_the_same_rows(network: Network) -> None:
    one, same, other = (compare("degree", network, "fund", runs=20, seed=s).rows for s in (1, 1, 2))
    assert one == same != other


def test_what_cannot_be_compared_is_refused_in_sentences(network: Network) -> None:
    edges = Network.from_networkx(nx.karate_club_graph(), "karate")
    plain = Network.from_rows("plain", [{"actor": f"a{n}", "event": "e"} for n in range(6)], "one-mode")
    with pytest.raises(MeaninglessError, match="has edges only and no events"):
        compare("degree", edges, "territory", runs=20)
    with pytest.raises(MeaninglessError, match="No actor of the network 'plain' has a territory"):
        compare("degree", plain, "territory", runs=20)
    with pytest.raises(MeaninglessError, match="No event of the network 'plain' has dates"):
        compare("degree", plain, "year", runs=20)
    with pytest.raises(UnknownName, match=r"There is no fact of degree 'x'\. There are: components, edges"):
        compare("degree", network, fact="x", runs=20)
    with pytest.raises(ParameterError, match="'by' is 'planet'; expected one of territory"):
        compare("degree", network, "planet", runs=20)  # type: ignore[arg-type]  # from outside it is any text
    weak = Filter(min_weight=2).apply(network)
    with pytest.raises(MeaninglessError, match="lost its weak edges"):
        compare("degree", weak, "territory", runs=20)
