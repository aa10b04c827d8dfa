"""Number of partners: by hand, and the published shares of Davis's two modes."""

import pytest

from queries.measures.degree import measure
from queries.network import Network


def test_partners_in_the_seeds(seeds: Network) -> None:
    found = measure(seeds).by_id
    assert found["region-ostergotland"] == 3 + 4
    assert found["region-uppsala"] == 4
    assert found["campus-ljungby"] == 8


def test_karate_has_leaders_of_17_and_16(karate: Network) -> None:
    assert [row[:3] for row in measure(karate).rows[:2]] == [("33", "33", 17), ("0", "0", 16)]


def test_two_mode_shares_are_of_the_other_side(davis: Network) -> None:
    # Borgatti and Halgin (2011), Analyzing affiliation networks: E8 .78, the most active of the women .57
    found = measure(davis)
    share = dict(zip((key for key, _, _ in found.values), found.columns[0].values, strict=True))
    assert share["E8"] == pytest.approx(14 / 18)
    assert max(value or 0 for key, value in share.items() if key.startswith("woman")) == pytest.approx(8 / 14)


def test_the_share_of_a_node_alone_is_undefined() -> None:
    found = measure(Network.from_rows("x", [{"actor": "a"}], "one-mode"))
    assert found.rows == (("a", "a", 0, None),)
