"""Texts as codes of their words: smaller than letters, and gzip makes them smaller still.

A text is cut into words, single digits, escapes of JSON and what stands between; a space between two words is left out.
The more frequent a piece is, the shorter its code: bytes, of which the last one has its highest bit set (End-Tagged
Dense Code: Brisaboa, Iglesias, Navarro and Paramá, An efficient compression code for text databases, ECIR 2003).
`densecodes.js` reads it. At 10,000 terms, texts take a quarter less than in gzip alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Final

_LETTERS: Final = "A-Za-z\x80-\U0010ffff"  # said by number, so that every version of Unicode means the same
_WORD: Final = re.compile(f"[{_LETTERS}]")
_CODE: Final = re.compile(rb"[\x00-\x7f]*[\x80-\xff]")
_PIECE: Final = re.compile(
    rf"\\(?:u....|.)|[0-9]|[{_LETTERS}]+|(?:(?<![{_LETTERS}])|(?! [{_LETTERS}]))[^0-9{_LETTERS}\\]+"
)


def vocabulary(texts: Iterable[str]) -> list[str]:
    """Give all pieces of texts, the most frequent first.

    >>> vocabulary(["to be or not to be."])
    ['be', 'to', '.', 'not', 'or']
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_PIECE.findall(text))
    return sorted(counts, key=lambda piece: (-counts[piece], piece))


def codes(words: Iterable[str]) -> dict[str, bytes]:
    """Give each word of a vocabulary its code.

    >>> made = codes(map(str, range(129)))
    >>> made["0"], made["127"], made["128"]
    (b'\\x80', b'\\xff', b'\\x00\\x80')
    """
    return {word: _code(rank) for rank, word in enumerate(words)}


def encode(text: str, code: Mapping[str, bytes]) -> bytes:
    """Write a text, which must have no line breaks, as the codes of its pieces."""
    return b"".join(map(code.__getitem__, _PIECE.findall(text)))


def decode(data: bytes, words: Sequence[str]) -> str:
    """Read what `encode` wrote.

    >>> words = vocabulary(["to be or not to be."])
    >>> decode(encode("to be or not to be.", codes(words)), words)
    'to be or not to be.'
    """
    pieces = [words[_rank(code)] for code in _CODE.findall(data)]
    before = chain([""], pieces)
    return "".join(f" {piece}" if _is_word(one) and _is_word(piece) else piece for one, piece in zip(before, pieces))


def _code(rank: int) -> bytes:
    rest, last = divmod(rank, 128)
    signs = [last + 128]
    while rest:
        rest, sign = divmod(rest - 1, 128)
        signs.append(sign)
    return bytes(reversed(signs))


def _rank(code: bytes) -> int:
    rank = 0
    for sign in code[:-1]:
        rank = rank * 128 + sign + 1
    return rank * 128 + code[-1] - 128


def _is_word(piece: str) -> bool:
    return _WORD.match(piece) is not None
