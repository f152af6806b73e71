"""Texts as folded words, in any script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

#: Scripts that write without spaces: each of their letters is a word of its own.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
#: "C++" and "C#" are words, and differ from "C".
_WORD = re.compile(rf"[{_UNSPACED}]|(?:[^\W_{_UNSPACED}]|[{_MARKS}])+(?:\+\+|\#(?!\w))?")
_SENTENCE_END = re.compile(r"(?<=[.!?…؟])[\"'”’)\]]*\s+(?=[^\Wa-z_]|[\"'“‘(\[])|(?<=[。！？])|\n\s*\n")


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """Give the words of a text as written, and where each begins and ends.

    >>> [word for word, _, _ in words("C++ and C# aren't 注意力")]
    ['C++', 'and', 'C#', 'aren', 't', '注', '意', '力']
    """
    for found in _WORD.finditer(text):
        yield found[0], found.start(), found.end()


def folded(word: str) -> str:
    """Fold a word: no case, no accents, no plural ending.

    Plurals are folded lightly, so that a name and its plural meet; other endings stay (Harman, How effective is
    suffixing?, 1991: the "s" stemmer).

    >>> [folded(word) for word in ("Graphs", "Bus", "GLASS", "Queries", "Größe", "naïve")]
    ['graph', 'bus', 'glass', 'query', 'grosse', 'naive']
    """
    word = word.casefold()
    if not word.isascii():
        word = "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char)) or word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and len(word) > 3 and word[-2] not in "sui":
        return word[:-1]
    return word


def sentences(text: str) -> Iterator[tuple[int, int]]:
    r"""Give where the sentences of a text begin and end.

    >>> text = "A graph has nodes, e.g. terms. Links join them.\n\nNo more"
    >>> [text[start:end] for start, end in sentences(text)]
    ['A graph has nodes, e.g. terms.', 'Links join them.', 'No more']
    """
    start = 0
    for gap in _SENTENCE_END.finditer(text):
        yield from _trimmed(text, start, gap.start())
        start = gap.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    part = text[start:end]
    if part.strip():
        yield start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))


#: Says what is being done, to whoever waits.
Progress = Callable[[str], None]
