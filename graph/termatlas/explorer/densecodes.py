"""Texts as codes of their words: shorter than letters, and gzip makes them shorter still.

A text is cut into words, single digits, escapes of JSON and what stands between; a space between two words is left out.
The more frequent a piece is, the shorter its code: bytes, of which the last one has its highest bit set (End-Tagged
Dense Code: Brisaboa, Iglesias, Navarro and Paramá, An efficient compression code for text databases, ECIR 2003).
`densecodes.js` reads it. The texts of 10,000 terms take a quarter less than in gzip alone.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import count
from typing import Final

_LETTERS: Final = "A-Za-z\x80-\U0010ffff"  # by number, so that every version of Unicode means the same
_WORD: Final = re.compile(f"[{_LETTERS}]")
_AFTER_WORD: Final = rf"(?<=[{_LETTERS}])(?<!\\[bfnrt])(?<!\\u....)"  # an escape that ends in a letter is no word
_PIECE: Final = re.compile(rf"\\(?:u....|.)|[0-9]|[{_LETTERS}]+|(?!{_AFTER_WORD} [{_LETTERS}])[^0-9{_LETTERS}\\]+")
_CODE: Final = re.compile(rb"[\x00-\x7f]*[\x80-\xff]")


def encode(texts: Iterable[str]) -> tuple[list[str], list[bytes]]:
    """Give the pieces of texts without line breaks, the most frequent first, and each text as the codes of its pieces.

    >>> words, codes = encode(["to be or not to be"])
    >>> words, codes[0].hex(" ")
    (['be', 'to', 'not', 'or'], '81 80 83 82 81 80')
    """
    met: defaultdict[str, int] = defaultdict(count().__next__)
    numbers = [array("I", map(met.__getitem__, _PIECE.findall(text))) for text in texts]
    counts: Counter[int] = Counter()
    for pieces in numbers:
        counts.update(pieces)
    words = sorted(met, key=lambda piece: (-counts[met[piece]], piece))
    codes = [b""] * len(words)
    for rank, word in enumerate(words):
        codes[met[word]] = _code(rank)
    return words, [b"".join(map(codes.__getitem__, pieces)) for pieces in numbers]


def decode(data: bytes, words: Sequence[str]) -> str:
    """Read a text that `encode` wrote.

    >>> words, codes = encode(["U-Net, a net."])
    >>> decode(codes[0], words)
    'U-Net, a net.'
    """
    text, after_word = [], False
    for code in _CODE.findall(data):
        piece = words[_rank(code)]
        is_word = _WORD.match(piece) is not None
        text.append(f" {piece}" if after_word and is_word else piece)
        after_word = is_word
    return "".join(text)


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
