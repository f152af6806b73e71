"""Islands find room around the map, and terms that have none on it stand on shelves below."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

Vector = npt.NDArray[np.float64]
_CELLS = 192
_STRETCH = 1.25  # screens are wider than high: sideways is nearer than up
_CELL = np.array([160.0, 36.0])  # the room of a term on a shelf: a disc and, to its right, a name
_ROOMY = 60  # terms that always have as much
_CLOSEST = 0.45  # of it: discs still lie apart
_FLAT = 1.2  # without a map, shelves are so many times as wide as high
_BETWEEN = 60.0
_GAP = 0.06  # parts of the map's size: room for the captions


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


def shelve(counts: Sequence[int], below: Vector) -> list[Vector]:
    """Line up terms in columns, as in an index: for each count a shelf, side by side below the points `below`.

    The shelves share a width, that of those points or more, and a number of rows that none exceeds. Beyond sixty
    terms they come closer where they would take more than a quarter of the map's room.

    >>> shelve([3], np.array([[0.0, 0.0], [490.0, 100.0]]))[0].tolist()
    [[0.0, 160.0], [160.0, 160.0], [320.0, 160.0]]
    """
    low, high = (below.min(axis=0), below.max(axis=0)) if len(below) else np.zeros((2, 2))
    width, height = (high - low).tolist()
    cell, rows = _cells(sum(counts), width, height)
    wide = np.array([np.ceil(count / rows) * cell[0] for count in counts])
    room = max(width, wide.sum() + (len(counts) - 1) * _BETWEEN)
    left = np.linspace(0, 1, max(2, len(counts)))[: len(counts)] * (room - wide)
    left += (low[0] + high[0] - room) / 2 if len(below) else 0.0
    top = high[1] + max(_BETWEEN, _GAP * max(width, height)) if len(below) else 0.0
    return [_columns(count, rows, cell) + np.array((x, top)) for count, x in zip(counts, left.tolist(), strict=True)]


def _cells(total: int, width: float, height: float) -> tuple[Vector, int]:
    """Give the room of one term, and the number of rows."""
    enough = max(width * height / 4 / _CELL.prod(), _ROOMY)
    cell = np.asarray(_CELL * np.clip(np.sqrt(enough / max(1, total)), _CLOSEST, 1.0))
    columns = max(1, width // cell[0], np.ceil(np.sqrt(_FLAT * total * cell[1] / cell[0])))
    return cell, int(np.ceil(max(1, total) / columns))


def _columns(count: int, rows: int, cell: Vector) -> Vector:
    even = int(np.ceil(count / np.ceil(count / rows)))
    return np.stack(np.divmod(np.arange(count), even), axis=1) * cell


def shelf_box(places: Vector) -> tuple[float, float, float, float]:
    """Give left, top, width and height of a shelf, the room for names to the right of its terms included.

    >>> shelf_box(np.array([[0.0, 160.0], [0.0, 188.0], [160.0, 160.0]]))
    (-18.0, 142.0, 320.0, 64.0)
    """
    columns = np.unique(places[:, 0])
    column = float(np.diff(columns).min()) if len(columns) > 1 else float(_CELL[0])
    (left, top), (width, height) = places.min(axis=0).tolist(), np.ptp(places, axis=0).tolist()
    margin = float(_CELL[1]) / 2
    return left - margin, top - margin, width + column, height + 2 * margin
