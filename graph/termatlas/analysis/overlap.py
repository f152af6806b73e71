"""Discs that lie on one another are pushed apart, as little as it takes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

Vector = npt.NDArray[np.float64]


def spread(xy: Vector, radii: Vector, *, rounds: int = 40) -> Vector:
    """Push overlapping discs apart along the line between their middles, half a gap at a time.

    It stops as soon as none overlap, at the latest after `rounds`: in a crowd some overlap stays.

    >>> spread(np.array([[0.0, 0.0], [1.0, 0.0]]), np.array([2.0, 2.0])).round(2).tolist()
    [[-1.5, -0.0], [2.5, 0.0]]
    """
    xy = xy + _unlike(len(xy)) * 1e-6
    for _ in range(rounds):
        one, other = cKDTree(xy).query_pairs(2 * radii.max(), output_type="ndarray").T
        between = xy[other] - xy[one]
        distance = np.linalg.norm(between, axis=1)
        lack = radii[one] + radii[other] - distance
        if not (lack > 1e-3).any():
            break
        push = between * (np.maximum(lack, 0) / (2 * distance))[:, None]
        moves = [np.bincount(other, axis, len(xy)) - np.bincount(one, axis, len(xy)) for axis in push.T]
        xy = xy + np.stack(moves, axis=1)
    return xy


def _unlike(n: int) -> Vector:
    """Give n small steps in n directions, so that discs on the very same spot can leave it."""
    turn = np.arange(n) * 2.399963  # the golden angle
    return np.stack([np.cos(turn), np.sin(turn)], axis=1)
