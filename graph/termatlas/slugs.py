"""Slugs: the identity that a name gives a term when its source gives none."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPOKEN = {"+": " plus ", "#": " sharp ", "&": " and "}
_ASCII_NAME = re.compile(r"[a-z0-9 ]+")


@lru_cache(maxsize=1 << 18)
def slugify(name: str) -> str:
    """Turn a name into a slug: lower case, no accents, hyphens between words.

    Letters of every script stay; ``+``, ``#`` and ``&`` are spoken, so that C, C++ and C# differ.

    >>> [slugify(name) for name in ("Café au lait", "A/B_testing", "C++", "C#", "注意力 机制", "?!")]
    ['cafe-au-lait', 'a-b-testing', 'c-plus-plus', 'c-sharp', '注意力-机制', '']
    """
    text = name.casefold()
    if not _ASCII_NAME.fullmatch(text):
        for sign, spoken in _SPOKEN.items():
            text = text.replace(sign, spoken)
        text = unicodedata.normalize("NFKD", text)
        text = "".join(char if char.isalnum() else " " for char in text if not unicodedata.combining(char))
        text = unicodedata.normalize("NFC", text)
    return "-".join(text.split())
