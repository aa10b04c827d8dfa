"""ForceAtlas2 by a mesh: the forces are those of the formula, and what belongs together stands together."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from api import force_atlas
from api.force_atlas import Floats, Settings, Sparse


def graph(many: int, edges: list[tuple[int, int]]) -> Sparse:
    i, j = np.array(edges).T
    ones = np.ones(2 * len(edges))
    return csr_array((ones, (np.concatenate([i, j]), np.concatenate([j, i]))), shape=(many, many))


def cliques(many: int, size: int) -> Sparse:
    """Cliques in a ring, each joined to the next by one edge."""
    inside = [(c * size + a, c * size + b) for c in range(many) for a in range(size) for b in range(a)]
    ring = [(c * size, (c + 1) % many * size + 1) for c in range(many)]
    return graph(many * size, [*inside, *ring])


def test_the_forces_of_the_mesh_are_nearly_those_of_all_pairs() -> None:
    chance = np.random.default_rng(3)
    points, mass = chance.normal(size=(400, 2)) * 50, chance.uniform(1, 9, 400)
    apart = points[:, None] - points[None]
    square = (apart**2).sum(axis=2)
    np.fill_diagonal(square, 1)
    exact = (apart * (mass / square)[:, :, None]).sum(axis=1)
    found = force_atlas.Mesh(192).forces(points, mass)
    off = np.linalg.norm(found - exact, axis=1) / np.linalg.norm(exact, axis=1).mean()
    assert np.median(off) < 0.02 and np.quantile(off, 0.9) < 0.2


def test_groups_stand_together_and_nobody_on_another() -> None:
    weights, size = cliques(6, 20), 20
    points = force_atlas.laid_out(weights, Settings())
    assert np.isfinite(points).all()
    group = np.arange(len(points)) // size
    apart: Floats = np.linalg.norm(points[:, None] - points[None], axis=2)
    same = group[:, None] == group[None]
    assert apart[same].mean() < apart[~same].mean() / 2
    np.fill_diagonal(apart, np.inf)
    assert apart.min() > 0.5


@pytest.mark.parametrize(
    "weights",
    [
        graph(2, [(0, 1)]),
        graph(300, [(at, at + 1) for at in range(299)]),
        graph(300, [(0, at) for at in range(1, 300)]),
        cliques(2, 30),
    ],
    ids=["pair", "chain", "star", "cliques"],
)
def test_it_is_the_same_each_time_and_another_with_another_seed(weights: Sparse) -> None:
    found = force_atlas.laid_out(weights, Settings())
    assert np.isfinite(found).all()
    assert np.array_equal(found, force_atlas.laid_out(weights, Settings()))
    assert not np.array_equal(found, force_atlas.laid_out(weights, Settings(seed=2)))


def test_a_long_chain_does_not_make_all_else_small() -> None:
    edges = [(a, b) for a in range(100) for b in range(a) if (a * b) % 3 == 1]
    edges += [(at, at + 1) for at in range(99, 160)] + [(at, at + 1) for at in range(99)]
    far = np.linalg.norm(force_atlas.laid_out(graph(161, edges), Settings()), axis=1)
    assert far.max() < 6 * np.median(far)


def test_one_node_stands_in_the_middle() -> None:
    alone: Sparse = csr_array((1, 1), dtype=np.float64)
    assert force_atlas.laid_out(alone, Settings()).tolist() == [[0.0, 0.0]]
