"""ForceAtlas2 for thousands of nodes: forces by a mesh and Fourier transforms, then none covers another.

Jacomy, Venturini, Heymann and Bastian (2014), ForceAtlas2, PLoS ONE 9(6): e98679. The mesh is that of
particle simulations: masses are dealt out to the corners of their cells, the forces between all corners are
one convolution, and each node takes the force of its corners.
"""

from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft2, next_fast_len, rfft2
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Sparse = csr_array[np.float64, tuple[int, int]]

_TREMBLING: Final = 1.0  # how much swinging is borne; ForceAtlas2 calls it tau
_LOCAL: Final = 0.1  # k_s, the speed of a node
_LONGEST: Final = 10.0  # k_smax, what bounds its step
_RISE: Final = 1.5  # the global speed grows by at most a half an iteration
_PIVOTS: Final = 50


@dataclass(frozen=True)
class Settings:
    """The parameters of the layout, told with it.

    repulsion and gravity are k_r and k_g of ForceAtlas2; influence is delta, the power to which the weight
    of an edge draws; mesh is the number of cells a side, fewer where nodes are few; apart is the number of
    passes that part nodes which would cover one another.
    """

    seed: int = 1
    iterations: int = 150
    repulsion: float = 2.0
    gravity: float = 1.0
    influence: float = 0.5
    mesh: int = 192
    apart: int = 60

    def told(self) -> dict[str, float]:
        """Return the parameters by name."""
        return asdict(self)


def laid_out(weights: Sparse, settings: Settings) -> Floats:
    """Return a point for each node of a connected graph: the same for the same graph, seed and machine.

    `weights` is symmetric. Distances are such that a node has one square of side 1 on average.
    """
    many = weights.shape[0]
    if many == 1:
        return np.zeros((1, 2))
    degrees = np.diff(weights.indptr).astype(np.float64)
    points = _start(weights, settings.seed) * many
    points = _forced(weights, degrees + 1, points, settings)
    return _apart(points, np.sqrt(degrees), settings.apart)


def _start(weights: Sparse, seed: int) -> Floats:
    """Place nodes by their path lengths from a few pivots (pivot MDS): the whole is unfolded at once."""
    many = weights.shape[0]
    nearest, columns = np.full(many, np.inf), list[Floats]()
    pivot = int(np.argmax(np.diff(weights.indptr)))
    for _ in range(min(_PIVOTS, many)):
        steps = dijkstra(weights, directed=False, indices=np.array([pivot]), unweighted=True)
        columns.append(steps.ravel())
        nearest = np.minimum(nearest, columns[-1])
        pivot = int(np.argmax(nearest))
    squares = np.stack(columns, axis=1) ** 2
    centred = squares - squares.mean(axis=0) - squares.mean(axis=1, keepdims=True) + squares.mean()
    _, axes = np.linalg.eigh(centred.T @ centred)
    first = axes[:, -2:] * np.sign(axes[np.abs(axes[:, -2:]).argmax(axis=0), [-2, -1]])
    points: Floats = centred @ first
    points /= max(float(np.abs(points).max()), 1e-9)
    return points + np.random.default_rng(seed).normal(scale=0.02, size=points.shape)


def _forced(weights: Sparse, mass: Floats, points: Floats, settings: Settings) -> Floats:
    """Let the forces work: repulsion of all, attraction along edges, gravity towards the middle."""
    pull = weights.copy()
    pull.data = weights.data**settings.influence
    total: Floats = np.asarray(pull.sum(axis=1)).ravel()[:, None]
    mesh = Mesh(min(settings.mesh, 32 + int(4 * np.sqrt(len(mass)))))
    before, speed = np.zeros_like(points), 1.0
    for _ in range(settings.iterations):
        force = settings.repulsion * mass[:, None] * mesh.forces(points, mass)
        force += pull @ points - total * points
        distance = np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-9)
        force -= settings.gravity * mass[:, None] * points / distance
        swing = np.linalg.norm(force - before, axis=1)
        traction = np.linalg.norm(force + before, axis=1) / 2
        wanted = _TREMBLING * float(mass @ traction) / max(float(mass @ swing), 1e-9)
        speed = min(wanted, speed * _RISE)
        each = _LOCAL * speed / (1 + speed * np.sqrt(swing))
        each = np.minimum(
            each, _LONGEST * np.sqrt(len(mass)) / np.maximum(np.linalg.norm(force, axis=1), 1e-9)
        )
        points = points + force * each[:, None]
        before = force
    return points


