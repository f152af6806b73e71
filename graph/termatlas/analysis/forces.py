"""A force layout of one connected component, on a mesh: O(links + terms + cells · log cells) a round.

Three forces act on a term until they cool down:

- *attraction* along each link, 4 · ln(1 + 10 · length): all but constant, so that long links pull hardly
  more than short ones and communities come apart, which is what the LinLog energy model is for
  (Noack, "Energy models for graph clustering", JGAA 11(2), 2007);
- *repulsion* between all pairs, ½ · (degree + 1) · (degree + 1) / distance, so that poorly connected
  terms come close to the hubs they belong to (Jacomy, Venturini, Heymann and Bastian, "ForceAtlas2",
  PLoS ONE 9(6), 2014);
- a weak constant *gravity* towards the middle.

Repulsion is a convolution of the masses with the field of a unit mass. As in simulations of galaxies
(Hockney and Eastwood, "Computer Simulation Using Particles", 1988), masses are shared out to the four
nearest mesh points (cloud in cell), convolved by FFT on a mesh of twice the size (so that nothing wraps
around), and the field is read back with the same four weights. The mesh blurs what is nearer than a
cell, and tight groups would fall in on themselves; so in the last rounds pairs within a cell get,
directly, what the mesh owes them (their particle-particle particle-mesh method, P³M).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import fft, sparse
from scipy.spatial import cKDTree

Vector = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
_ATTRACTION: Final = 4.0
_STIFFNESS: Final = 10.0
_REPULSION: Final = 0.5
_ROOMY_BELOW: Final = 2_000  # terms; smaller maps repel more, or they would come out too small for their labels
_GRAVITY: Final = 0.05
_MOMENTUM: Final = 0.6
_ROUNDS: Final = 300
_ROUNDS_OF_MANY: Final = 200  # from 20,000 terms
_ROUNDS_FROM_START: Final = 60
_HEAT_FROM_START: Final = 0.1
_COARSE_UNTIL: Final = 0.9  # the share of the rounds for which half the mesh points and no pairs are enough
_REACH: Final = 1.0  # cells
_SOFTENING: Final = 0.5  # cells², in the mesh's field


class Links(NamedTuple):
    """Undirected links between terms 0 … n - 1: each pair once, no term with itself."""

    n: int
    source: Indices
    target: Indices


def settle(links: Links, *, seed: int = 1, start: Vector | None = None) -> Vector:
    """Lay out a connected component; from `start`, with little heat, so that terms stay where they were.

    The same input gives the same positions. Terms without links have no place here.

    >>> path = Links(3, np.array([0, 1]), np.array([1, 2]))
    >>> ends = settle(path)[[0, 2]]
    >>> bool(np.linalg.norm(ends[0] - ends[1]) > np.linalg.norm(ends[0] - settle(path)[1]))
    True
    """
    mass: Vector = 1.0 + degree(links)
    xy = spectral(links, seed) if start is None else start.copy()
    heat, rounds = (1.0, _rounds(links.n)) if start is None else (_HEAT_FROM_START, _ROUNDS_FROM_START)
    speed: Vector = np.zeros_like(xy)
    for done in range(rounds):
        warmth = heat * (1 - done / rounds)
        speed = np.asarray(_MOMENTUM * speed + _acceleration(links, xy, mass, coarse=done < _COARSE_UNTIL * rounds))
        speed *= _brake(speed, max(map(np.ptp, _axes(xy))) * (0.02 * warmth + 0.001))
        xy = np.asarray(xy + speed * min(1.0, 0.3 + 0.7 * warmth))
    return xy


def degree(links: Links) -> Vector:
    """Count each term's links."""
    ends = np.bincount(links.source, minlength=links.n) + np.bincount(links.target, minlength=links.n)
    return ends.astype(np.float64)


def spectral(links: Links, seed: int) -> Vector:
    """Guess positions: two slow modes of a lazy random walk, found by power iteration, with a little noise.

    After 60 steps neighbours are near each other and distant parts apart (Koren, "Drawing graphs by
    eigenvectors", Computers & Mathematics with Applications 49, 2005).
    """
    both = np.r_[links.source, links.target], np.r_[links.target, links.source]
    matrix = sparse.csr_array((np.ones(len(both[0])), both), shape=(links.n, links.n))
    degree = np.maximum(np.asarray(matrix.sum(axis=1)).ravel(), 1)
    weight = degree / degree.sum()
    random = np.random.default_rng(seed)
    xy = random.normal(size=(links.n, 2))
    for _ in range(60):
        xy = 0.5 * (xy + (matrix @ xy) / degree[:, None])
        xy = np.stack(_orthonormal([axis - _dot(weight, axis) for axis in _axes(xy)], weight), axis=1)
    return np.asarray((0.3 * xy + random.normal(scale=0.02, size=xy.shape)) * np.sqrt(links.n))


def _orthonormal(xy: Sequence[Vector], weight: Vector) -> list[Vector]:
    x, y = xy
    y = y - x * (_dot(weight * x, y) / max(_dot(weight * x, x), 1e-300))
    return [axis / max(np.sqrt(_dot(weight * axis, axis)), 1e-150) for axis in (x, y)]


