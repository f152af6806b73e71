"""Islands find room around the map, and terms without links stand on a shelf beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

Vector = npt.NDArray[np.float64]
_CELLS = 192
_STRETCH = 1.5  # screens are wider than high: sideways is nearer than up


def pack(radii: Sequence[float], around: Vector, *, gap: float) -> Vector:
    """Place discs near the middle, `gap` clear of the points `around` and of each other: first come, best place.

    A greedy search over a raster, as in the polyomino packing of Freivalds, Dogrusoz and Kikusts
    ("Disconnected graph layout and the polyomino packing approach", GD 2001), with discs for shapes.

    >>> pack([5.0], np.array([[0.0, 0.0]]), gap=1.0).round().tolist()[0] != [0.0, 0.0]
    True
    """
    if not len(radii):
        return np.empty((0, 2))
    sizes = np.asarray(radii) + gap
    half = np.abs(around).max(initial=0) + 2 * sizes.max() + np.sqrt((4 * sizes**2).sum())
    ticks = np.linspace(-half, half, _CELLS)
    cells = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
    free = cKDTree(around).query(cells)[0] if len(around) else np.full(len(cells), np.inf)
    far = np.hypot(cells[:, 0] / _STRETCH, cells[:, 1])
    middles = []
    for size in sizes:
        middle = cells[np.argmin(np.where(free >= size, far, np.inf))]
        free = np.minimum(free, np.linalg.norm(cells - middle, axis=1) - size + gap)
        middles.append(middle)
    return np.array(middles)


def shelve(count: int, beside: Vector, *, pitch: float, gap: float) -> Vector:
    """Line up `count` places in rows to the right of the points `beside`, as high as those at most.

    Without such points the rows fill a square around the middle.

    >>> shelve(3, np.array([[0.0, -10.0], [0.0, 10.0]]), pitch=10, gap=50).tolist()
    [[50.0, -10.0], [50.0, 0.0], [50.0, 10.0]]
    """
    alone = not len(beside)
    height = np.sqrt(count) * pitch if alone else np.ptp(beside[:, 1])
    columns = max(1, int(np.ceil(count / (height // pitch + 1))), int(np.sqrt(count) / 4))
    row, column = np.divmod(np.arange(count), columns)
    top = -row.max(initial=0) / 2 + (0 if alone else beside[:, 1].min() / 2 + beside[:, 1].max() / 2) / pitch
    left = -(columns - 1) / 2 if alone else (beside[:, 0].max() + gap) / pitch
    return np.stack([(left + column) * pitch, (top + row) * pitch], axis=1)