class Mesh:
    """Forces of masses on one another, d / |d|^2 apart, by a mesh over the square that holds them."""

    def __init__(self, cells: int) -> None:
        self._cells, self._width = cells, next_fast_len(2 * cells, real=True)
        at = np.fft.fftfreq(self._width, 1 / self._width).astype(np.float32)
        x, y = np.meshgrid(at, at, indexing="ij")
        square = x**2 + y**2 + np.float32(0.25)  # softened by half a cell
        self._kernels = rfft2(x / square), rfft2(y / square)

    def forces(self, points: Floats, mass: Floats) -> Floats:
        """Return the force of all others on each node, for a mass of one."""
        low = points.min(axis=0)
        side = max(float((points.max(axis=0) - low).max()), 1e-9)
        scale = (self._cells - 2) / side
        at = (points - low) * scale
        cell = at.astype(np.intp)
        part = at - cell
        corners = [
            (
                (cell[:, 0] + right) * self._width + cell[:, 1] + up,
                np.abs(1 - right - part[:, 0]) * np.abs(1 - up - part[:, 1]),
            )
            for right in (0, 1)
            for up in (0, 1)
        ]
        grid = sum(np.bincount(place, share * mass, minlength=self._width**2) for place, share in corners)
        found = rfft2(np.asarray(grid, dtype=np.float32).reshape(self._width, self._width))
        fields = [irfft2(found * kernel, s=(self._width, self._width)).ravel() for kernel in self._kernels]
        return scale * np.stack(
            [sum(field[place] * share for place, share in corners) for field in fields], axis=1
        )


def _apart(points: Floats, radii: Floats, passes: int) -> Floats:
    """Scale to one square a node, then push apart those that would cover one another."""
    many = len(points)
    points = points - np.median(points, axis=0)
    far = np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-9)
    spread = max(float(np.quantile(far, 0.8)), 1e-9)
    edge = max(1.3 * spread, float(np.quantile(far, 0.9)))  # a long chain would make all else small
    points = points * np.where(far > edge, edge * (1 + np.log(np.maximum(far / edge, 1))) / far, 1)
    points *= 0.5 * np.sqrt(many) / spread
    radii = 0.3 + 0.7 * radii / max(float(radii.max()), 1e-9)
    for _ in range(passes):
        pairs = cKDTree(points).query_pairs(float(2 * radii.max()), output_type="ndarray")
        if not len(pairs):
            break
        i, j = pairs[:, 0], pairs[:, 1]
        apart = points[i] - points[j]
        distance = np.linalg.norm(apart, axis=1)
        lacking = radii[i] + radii[j] - distance
        near = lacking > 0
        if not near.any():
            break
        i, j, apart, distance, lacking = (each[near] for each in (i, j, apart, distance, lacking))
        step = apart * (0.5 * lacking / np.maximum(distance, 1e-6))[:, None]
        crowd = np.bincount(i, minlength=many) + np.bincount(j, minlength=many)
        share = 1 / np.maximum(1 + 0.3 * (crowd - 1), 1)  # of many pushes at once, or all would be flung away
        for axis in (0, 1):
            pushed = np.bincount(i, step[:, axis], minlength=many)
            pushed -= np.bincount(j, step[:, axis], minlength=many)
            points[:, axis] += share * pushed
    return points