def _dot(one: Vector, other: Vector) -> float:
    """Multiply and add up; ``@`` shares the work between cores, and their number would change the last digits."""
    return float((one * other).sum())


def _acceleration(links: Links, xy: Vector, mass: Vector, *, coarse: bool) -> Vector:
    inward = np.array([_dot(mass, axis) for axis in _axes(xy)]) / mass.sum() - xy
    gravity = _GRAVITY * inward / (np.linalg.norm(inward, axis=1)[:, None] + 1e-9)
    push = _repulsion(xy, mass, _mesh_points(links.n) // (2 if coarse else 1), pairs=not coarse)
    return np.asarray((_attraction(links, xy) + push) / mass[:, None] + gravity)


def _rounds(n: int) -> int:
    return _ROUNDS if n < 20_000 else _ROUNDS_OF_MANY


def _brake(speed: Vector, limit: float) -> Vector:
    return np.asarray(np.minimum(1.0, limit / (np.linalg.norm(speed, axis=1) + 1e-12)))[:, None]


def _attraction(links: Links, xy: Vector) -> Vector:
    spans = [axis[links.target] - axis[links.source] for axis in _axes(xy)]
    length = np.sqrt(spans[0] ** 2 + spans[1] ** 2) + 1e-9
    strength = _ATTRACTION * np.log1p(_STIFFNESS * length) / length
    pulls = [span * strength for span in spans]
    return np.stack([_sums(links.source, pull, links.n) - _sums(links.target, pull, links.n) for pull in pulls], axis=1)


def _axes(xy: Vector) -> list[Vector]:
    """Give x and y apart: what is gathered or compared, is so several times faster than in pairs."""
    return [np.ascontiguousarray(axis) for axis in xy.T]


def _sums(at: Indices, values: Vector, n: int) -> Vector:
    """Add up the values at each of n places."""
    return np.asarray(np.bincount(at, values, n), np.float64)


def _mesh_points(n: int) -> int:
    return int(min(1024, max(64, 2 ** np.ceil(np.log2(np.sqrt(n) * 2.2)))))


def _repulsion(xy: Vector, mass: Vector, cells: int, *, pairs: bool) -> Vector:
    low, high = np.array([(axis.min(), axis.max()) for axis in _axes(xy)]).T
    width = (high - low).max() * 1.02 + 1e-9
    step = float(width / (cells - 2))
    push = _far(mass, (xy - (low + high - width) / 2) / step + 0.5, cells) / step
    strength = _REPULSION * max(1.0, np.sqrt(_ROOMY_BELOW / len(xy)))
    return np.asarray((push + (_near(xy, mass, step) if pairs else 0)) * (strength * mass)[:, None])


def _far(mass: Vector, place: Vector, cells: int) -> Vector:
    corner = place.astype(np.int64)
    corners = _cloud(corner[:, 0] * cells + corner[:, 1], place - corner, cells)
    density = sum(np.bincount(at, mass * share, cells * cells) for at, share in corners)
    fields = _field(np.asarray(density).reshape(cells, cells))
    return np.stack([sum(share * field[at] for at, share in corners) for field in fields], axis=1)


def _near(xy: Vector, mass: Vector, step: float) -> Vector:
    """Give what the softened field of the mesh lacks between pairs that are close: 1/d - d/(d² + ½ step²)."""
    one, other = cKDTree(xy).query_pairs(_REACH * step, output_type="ndarray").T
    between = [axis[other] - axis[one] for axis in _axes(xy)]
    square = between[0] ** 2 + between[1] ** 2 + 0.01
    strength = 1 / square - 1 / (square + _SOFTENING * step * step)
    pushes = [axis * strength for axis in between]
    n = len(xy)
    return np.stack([_sums(other, mass[one] * push, n) - _sums(one, mass[other] * push, n) for push in pushes], axis=1)


def _cloud(cell: Indices, within: Vector, cells: int) -> list[tuple[Indices, Vector]]:
    right, down = within.T
    return [
        (cell, (1 - right) * (1 - down)),
        (cell + 1, (1 - right) * down),
        (cell + cells, right * (1 - down)),
        (cell + cells + 1, right * down),
    ]


def _field(density: Vector) -> list[Vector]:
    """Convolve; axis by axis, so that no row is transformed that is empty before or cut off afterwards."""
    cells = len(density)
    spectrum = fft.fft(fft.rfft(density.astype(np.float32), 2 * cells), 2 * cells, axis=0)
    fields = [fft.ifft(spectrum * kernel, axis=0, overwrite_x=True)[:cells] for kernel in _kernels(cells)]
    return [fft.irfft(field)[:, :cells].ravel() for field in fields]


@lru_cache(maxsize=4)
def _kernels(cells: int) -> tuple[npt.NDArray[np.complex64], npt.NDArray[np.complex64]]:
    """Transform the field of a unit mass, softened: x / (x² + y² + ½), and y likewise."""
    steps = np.fft.fftfreq(2 * cells) * 2 * cells
    x, y = np.meshgrid(steps, steps, indexing="ij")
    softened = x * x + y * y + _SOFTENING
    return fft.rfft2((x / softened).astype(np.float32)), fft.rfft2((y / softened).astype(np.float32))
