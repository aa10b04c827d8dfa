"""Measures of groups and structure: values of the literature, by hand, by brute force, and planted."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from graph.store import Store
from queries import catalogue
from queries.errors import MeaninglessError
from queries.measure import MeasureResult, Table, run
from queries.network import Network, Row
from queries.network_reading import read
from tests.queries import classics

CLUB = {0: "Mr. Hi", 1: "Officer"}


def facts(found: MeasureResult) -> dict[str, int | float]:
    """Return the facts by name."""
    return {fact.name: fact.value for fact in found.facts}


def table(found: MeasureResult, name: str) -> Table:
    """Return a table by name."""
    return next(each for each in found.tables if each.name == name)


def pairs(graph: "nx.Graph[int]", groups: dict[int, str], kinds: dict[int, str] | None = None) -> Network:
    """Return a graph's edges as events of two, with territories and kinds."""
    told = {
        node: {"actor": str(node), "actorTerritory": groups.get(node), "actorKind": (kinds or {}).get(node)}
        for node in graph
    }
    rows: list[Row] = [
        *told.values(),
        *({**told[node], "event": f"{min(pair)}-{max(pair)}"} for pair in graph.edges for node in pair),
    ]
    return Network.from_rows("pairs", rows, "one-mode")


@pytest.fixture
def clubs() -> Network:
    """The karate club by the club that each joined."""
    graph = nx.karate_club_graph()
    return pairs(graph, {node: data["club"] for node, data in graph.nodes(data=True)})


@pytest.fixture
def mixed() -> tuple["nx.Graph[int]", dict[int, str], Network]:
    """A random graph in three groups; some nodes have none."""
    graph = nx.gnp_random_graph(40, 0.15, seed=3)
    groups = {node: "XYZ"[node % 3] for node in graph if node % 7}
    return graph, groups, pairs(graph, groups)


def test_the_clubs_are_assorted_as_newman_has_it(clubs: Network) -> None:
    assert facts(run("attribute_assortativity", clubs))["assortativity"] == pytest.approx(0.7175, abs=5e-5)


def test_assortativity_is_that_of_networkx(mixed: tuple["nx.Graph[int]", dict[int, str], Network]) -> None:
    graph, groups, network = mixed
    known = graph.subgraph(groups).copy()
    nx.set_node_attributes(known, groups, "group")
    found = facts(run("attribute_assortativity", network))["assortativity"]
    assert found == pytest.approx(nx.attribute_assortativity_coefficient(known, "group"), abs=1e-12)


def test_one_group_only_is_refused(clubs: Network) -> None:
    for name in ("ei_index", "attribute_assortativity", "flows", "brokerage"):
        with pytest.raises(MeaninglessError, match="at least 2 groups by kind"):
            run(name, clubs, by="kind")
        with pytest.raises(MeaninglessError, match="two-mode"):
            run(name, classics.davis_two_mode())


def test_degree_assortativity_of_the_classics() -> None:
    for network, value in ((classics.karate(), -0.4756), (classics.miserables(), -0.1652)):
        found = facts(run("degree_assortativity", network))["assortativity"]
        assert found == pytest.approx(value, abs=5e-5)
    ring = Network.from_networkx(nx.cycle_graph(5), "ring")
    with pytest.raises(MeaninglessError, match="have 2 partners"):
        run("degree_assortativity", ring)


def test_the_backbone_of_les_miserables() -> None:
    network = classics.miserables()
    for alpha, kept in ((0.05, 9), (0.1, 21)):
        assert facts(run("backbone", network, alpha=alpha))["kept_edges"] == kept
    assert len(table(run("backbone", network, alpha=0.05), "edges").rows) == 9


def test_the_backbone_is_the_same_in_any_unit() -> None:
    graph = nx.les_miserables_graph()
    for _, _, data in graph.edges(data=True):
        data["weight"] *= 1000
    scaled = Network.from_networkx(graph, "scaled", "weight")
    assert run("backbone", scaled).by_id == run("backbone", classics.miserables()).by_id


def test_external_and_internal_ties_by_hand() -> None:
    graph: nx.Graph[int] = nx.Graph([(1, 2), (2, 3), (3, 4), (4, 5)])
    graph.add_node(6)
    network = pairs(graph, {1: "X", 2: "X", 3: "Y", 4: "Y", 6: "Y"})
    found = run("ei_index", network)
    assert found.by_id == {"1": -1.0, "2": 0.0, "3": 0.0, "4": -1.0, "5": None, "6": None}
    assert facts(found)["ei_index"] == pytest.approx(-1 / 3)
    assert facts(found)["expected"] == pytest.approx(1 - 2 * (1 + 3) / 10)
    assert [row[:4] for row in table(found, "groups").rows] == [("X", 2, 1.0, 1.0), ("Y", 3, 1.0, 1.0)]
    assert "1 av 6 noder är inte med: 1 utan län, 0 med flera." in [note.sv for note in found.notes]


