"""The words of many short texts, quickly."""

from __future__ import annotations

import re
from functools import lru_cache

from termatlas.suggest import texts

_ASCII_WORD = re.compile(r"[A-Za-z0-9]+(?:\+\+|#(?!\w))?")

#: The words of a glossary are few, and most of them stand there often.
folded = lru_cache(1 << 17)(texts.folded)


def words(text: str) -> list[str]:
    """Give the words that `termatlas.suggest.texts.words` gives, without their places.

    >>> words("C++ and C# aren't 注意力"), words("C++ and C# aren't")
    (['C++', 'and', 'C#', 'aren', 't', '注', '意', '力'], ['C++', 'and', 'C#', 'aren', 't'])
    """
    return _ASCII_WORD.findall(text) if text.isascii() else [word for word, _, _ in texts.words(text)]
