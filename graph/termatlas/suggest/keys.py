"""Spellings of one name → one key."""

from __future__ import annotations

from functools import lru_cache

from termatlas.suggest.texts import folded, words


@lru_cache(maxsize=1 << 18)
def spelling_key(name: str) -> str:
    """Fold case, accents, hyphens and plurals: what is left is the same for the spellings of one name.

    >>> [spelling_key(name) for name in ("Neural-Networks", "neural network", "Café", "C++", "C#")]
    ['neural network', 'neural network', 'cafe', 'c++', 'c#']
    """
    return " ".join(folded(word) for word, _, _ in words(name))


def squeezed_key(name: str) -> str:
    """Fold spaces as well.

    >>> squeezed_key("Data-base") == squeezed_key("databases")
    True
    """
    return spelling_key(name).replace(" ", "")