def test_roles_are_those_counted_one_by_one(mixed: tuple["nx.Graph[int]", dict[int, str], Network]) -> None:
    graph, groups, network = mixed
    found = run("brokerage", network)
    columns = {column.name: dict(zip(network.ids, column.values, strict=True)) for column in found.columns}
    for j in graph:
        roles = dict.fromkeys(("coordinator", "itinerant", "gatekeeper", "liaison"), 0)
        if j not in groups:
            assert found.by_id[str(j)] is None
            continue
        for i, k in combinations([node for node in graph[j] if node in groups], 2):
            if graph.has_edge(i, k):
                continue
            one, own, other = groups[i], groups[j], groups[k]
            if one == other:
                roles["coordinator" if one == own else "itinerant"] += 1
            else:
                roles["gatekeeper" if own in (one, other) else "liaison"] += 1
        assert {role: columns[role][str(j)] for role in roles} == roles
        assert found.by_id[str(j)] == sum(roles.values())


def test_roles_by_hand() -> None:
    # node 6 of group 0 between 0, 2 (group 0), 1, 3 (group 1) and 4 (group 2), who are not tied
    graph: nx.Graph[int] = nx.Graph((6, other) for other in range(5))
    found = run("brokerage", pairs(graph, {6: "0", 0: "0", 2: "0", 1: "1", 3: "1", 4: "2"}))
    at = [key for key, _, _ in found.values].index("6")
    assert [column.values[at] for column in found.columns] == [1, 1, 6, 2]
    assert found.by_id["6"] == 10 and sum(int(value or 0) for value in found.by_id.values()) == 10


def test_only_region_ostergotland_brokers_in_the_graph(store: Store) -> None:
    network = read(store, catalogue.network("organisations"))
    for measured in ("betweenness", "bridging", "brokerage"):
        found = [label for _, label, value in run(measured, network).values if value]
        assert found == ["Region Östergötland"], measured


def test_only_region_ostergotland_brokers_in_the_seeds(seeds: Network) -> None:
    found = run("betweenness", seeds)
    assert [key for key, value in found.by_id.items() if value] == ["region-ostergotland"]
    bridges = run("bridging", seeds)
    assert [key for key, value in bridges.by_id.items() if value] == ["region-ostergotland"]


def test_who_is_no_bridge_is_not_at_the_top() -> None:
    graph: nx.Graph[int] = nx.Graph(combinations(range(6), 2))
    graph.add_edges_from(combinations(range(6, 12), 2))
    graph.add_edges_from([(0, 12), (12, 6)])
    kinds = dict.fromkeys(range(1, 6), "science-park") | {12: "sme"}
    found = facts(run("bridging", pairs(graph, {}, kinds)))
    assert found["intermediaries"] == 5
    assert (found["bridging_intermediaries"], found["intermediaries_in_top_tenth"]) == (0, 0)
    assert "best_rank_of_intermediary" not in found


def test_a_table_that_is_cut_says_so() -> None:
    graph: nx.Graph[int] = nx.Graph()
    for hub in range(0, 1500, 10):
        graph.add_weighted_edges_from((hub, hub + leaf, 50.0 if leaf == 1 else 1.0) for leaf in range(1, 10))
    found = run("backbone", Network.from_networkx(graph, "many", "weight"))
    assert (facts(found)["kept_edges"], len(table(found, "edges").rows)) == (150, 100)
    assert [note.en for note in found.notes] == ["The table shows the 100 surest of 150 edges."]


def test_flows_by_hand() -> None:
    rows: list[Row] = []
    for event in range(14):  # 10 events of X, 8 of Y, 4 of both; one of the four has Z as well
        for actor, there in (("x", event < 10), ("y", event >= 6), ("z", event == 6)):
            if there:
                rows.append({"actor": actor, "actorTerritory": actor.upper(), "event": str(event)})
    network = Network.from_rows("flows", rows, "one-mode")
    found = {row[:2]: row for row in table(run("flows", network), "flows").rows}
    assert list(found["X", "Y"][2:5]) == pytest.approx([4.0, 0.4472, 0.2857], abs=5e-5)
    assert found["X", "Y"][5] == pytest.approx(4 * 12 / (5 * 5))
    shared = {row[:2]: row for row in table(run("flows", network, counting="fractional"), "flows").rows}
    assert shared["X", "Y"][2] == pytest.approx(3 + 1 / 3) and shared["X", "Z"][2] == pytest.approx(1 / 3)
    assert shared["X", "Y"][3:5] == found["X", "Y"][3:5]
    with pytest.raises(MeaninglessError, match="edges only"):
        run("flows", _with_groups())


