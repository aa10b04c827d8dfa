"""Networks: the truth of the seeds, the laws of the projection, and the ways in and out."""

import sys
from random import Random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.errors import MeaninglessError
from queries.network import MODES, Floats, Mode, Network, NetworkError, Row

FIVE = ["region-ostergotland", "region-sormland", "region-orebro", "region-uppsala", "region-vastmanland"]
# Who takes part in what according to the five seed documents
SEEDS = {
    "skiss": ["region-ostergotland", "linkoping-science-park", "norrkoping-science-park", "sankt-kors"],
    "oms-projektet": FIVE,
    "east-central-sweden": FIVE,
    "s3-plattform": [
        *("region-kalmar", "region-kronoberg", "region-jonkoping", "region-gotland", "tracentrum"),
        *("iuc-kalmar", "gotlands-forenade-besoksnaring", "campus-ljungby", "science-park-jonkoping"),
    ],
}
ROWS: list[Row] = [{"actor": actor, "event": event} for event, actors in SEEDS.items() for actor in actors]
PAIRS = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("pqrstu")), max_size=30)


def rows(pairs: list[tuple[str, str]]) -> list[Row]:
    return [{"actor": actor, "event": event} for actor, event in pairs]


def shape(network: Network) -> dict[frozenset[str], tuple[float, float]]:
    newman = network.weights("newman")
    return {
        frozenset((network.ids[i], network.ids[j])): (float(network.counts[e]), round(float(newman[e]), 12))
        for e, (i, j) in enumerate(zip(network.sources, network.targets, strict=True))
    }


@pytest.fixture
def seeds() -> Network:
    return Network.from_rows("seeds", ROWS, "one-mode")


def test_the_seeds_make_17_actors_52_edges_and_components_of_9_and_8(seeds: Network) -> None:
    assert (len(seeds.nodes), len(seeds.sources)) == (17, 52)
    assert [len(part) for part in seeds.components] == [9, 8]
    assert seeds.density == 52 / (17 * 16 / 2)


def test_only_the_five_authorities_meet_twice_in_these_two_projects(seeds: Network) -> None:
    twice = {pair for pair, (count, _) in shape(seeds).items() if count == 2}
    assert twice == {frozenset((a, b)) for a in FIVE for b in FIVE if a < b}
    i, j = seeds.place["region-uppsala"], seeds.place["region-ostergotland"]
    assert [event.id for event in seeds.edge_events(i, j)] == ["east-central-sweden", "oms-projektet"]
    assert seeds.edge_events(i, seeds.place["sankt-kors"]) == ()


def test_two_mode_keeps_both_sides_and_the_ties_between_them() -> None:
    network = Network.from_rows("seeds", ROWS, "two-mode")
    assert (len(network.nodes), len(network.sources)) == (17 + 4, 4 + 5 + 5 + 9)
    assert {node.side for node in network.nodes if node.id in SEEDS} == {"event"}
    assert all(network.nodes[i].side == "actor" for i in network.sources)
    assert network.density == 23 / (17 * 4)
    i, j = network.place["region-uppsala"], network.place["oms-projektet"]
    assert [event.id for event in network.edge_events(i, j)] == ["oms-projektet"]
    assert network.edge_events(i, network.place["skiss"]) == ()


def test_actors_without_partners_stay_as_nodes() -> None:
    network = Network.from_rows(
        "x", [{"actor": "a", "event": None}, {"actor": "b", "event": "p"}], "one-mode"
    )
    assert network.ids == ("a", "b")
    assert len(network.sources) == 0
    assert network.components == ((0,), (1,))


def test_an_event_without_actors_is_a_node_of_the_two_mode_network_alone() -> None:
    only: list[Row] = [{"event": "p", "eventLabel": "P"}]
    assert Network.from_rows("x", only, "two-mode").ids == ("p",)
    assert Network.from_rows("x", only, "one-mode").ids == ()


@pytest.mark.parametrize("mode", MODES)
def test_no_rows_make_an_empty_network(mode: Mode) -> None:
    network = Network.from_rows("x", [], mode)
    assert (network.nodes, network.components, network.density) == ((), (), None)
    assert len(network.to_networkx()) == 0


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(NetworkError, match="'three-mode' is no mode; write one of one-mode, two-mode"):
        Network.from_rows("x", [], "three-mode")  # type: ignore[arg-type]  # what a header may say


def test_a_thing_cannot_stand_on_both_sides() -> None:
    with pytest.raises(NetworkError, match="both actor and event"):
        Network.from_rows("x", [{"actor": "a", "event": "a"}], "two-mode")


