"""Texts as codes of their words: shorter than letters, and gzip makes them shorter still.

A text is cut into words, single digits, escapes of JSON and what stands between; a space between two words is left out.
The more frequent a piece is, the shorter its code: bytes, of which the last one is 32 or more, the others less
((s,c)-Dense Code: Brisaboa, Fariña, Navarro and Esteller, (S,C)-dense coding, SPIRE 2003). About as frequent pieces
stand in the order of their letters, and of each only what differs from the one before (front coding: Witten, Moffat
and Bell, Managing Gigabytes, 1999, section 4.1). `densecodes.js` reads it.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Final

_LETTERS: Final = "A-Za-z\x80-\U0010ffff"  # by number, so that every version of Unicode means the same
_WORD: Final = re.compile(f"[{_LETTERS}]")
_AFTER_WORD: Final = rf"(?<=[{_LETTERS}])(?<!\\[bfnrt])(?<!\\u....)"  # an escape that ends in a letter is no word
_PIECE: Final = re.compile(rf"\\(?:u....|.)|[0-9]|[{_LETTERS}]+|(?!{_AFTER_WORD} [{_LETTERS}])[^0-9{_LETTERS}\\]+")
_CONTINUERS: Final = 32
_STOPPERS: Final = 256 - _CONTINUERS
_CODE: Final = re.compile(rb"[\x00-\x1f]*[\x20-\xff]")
_LONGEST: Final = 90  # letters that a piece can share with the one before, so that a printable sign can count them


def encode(texts: Iterable[str]) -> tuple[list[str], list[bytes]]:
    """Give the pieces of texts without line breaks, the frequent first, and each text as the codes of its pieces.

    >>> words, codes = encode(["to be or not to be"])
    >>> words, codes[0].hex(" ")
    (['be', 'to', 'not', 'or'], '21 20 23 22 21 20')
    """
    met: defaultdict[str, int] = defaultdict(count().__next__)
    numbers = [array("I", map(met.__getitem__, _PIECE.findall(text))) for text in texts]
    counts: Counter[int] = Counter()
    for pieces in numbers:
        counts.update(pieces)
    words = _ordered({piece: counts[number] for piece, number in met.items()})
    codes = [b""] * len(words)
    for rank, word in enumerate(words):
        codes[met[word]] = _code(rank)
    return words, [b"".join(map(codes.__getitem__, pieces)) for pieces in numbers]


def _ordered(counts: Mapping[str, int]) -> list[str]:
    """Put those that get one byte by frequency, the others by its power of eight and by letters, to fold them well."""
    words = sorted(counts, key=lambda piece: (-counts[piece], piece))
    rare = sorted(words[_STOPPERS:], key=lambda piece: (-((counts[piece].bit_length() - 1) // 3), piece))
    return words[:_STOPPERS] + rare


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


def fold(words: Sequence[str]) -> str:
    r"""Write pieces, a line each, without the letters that they share with the one before, which the first line counts.

    >>> fold(["a", "net", "nets", "new"]), unfold(fold(["a", "net", "nets", "new"]))
    ('  #"\na\nnet\ns\nw', ['a', 'net', 'nets', 'new'])
    """
    shared = [_shared(word, before) for word, before in zip(words, ["", *words], strict=False)]
    counts = "".join(chr(32 + count) for count in shared)
    return "\n".join([counts, *(word[count:] for word, count in zip(words, shared, strict=True))])


def unfold(text: str) -> list[str]:
    """Read what `fold` wrote."""
    counts, *rests = text.split("\n")
    words = [""]
    for sign, rest in zip(counts, rests, strict=True):
        words.append(words[-1][: ord(sign) - 32] + rest)
    return words[1:]


def _shared(word: str, before: str) -> int:
    """Count equal letters at the start, as JavaScript counts them too: none that takes two of its units."""
    at = 0
    while at < min(len(word), len(before), _LONGEST) and word[at] == before[at] < "\U00010000":
        at += 1
    return at


def _code(rank: int) -> bytes:
    rest, last = divmod(rank, _STOPPERS)
    signs = [last + _CONTINUERS]
    while rest:
        rest, sign = divmod(rest - 1, _CONTINUERS)
        signs.append(sign)
    return bytes(reversed(signs))


def _rank(code: bytes) -> int:
    rank = 0
    for sign in code[:-1]:
        rank = rank * _CONTINUERS + sign + 1
    return rank * _STOPPERS + code[-1] - _CONTINUERS
