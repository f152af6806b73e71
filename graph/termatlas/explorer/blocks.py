"""How data lies in the page: numbers and texts, compressed, in signs; `blocks.js` and `data.js` read it back."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from termatlas.explorer.base91 import from_base91, to_base91
from termatlas.explorer.densecodes import decode, encode, fold, unfold

Numbers = npt.NDArray[np.uint32]
_LONE_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def sound(text: str) -> str:
    r"""Replace what UTF-8 cannot say.

    >>> sound("a\ud800b")
    'a\ufffdb'
    """
    return _LONE_SURROGATES.sub("\ufffd", text)


def pack(data: bytes) -> str:
    """Compress, the same each time, and write as signs.

    >>> unpack(pack(b"term"))
    b'term'
    """
    return to_base91(gzip.compress(data, mtime=0))


def unpack(text: str) -> bytes:
    """Read what `pack` wrote; raises `ValueError`, `EOFError`, `OSError` or `zlib.error` where it is damaged."""
    return gzip.decompress(from_base91(text))


def pack_texts(tables: Mapping[str, Sequence[Sequence[Any]]]) -> dict[str, str]:
    """Write each group of rows of each table as a line of its own, which can be read without the others.

    The block "words" is added: the vocabulary that all lines share.
    """
    words, codes = encode(_json(rows) for groups in tables.values() for rows in groups)
    lines = iter(codes)
    packed = {name: "\n".join(map(pack, islice(lines, len(groups)))) for name, groups in tables.items()}
    return {"words": pack(fold(words).encode()), **packed}


def unpack_texts(words: str, line: str) -> list[Any]:
    """Read one line that `pack_texts` wrote, with the block "words".

    >>> blocks = pack_texts({"names": [["U-Net", "a net"]]})
    >>> unpack_texts(blocks["words"], blocks["names"])
    ['U-Net', 'a net']
    """
    rows: list[Any] = json.loads(decode(unpack(line), unfold(unpack(words).decode())))
    return rows


def _json(value: Any) -> str:
    return sound(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def pack_numbers(columns: Iterable[Numbers]) -> str:
    """Write columns of numbers of four bytes: of each column the lowest bytes first, then the next, and so on.

    High bytes are mostly 0 and alike, so they pack better among themselves.
    """
    return pack(b"".join(_as_bytes(column).reshape(-1, 4).T.tobytes() for column in columns))


def unpack_numbers(text: str, lengths: Mapping[str, int]) -> dict[str, npt.NDArray[np.uint32]]:
    """Read columns of whole numbers by name.

    >>> unpack_numbers(pack_numbers([np.array([1, 258], np.uint32)]), {"x": 2})
    {'x': array([  1, 258], dtype=uint32)}
    """
    planes = np.frombuffer(unpack(text), np.uint8)
    ends = np.cumsum([4 * length for length in lengths.values()])
    parts = zip(lengths, np.split(planes, ends[:-1]), strict=True)
    return {name: part.reshape(4, -1).T.copy().view("<u4")[:, 0].astype(np.uint32) for name, part in parts}


def _as_bytes(column: Numbers) -> npt.NDArray[np.uint8]:
    return np.ascontiguousarray(column, dtype=column.dtype.newbyteorder("<")).view(np.uint8)
