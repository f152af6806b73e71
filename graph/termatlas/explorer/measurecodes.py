"""Measures as a page needs them: the rank of every term, and the few digits that are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

_DIGITS: Final = 3  # that `words.js` shows
_WHOLE: Final = 1_000  # from here on a whole number is shown with more digits than its neighbours are

Values = npt.NDArray[np.float32]
Codes = npt.NDArray[np.uint32]


def measure_columns(name: str, values: Values) -> Mapping[str, Codes]:
    """Give two columns for a measure: the place of each value among the different ones, and the steps between those.

    Equal values stay equal and the order stays, so that ranks do; and the first three digits of each value stay.
    A step counts floating-point numbers: those from 0 on have the order of their bits (IEEE 754, section 3.4).

    >>> {key: codes.tolist() for key, codes in measure_columns("core", np.array([2, 0, 2], np.float32)).items()}
    {'core': [1, 0, 1], 'core steps': [0, 1073741824]}
    """
    different, places = np.unique(values, return_inverse=True)
    return {name: places.astype(np.uint32), f"{name} steps": np.diff(_coarse(different), prepend=np.uint32(0))}


def _coarse(different: Values) -> Codes:
    """Let values that are shown alike follow the lowest of them by the least steps: so none exceeds what it was.

    >>> _coarse(np.array([1.231, 1.232, 1.234, 1.236], np.float32)).view(np.float32).astype(str).tolist()
    ['1.231', '1.2310001', '1.2310002', '1.236']
    """
    bits = different.view(np.uint32)
    at = np.arange(len(bits), dtype=np.uint32)
    is_first = np.diff(_shown(different.astype(np.float64)), prepend=-1.0) != 0
    first = np.maximum.accumulate(np.where(is_first, at, 0))
    return bits[first] + (at - first)


def _shown(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Round, halves up, to the digits that are shown; powers of ten up to 22 are exact, those below 1 never."""
    power = _DIGITS - 1 - np.floor(np.log10(np.clip(values, 1e-45, _WHOLE)))
    rounded = np.floor(values * 10.0**power + 0.5) / 10.0**power
    return np.where((values == np.floor(values)) | (values >= _WHOLE), values, rounded)