def _with_groups() -> Network:
    from dataclasses import replace

    network = classics.karate()
    nodes = tuple(replace(node, territory="XY"[at % 2]) for at, node in enumerate(network.nodes))
    return replace(network, nodes=nodes)


def test_a_planted_core_is_found() -> None:
    graph: nx.Graph[int] = nx.complete_graph(6)
    graph.add_edges_from((node, node % 6) for node in range(6, 26))
    found = run("core_periphery", Network.from_networkx(graph, "planted"))
    assert {key for key, value in found.by_id.items() if value == 1} == {str(node) for node in range(6)}
    assert facts(found)["fit"] == 1 and facts(found)["core"] == 6
    assert not any("hardly" in note.en for note in found.notes)


def test_no_core_of_the_best_tied_fits_better() -> None:
    for graph in (nx.gnp_random_graph(14, 0.3, seed=5), nx.karate_club_graph()):
        network = Network.from_networkx(graph, "tried")
        found = run("core_periphery", network)
        order = sorted(network.ids, key=lambda key: -graph.degree[int(key)])
        fits = [_fit(graph, {int(key) for key in order[:size]}) for size in range(2, len(order) - 1)]
        assert facts(found)["fit"] == pytest.approx(max(fits), abs=1e-12)
        core = {int(key) for key, value in found.by_id.items() if value == 1}
        assert _fit(graph, core) == pytest.approx(max(fits), abs=1e-12)


def _fit(graph: "nx.Graph[int]", core: set[int]) -> float:
    pairs = [pair for pair in combinations(graph, 2) if len(core & set(pair)) != 1]
    tied, within = ([graph.has_edge(*pair) for pair in pairs], [pair[0] in core for pair in pairs])
    return float(np.corrcoef(tied, within)[0, 1])


def test_a_star_is_a_core_of_one() -> None:
    found = run("core_periphery", Network.from_networkx(nx.star_graph(5), "star"))
    assert [key for key, value in found.by_id.items() if value == 1] == ["0"]
    assert facts(found)["fit"] == 1


def test_all_pairs_tied_have_no_periphery() -> None:
    with pytest.raises(MeaninglessError, match="no periphery"):
        run("core_periphery", Network.from_networkx(nx.complete_graph(4), "all"))


def test_phi_is_the_rich_club_of_networkx() -> None:
    network = classics.karate()
    expected = nx.rich_club_coefficient(nx.karate_club_graph(), normalized=False)
    rows = table(run("rich_club", network, runs=2), "levels").rows
    for k, _, _, phi, _, _ in rows:
        if k in expected:
            assert phi == pytest.approx(expected[k], abs=1e-12)
    assert len(rows) > 5


def test_the_mix_of_helices() -> None:
    kinds = ("university", "sme", "municipality", "non-profit", "science-park")
    rows: list[Row] = [
        {"actor": f"{kind}{at}", "actorKind": kind, "actorTerritory": "X", "event": "p"}
        for kind, many in zip(kinds, (10, 5, 3, 2, 4), strict=True)
        for at in range(many)
    ]
    rows += [{"actor": "sme0", "event": "q"}, {"actor": "sme1", "event": "q"}]
    found = run("helix_mix", Network.from_rows("mix", rows, "one-mode"))
    row = next(row for row in table(found, "events").rows if row[0] == "p")
    assert row[1:5] == (10, 5, 3, 2)
    assert list(row[5:]) == pytest.approx([0.8714, 0.655], abs=5e-5)
    assert facts(found)["three_helices"] == 0.5
    assert any("4 av 24 aktörer är inte med" in note.sv for note in found.notes)
    with pytest.raises(MeaninglessError, match="fewer than two of the helices"):
        run("helix_mix", Network.from_rows("x", [{"actor": a, "event": "p"} for a in "ab"], "one-mode"))


def test_events_without_a_helix_do_not_reach_three() -> None:
    kinds = {"a": "university", "b": "sme", "c": "agency"}
    told = (("p", "abc"), ("q", "xy"), ("r", "xz"), ("s", "yz"))
    rows: list[Row] = [
        {"actor": actor, "actorKind": kinds.get(actor), "event": event}
        for event, actors in told
        for actor in actors
    ]
    found = run("helix_mix", Network.from_rows("few", rows, "one-mode"))
    assert facts(found)["three_helices"] == 0.25
    assert any(note.en.endswith("count as not reaching three: 3.") for note in found.notes)


