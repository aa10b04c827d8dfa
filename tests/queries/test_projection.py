"""The projection: equal to products of matrices, in pieces as well."""

import numpy as np
import pytest
from scipy.sparse import csr_array, diags_array, triu

from queries import projection


@pytest.mark.parametrize("at_once", [1, 50, 4_000_000])
def test_pairs_weigh_as_products_of_the_incidence(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projection, "PAIRS_AT_ONCE", at_once)
    chance = np.random.default_rng(1)
    keys = np.unique(chance.integers(0, 40 * 60, 500))
    actors, events = keys // 60, keys % 60
    weights = [np.ones(60), chance.random(60), chance.random(60)]
    sources, targets, sums = projection.project(actors, events, 40, weights)
    incidence = csr_array((np.ones(len(keys)), (actors, events)), shape=(40, 60))
    for weight, found in zip(weights, sums, strict=True):
        product = triu(incidence @ diags_array(weight) @ incidence.T, k=1, format="csr")
        product.sort_indices()
        expected = product.tocoo()
        assert np.array_equal(sources, expected.row)
        assert np.array_equal(targets, expected.col)
        np.testing.assert_allclose(found, expected.data, atol=1e-12)


def test_no_ties_make_no_pairs() -> None:
    nothing = np.zeros(0, dtype=np.intp)
    sources, targets, (found,) = projection.project(nothing, nothing, 0, [np.zeros(0)])
    assert len(sources) == len(targets) == len(found) == 0
