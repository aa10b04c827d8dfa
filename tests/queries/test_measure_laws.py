"""Laws of the measures: what isolates and the scale of weights change, and what they do not."""

import pytest

from queries.errors import MeaninglessError
from queries.measure import run
from queries.network import Network, Row
from tests.queries.classics import florentine, karate, miserables, scaled, scattered, with_isolates

WEIGHTED = ("pagerank", "eigenvector", "constraint", "effective_size")


@pytest.mark.parametrize("name", WEIGHTED)
@pytest.mark.parametrize("network", [karate(), miserables(), scattered()], ids=lambda network: network.name)
@pytest.mark.parametrize("factor", [0.01, 7.0])
def test_the_scale_of_weights_changes_nothing(name: str, network: Network, factor: float) -> None:
    one, other = (run(name, each, weight="count").by_id for each in (network, scaled(network, factor)))
    for key, value in one.items():
        assert value == (None if value is None else pytest.approx(other[key], abs=1e-10))


def test_strength_scales_with_the_weights() -> None:
    one, other = (run("strength", each).by_id for each in (karate(), scaled(karate(), 3)))
    assert {key: 3 * float(value or 0) for key, value in one.items()} == other


@pytest.mark.parametrize("name", ["degree", "strength", "k_core", "components", "transitivity"])
def test_isolates_change_no_other_value(name: str) -> None:
    one, other = run(name, karate()).by_id, run(name, with_isolates(karate())).by_id
    assert {key: other[key] for key in one} == one


@pytest.mark.parametrize("name", ["clustering", "constraint", "effective_size", "eigenvector"])
def test_isolates_change_no_other_value_and_are_undefined(name: str) -> None:
    one, other = run(name, karate()).by_id, run(name, with_isolates(karate())).by_id
    assert {key: other[key] for key in one} == pytest.approx(one, abs=1e-12)
    assert {other[key] for key in other.keys() - one.keys()} == {None}


@pytest.mark.parametrize("name", ["betweenness", "closeness", "harmonic", "pagerank"])
def test_isolates_scale_all_others_alike(name: str) -> None:
    one, other = run(name, karate()).by_id, run(name, with_isolates(karate())).by_id
    factors = {
        "betweenness": 33 * 32 / (38 * 37),
        "closeness": 33 / 38,
        "harmonic": 33 / 38,
        "pagerank": float(other["0"] or 0) / float(one["0"] or 1),
    }
    assert factors[name] < 1
    for key, value in one.items():
        assert other[key] == pytest.approx(float(value or 0) * factors[name], abs=1e-12)
    alone = other["zz0"]
    assert alone == (pytest.approx(0.15 / 39 / (1 - 0.85 * 5 / 39)) if name == "pagerank" else 0)


@pytest.mark.parametrize("name", ["clustering", "constraint", "effective_size"])
def test_measures_of_ties_among_partners_refuse_two_modes(name: str) -> None:
    rows: list[Row] = [{"actor": a, "event": e} for a, e in ("ap", "bp", "bq")]
    with pytest.raises(MeaninglessError, match=f"'{name}' asks how a node's partners .* 'x' they never are"):
        run(name, Network.from_rows("x", rows, "two-mode"))


def test_pagerank_sums_to_one_and_betweenness_of_a_tree_is_known() -> None:
    for network in (karate(), scattered(), florentine()):
        assert sum(float(value or 0) for value in run("pagerank", network).by_id.values()) == pytest.approx(1)
    rows: list[Row] = [{"actor": a, "event": e} for a, e in ("ap", "bp", "aq", "cq", "ar", "dr")]
    star = Network.from_rows("star", rows, "one-mode")
    assert run("betweenness", star).by_id == {"a": 1, "b": 0, "c": 0, "d": 0}