def test_arrays_are_closed_for_writing(seeds: Network) -> None:
    for array in (seeds.sources, seeds.targets, seeds.counts, seeds.weights("newman"), seeds.incidence.data):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 7


@given(PAIRS, st.randoms(use_true_random=False))
def test_order_and_repetition_of_rows_do_not_matter(pairs: list[tuple[str, str]], random: Random) -> None:
    mixed = pairs + pairs[: len(pairs) // 2]
    random.shuffle(mixed)
    one, other = (Network.from_rows("x", rows(given), "one-mode") for given in (pairs, mixed))
    assert one.ids == other.ids
    assert one.components == other.components
    for name in ("sources", "targets", "counts", "newman"):
        assert np.array_equal(getattr(one, name), getattr(other, name))


@given(PAIRS, st.permutations("abcdefgh"))
def test_renaming_actors_renames_the_edges_and_no_more(
    pairs: list[tuple[str, str]], names: list[str]
) -> None:
    new = dict(zip("abcdefgh", names, strict=True))
    one = shape(Network.from_rows("x", rows(pairs), "one-mode"))
    other = shape(Network.from_rows("x", rows([(new[a], e) for a, e in pairs]), "one-mode"))
    assert {frozenset(new[a] for a in pair): weights for pair, weights in one.items()} == other


@given(PAIRS)
def test_weights_agree_with_the_projections_of_networkx(pairs: list[tuple[str, str]]) -> None:
    network = Network.from_rows("x", rows(pairs), "one-mode")
    graph: nx.Graph[str] = nx.Graph([*pairs, ("nobody", "nothing")])  # networkx refuses an empty side
    actors = sorted({actor for actor, _ in pairs} | {"nobody"})
    count = nx.bipartite.weighted_projected_graph(graph, actors)
    newman = nx.bipartite.collaboration_weighted_projected_graph(graph, actors)
    assert shape(network) == {
        frozenset((a, b)): (data["weight"], round(newman[a][b]["weight"], 12))
        for a, b, data in count.edges(data=True)
    }


@given(PAIRS)
def test_newman_strength_is_the_number_of_events_with_partners(pairs: list[tuple[str, str]]) -> None:
    network = Network.from_rows("x", rows(pairs), "one-mode")
    strength: Floats = network.adjacency("newman").sum(axis=1)
    met = {(a, e) for a, e in pairs for b, f in pairs if e == f and a != b}
    assert [round(float(s), 9) for s in strength] == [sum(a == i for a, _ in met) for i in network.ids]


@given(PAIRS)
def test_the_events_of_an_edge_are_as_many_as_its_count(pairs: list[tuple[str, str]]) -> None:
    network = Network.from_rows("x", rows(pairs), "one-mode")
    for i, j, count in zip(network.sources, network.targets, network.counts, strict=True):
        assert len(network.edge_events(int(i), int(j))) == count


def test_davis_projection_has_the_published_weights() -> None:
    # Davis Southern Women, as in UCINET and networkx: 18 women, 14 events, 89 ties
    davis = nx.davis_southern_women_graph()
    women = sorted(davis.graph["top"])
    network = Network.from_rows("davis", rows([(w, e) for w in women for e in davis[w]]), "one-mode")
    assert (len(network.nodes), len(network.events), len(network.ties)) == (18, 14, 89)
    assert len(network.sources) == 139
    assert network.density is not None
    assert round(network.density, 4) == 0.9085
    assert network.counts.max() == 7


def test_out_to_networkx_and_back_is_the_same(seeds: Network) -> None:
    back = Network.from_networkx(seeds.to_networkx("count"), "seeds", "weight")
    assert back.ids == seeds.ids
    assert np.array_equal(back.counts, seeds.counts)
    assert back.components == seeds.components
    assert back.edge_events(0, 1) == ()


def test_out_to_igraph_keeps_names_and_weights(seeds: Network) -> None:
    graph = seeds.to_igraph()
    assert tuple(graph.vs["name"]) == seeds.ids
    assert (graph.ecount(), sum(graph.es["weight"])) == (52, 62)


def test_without_igraph_the_error_names_the_command(seeds: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "igraph", None)
    with pytest.raises(NetworkError, match="pip install igraph"):
        seeds.to_igraph()


@pytest.mark.parametrize("graph", [nx.DiGraph([(1, 2)]), nx.MultiGraph([(1, 2), (1, 2)]), nx.Graph([(1, 1)])])
def test_only_simple_graphs_are_taken_over(graph: "nx.Graph[int]") -> None:
    with pytest.raises(NetworkError, match="simple"):
        Network.from_networkx(graph, "x")


def test_two_nodes_of_the_same_text_are_refused() -> None:
    with pytest.raises(NetworkError, match="same text"):
        Network.from_networkx(nx.Graph([(1, "1")]), "x")


@pytest.mark.parametrize(
    "network",
    [Network.from_rows("x", ROWS, "two-mode"), Network.from_networkx(nx.path_graph(3), "x")],
    ids=["two-mode", "from networkx"],
)
def test_newman_weights_are_refused_where_there_are_none(network: Network) -> None:
    with pytest.raises(MeaninglessError, match="use weight=count"):
        network.weights("newman")


AMOUNTS = st.lists(st.one_of(st.none(), st.integers(1, 1000)), min_size=6, max_size=6)


@given(PAIRS, AMOUNTS)
def test_amounts_sum_to_the_totals_of_events_with_partners(
    pairs: list[tuple[str, str]], amounts: list[int | None]
) -> None:
    totals = dict(zip("pqrstu", amounts, strict=True))
    told: list[Row] = [
        {"actor": a, "event": e, "eventAmount": totals[e] and str(totals[e]), "eventCurrency": "SEK"}
        for a, e in pairs
    ]
    network = Network.from_rows("x", told, "one-mode")
    met = {e for a, e in pairs for b, f in pairs if e == f and a != b}
    known = [totals[e] or 0 for e in met]
    assert network.unknown_totals == known.count(0)
    if sum(known):
        assert network.weights("amount").sum() == pytest.approx(sum(known))
    else:
        with pytest.raises(MeaninglessError, match="no amounts to weigh by"):
            network.weights("amount")


def test_without_a_total_an_event_is_worth_the_sum_of_its_participations() -> None:
    told: list[Row] = [
        {"actor": "a", "event": "p", "role": "owner", "participation": "1", "amount": "10"},
        {"actor": "a", "event": "p", "role": "partner", "participation": "1", "amount": "10"},
        {"actor": "b", "event": "p", "participation": "2", "amount": "5"},
        {"actor": "c", "event": "p"},
        {"actor": "a", "event": "q", "amount": "7", "eventAmount": "30"},
        {"actor": "b", "event": "q"},
    ]
    network = Network.from_rows("x", told, "one-mode")
    assert network.totals.tolist() == [15, 30]
    assert [tie.amount for tie in network.ties] == [10, 7, 5, None, None]
    assert network.weights("amount").tolist() == [15 / 3 + 30, 15 / 3, 15 / 3]


def test_amounts_in_several_currencies_are_not_summed() -> None:
    told: list[Row] = [
        {"actor": a, "event": e, "eventAmount": "7", "eventCurrency": c}
        for e, c in (("p", "SEK"), ("q", "EUR"))
        for a in "ab"
    ]
    network = Network.from_rows("x", told, "one-mode")
    with pytest.raises(MeaninglessError, match="amounts in EUR, SEK, which cannot be summed"):
        network.weights("amount")
    both = Network.from_rows("x", [*told[:2], told[2] | {"event": "p"}], "one-mode")  # type: ignore[operator]
    assert both.events[0].total is None


@given(PAIRS, st.randoms(use_true_random=False))
def test_arrays_make_the_same_network_as_rows(pairs: list[tuple[str, str]], random: Random) -> None:
    actors, events = random.sample("abcdefgh", 8), random.sample("pqrstu", 6)
    ends = [
        np.array([side.index(pair[at]) for pair in pairs], dtype=np.intp)
        for at, side in enumerate((actors, events))
    ]
    one = Network.from_arrays("x", actors, events, ends[0], ends[1])
    alone: list[Row] = [{"actor": a} for a in "abcdefgh"]
    other = Network.from_rows("x", [*rows(pairs), *alone, *({"event": e} for e in "pqrstu")], "one-mode")
    assert (one.ids, one.ties, one.components) == (other.ids, other.ties, other.components)
    assert shape(one) == shape(other)


def test_arrays_whose_ties_lead_nowhere_are_refused() -> None:
    end = np.array([1])
    with pytest.raises(NetworkError, match="a tie names an event that is not among 1"):
        Network.from_arrays("x", ["a", "b"], ["p"], end, end)
    with pytest.raises(NetworkError, match="two actors have the same id"):
        Network.from_arrays("x", ["a", "a"], ["p", "q"], end, end)


def test_a_tie_given_twice_counts_once_and_sums_its_amounts() -> None:
    twice, amounts = np.array([0, 0, 1]), np.array([1.0, 2.0, np.nan])
    network = Network.from_arrays("x", ["a", "b"], ["p"], twice, np.zeros(3, dtype=np.intp), amounts)
    assert [tie.amount for tie in network.ties] == [3, None]
    assert network.counts.tolist() == [1]
