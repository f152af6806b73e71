"""Hiding links, to see whether they are found again."""

from __future__ import annotations

import numpy as np

from termatlas.suggest.corpus import Bools, Corpus, Ints

#: Shares that are hidden: of the links, and of the terms that lose all their links.
HIDDEN_LINKS, HIDDEN_TERMS = 0.15, 0.10


def hide_links(visible: Bools, chance: np.random.Generator) -> Bools:
    """Hide 15 % of the visible links."""
    those = np.flatnonzero(visible)
    hidden = np.zeros(len(visible), np.bool_)
    hidden[chance.choice(those, round(len(those) * HIDDEN_LINKS), replace=False)] = True
    return hidden


def hide_terms(corpus: Corpus, visible: Bools, chance: np.random.Generator) -> tuple[Bools, Ints]:
    """Hide all visible links of 10 % of the terms that have any; give the links and these terms."""
    linked = np.union1d(corpus.sources[visible], corpus.targets[visible])
    terms = np.sort(chance.choice(linked, round(len(linked) * HIDDEN_TERMS), replace=False))
    chosen = np.isin(np.arange(len(corpus)), terms)
    return visible & (chosen[corpus.sources] | chosen[corpus.targets]), terms