def test_an_empty_period_is_not_passed_over() -> None:
    rows: list[Row] = [
        {"actor": actor, "event": event, "from": year}
        for event, year in (("o", "1996"), ("p", "2003"), ("q", "2015"))
        for actor in "ab"
    ]
    found = run("dynamics", Network.from_rows("gap", rows, "one-mode"), counting="start")
    periods = found.tables[0].dicts()
    assert [row["events"] for row in periods] == [1, 0, 1]
    assert [row["period"] for row in periods] == ["2000-2006", "2007-2013", "2014-2020"]
    assert [row["persistence"] for row in periods] == [None, 0.0, None]
    assert periods[2]["repeat"] == 1.0
    assert found.by_id == {"a": 2, "b": 2} and facts(found)["periods"] == 2
    assert any(note.en == "Events outside all periods are left out: 1." for note in found.notes)


def test_periods_by_hand() -> None:
    told = (
        ("p", "abc", 2008, 2012),
        ("q", "ab", 2013, 2015),
        ("r", "bd", 2016, 2016),
        ("s", "ac", 2015, 2022),
    )
    rows: list[Row] = [
        {"actor": actor, "event": event, "from": f"{since}-02-01", "to": f"{until}-01-31"}
        for event, actors, since, until in told
        for actor in actors
    ]
    rows += [{"actor": "a", "event": "t"}, {"actor": "e", "event": "t"}]
    found = run("dynamics", Network.from_rows("time", rows, "one-mode"))
    first, second, third = found.tables[0].dicts()
    assert (first["period"], first["events"], first["nodes"], first["edges"]) == ("2007-2013", 2, 3, 3)
    assert first["persistence"] is None
    # 2014-2020: ab (q), bd (r), ac (s); bc is gone, bd is new and d was not there before
    assert (second["edges"], second["entered"], second["left"]) == (3, 1, 0)
    assert second["persistence"] == pytest.approx(2 / 3) and second["edge_jaccard"] == 0.5
    assert second["rewiring"] == 0.0
    assert second["repeat"] == pytest.approx(2 / 3)
    assert (third["period"], third["edges"], third["repeat"]) == ("2021-2027", 1, 1.0)
    assert found.by_id == {"a": 3, "b": 2, "c": 3, "d": 1, "e": 0}
    assert any(note.en == "Events without a year of start are left out: 1." for note in found.notes)
    begun = run("dynamics", Network.from_rows("time", rows, "one-mode"), counting="start")
    assert [row[1] for row in begun.tables[0].rows] == [2, 2]
    with pytest.raises(MeaninglessError, match="1 period"):
        run("dynamics", Network.from_rows("one", rows[:3], "one-mode"))


@pytest.mark.parametrize("method", ["louvain", "leiden"])
def test_igraph_comes_near_the_optimum_too(method: str) -> None:
    found = facts(run("communities", classics.karate(), weight="none", method=method, engine="igraph"))
    assert found["modularity_highest"] == pytest.approx(0.4198, abs=5e-5)
    les = facts(run("communities", classics.miserables(), weight="none", method=method, engine="igraph"))
    assert 0.555 < les["modularity_highest"] <= 0.56005


def test_the_engines_divide_planted_groups_alike() -> None:
    graph = nx.planted_partition_graph(4, 15, 0.8, 0.02, seed=1)
    network = Network.from_networkx(graph, "planted")
    labels = [
        list(run("communities", network, runs=3, engine=engine).by_id.values())
        for engine in ("igraph", "networkx")
    ]
    assert labels[0] == labels[1]
    assert np.bincount(np.array(labels[0], dtype=int)).tolist() == [0, 15, 15, 15, 15]


def test_an_isolate_changes_no_others_value(clubs: Network) -> None:
    rows: list[Row] = [{"actor": "isolate", "actorTerritory": "Officer", "actorKind": None, "event": "alone"}]
    graph = nx.karate_club_graph()
    whole = pairs(graph, {node: data["club"] for node, data in graph.nodes(data=True)})
    ties = [
        {
            "actor": tie.actor,
            "actorTerritory": whole.nodes[whole.place[tie.actor]].territory,
            "event": tie.event,
        }
        for tie in whole.ties
    ]
    more = Network.from_rows("more", [*ties, *rows], "one-mode")
    for name in (
        "ei_index",
        "attribute_assortativity",
        "degree_assortativity",
        "backbone",
        "brokerage",
        "flows",
    ):
        before, after = run(name, clubs).by_id, run(name, more).by_id
        assert {key: after[key] for key in before} == before
