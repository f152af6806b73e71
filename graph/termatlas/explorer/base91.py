"""Bytes as printable signs that mean nothing in HTML: thirteen bits in two of 91 signs, where base64 has twelve.

ASCII has 94 printable signs; ``"``, ``&`` and ``<`` are left out. 91² = 8281 just exceeds 2¹³. `base91.js` reads it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

_SIGNS: Final = np.array([sign for sign in range(33, 127) if chr(sign) not in '"&<'], np.uint8)
_PAIRS: Final = np.stack([np.tile(_SIGNS, 91), np.repeat(_SIGNS, 91)], axis=1)  # the lower digit comes first
_ALPHABET: Final = frozenset(_SIGNS.tobytes())
_BITS: Final = np.arange(8, dtype=np.uint32) * 13  # where each of the eight numbers in thirteen bytes begins


Codes = npt.NDArray[np.uint32]


def to_base91(data: bytes) -> str:
    """Write bytes as signs.

    >>> to_base91(b"term"), from_base91(to_base91(b"term"))
    ('C2WD?', b'term')
    """
    pairs, rest = divmod(8 * len(data), 13)
    numbers = _numbers(np.frombuffer(data, np.uint8))
    signs: bytes = _PAIRS[numbers].tobytes()
    return signs[: 2 * pairs + (rest > 0) + (rest > 6)].decode("ascii")


def from_base91(text: str) -> bytes:
    """Read what `to_base91` wrote; raises `ValueError` at any other sign.

    >>> from_base91('"')
    Traceback (most recent call last):
    ValueError: a sign that base91 does not have
    """
    if not text.isascii() or not _ALPHABET.issuperset(text.encode()):
        raise ValueError("a sign that base91 does not have")
    digits = np.zeros((-(-len(text) // 2) + 15) // 8 * 16, np.uint32)
    digits[: len(text)] = np.searchsorted(_SIGNS, np.frombuffer(text.encode(), np.uint8))
    length = (len(text) // 2 * 13 + len(text) % 2 * 6) // 8
    return _bytes(digits[::2] + 91 * digits[1::2])[:length]


def _numbers(data: npt.NDArray[np.uint8]) -> Codes:
    """Cut bytes into numbers of thirteen bits, the lowest bits first."""
    rows = np.pad(data, (0, -len(data) % 13)).reshape(-1, 13)
    rows = np.pad(rows, ((0, 0), (0, 2)))  # for the last number looks so far
    first = _BITS // 8
    wide = sum(rows[:, first + more].astype(np.uint32) << 8 * more for more in range(3))
    return np.asarray(wide >> (_BITS % 8) & 0x1FFF, np.uint32).ravel()


def _bytes(numbers: Codes) -> bytes:
    wide = numbers.reshape(-1, 8) << (_BITS % 8)
    rows = np.zeros((len(wide), 15), np.uint8)
    for at, first in enumerate(_BITS // 8):
        for more in range(3):
            rows[:, first + more] |= (wide[:, at] >> 8 * more).astype(np.uint8)
    return rows[:, :13].tobytes()
