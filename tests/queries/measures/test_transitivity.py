"""Transitivity: known values in one mode and two, and where it is undefined."""

import networkx as nx
import pytest

import queries.measures.transitivity as transitivity
from queries.errors import ParameterError
from queries.measures.transitivity import measure
from queries.network import Network
from tests.queries.classics import miserables


def facts(network: Network) -> dict[str, float]:
    return {fact.name: fact.value for fact in measure(network).facts}


def test_karate_and_les_miserables(karate: Network) -> None:
    # As networkx and igraph give them
    assert facts(karate)["transitivity"] == pytest.approx(0.2557, abs=5e-5)
    assert facts(karate)["triangles"] == 45
    assert facts(karate)["average_clustering_with_zeros"] == pytest.approx(0.5706, abs=5e-5)
    assert facts(miserables())["transitivity"] == pytest.approx(0.4989, abs=5e-5)
    expected = nx.triangles(karate.to_networkx())
    assert measure(karate).by_id == expected


def test_davis_by_robins_and_alexander(davis: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    # .4678 as in the literature's coefficient of the bipartite graph and in networkx
    whole = measure(davis)
    assert facts(davis)["transitivity"] == pytest.approx(0.4678, abs=5e-5)
    expected = nx.bipartite.robins_alexander_clustering(davis.to_networkx())
    assert facts(davis)["transitivity"] == pytest.approx(expected, abs=1e-12)
    monkeypatch.setattr(transitivity, "ROWS_AT_ONCE", 5)
    assert measure(davis) == whole


def test_a_four_cycle_by_hand() -> None:
    rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "aq", "bq", "cq")]
    network = Network.from_rows("x", rows, "two-mode")
    assert measure(network).by_id == {"a": 1, "b": 1, "c": 0, "p": 1, "q": 1}
    assert facts(network) == {"transitivity": pytest.approx(4 / 6), "four_cycles": 1}
    with pytest.raises(ParameterError, match="not computed by igraph; it can be by scipy"):
        measure(network, engine="igraph")


def test_where_nothing_could_close_it_is_undefined() -> None:
    rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "cq")]
    for mode, left in (("one-mode", "triangles"), ("two-mode", "four_cycles")):
        found = measure(Network.from_rows("x", rows, "one-mode" if mode == "one-mode" else "two-mode"))
        assert found.facts[0].name == left
        assert any("is undefined" in note.en for note in found.notes)
