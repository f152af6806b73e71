"""Mentions: where the texts speak of other terms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from termatlas.suggest.corpus import Bools, Corpus, Ints, tokenised

#: Names in capitals of at most so many letters are other words when they are written small: SEX, ADD, IT.
_ACRONYM = 6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mentions:
    """All places where a term's name or alias stands in another term's text, in the order of the texts.

    A mention is *loose* where it lies within a longer one or where the case of a short acronym differs.
    """

    source: Ints  #: whose text it is
    target: Ints  #: whose name it is
    first: Ints  #: number of its first word among all words
    length: Ints  #: in words
    label: Ints  #: which name: names that fold to the same words are one
    loose: Bools
    cased: Bools  #: whether it is written in the same case as the name
    shared: Ints  #: how many terms have that name

    def __len__(self) -> int:
        return len(self.source)


def find_mentions(corpus: Corpus) -> Mentions:
    """Find the mentions of all terms in one pass over all texts.

    The words of the names form a trie; all places in all texts descend it together, one word a step (Aho and
    Corasick, Efficient string matching, 1975, without its failure links: names are short).

    >>> from termatlas.build import build
    >>> from termatlas.model import Glossary, Term
    >>> from termatlas.suggest.corpus import corpus_of
    >>> names = {"a": "Graph", "b": "Knowledge graph", "c": "Atlas"}
    >>> terms = [Term(slug=slug, name=name) for slug, name in names.items()]
    >>> terms.append(Term(slug="d", name="Map", definition="Knowledge graphs make an atlas."))
    >>> glossary = Glossary(terms=tuple(terms))
    >>> found = find_mentions(corpus_of(glossary, build(glossary)))
    >>> list(zip(found.target.tolist(), found.loose.tolist()))
    [(1, False), (0, True), (2, False)]
    """
    trie, owners = _trie(corpus)
    first, length, label = _descend(corpus.tokens, trie, np.array([bool(each) for each in owners], np.bool_))
    order = np.lexsort((-length, first))
    first, length, label = first[order], length[order], label[order]
    nested = _nested(first, length)
    counts = np.array([len(owners[at]) for at in label.tolist()], np.int64)
    target = np.array([owner for at in label.tolist() for owner, _ in owners[at]], np.int64)
    written = [name for at in label.tolist() for _, name in owners[at]]
    first, length, label = (np.repeat(column, counts) for column in (first, length, label))
    source = corpus.text_of[first] if len(first) else np.zeros(0, np.int64)
    cased, acronym = _case(corpus, source, first, length, written)
    keep = source != target
    columns = (
        source,
        target,
        first,
        length,
        label,
        np.repeat(nested, counts) | (acronym & ~cased),
        cased,
        np.repeat(counts, counts),
    )
    names = ("source", "target", "first", "length", "label", "loose", "cased", "shared")
    return Mentions(**{name: column[keep] for name, column in zip(names, columns, strict=True)})


def _trie(corpus: Corpus) -> tuple[dict[tuple[int, int], int], list[list[tuple[int, str]]]]:
    """Give the steps of the trie, (state, word) → state, and for each state the terms whose name ends there."""
    steps: dict[tuple[int, int], int] = {}
    owners: list[dict[int, str]] = [{}]
    for term, labels in enumerate(corpus.labels):
        for label in labels:
            state = 0
            for token in tokenised(label, corpus.vocabulary):
                step = steps.setdefault((state, token), len(owners))
                if step == len(owners):
                    owners.append({})
                state = step
            if state:
                owners[state].setdefault(term, label)
    return steps, [sorted(each.items()) for each in owners]


def _descend(tokens: Ints, trie: dict[tuple[int, int], int], final: Bools) -> tuple[Ints, Ints, Ints]:
    """Let each place descend the trie as far as it can; give place, length and state of each name on its way."""
    width = int(tokens.max(initial=0)) + 2
    # A word that stands in no text cannot be matched, and has no number below `width`.
    inside = [(state * width + token, step) for (state, token), step in trie.items() if 0 < token < width]
    table = np.array(sorted(inside), np.int64).reshape(-1, 2)
    place, state = np.arange(len(tokens)), np.zeros(len(tokens), np.int64)
    found: list[tuple[Ints, Ints, Ints]] = []
    depth = 0
    while len(place) and len(table):
        key = state * width + tokens[np.minimum(place + depth, len(tokens) - 1)]
        at = np.minimum(np.searchsorted(table[:, 0], key), len(table) - 1)
        alive = (table[at, 0] == key) & (place + depth < len(tokens))
        place, state, depth = place[alive], table[at[alive], 1], depth + 1
        ended = final[state]
        found.append((place[ended], np.full(int(ended.sum()), depth), state[ended]))
    none = (np.zeros(0, np.int64),) * 3
    first, length, label = (np.concatenate(column) for column in zip(none, *found, strict=True))
    return first, length, label


def _nested(first: Ints, length: Ints) -> Bools:
    """Say which matches lie within a longer one; they are sorted by place, the longest first."""
    if not len(first):
        return np.zeros(0, np.bool_)
    end = first + length
    reach = np.concatenate([[-1], np.maximum.accumulate(end)[:-1]])
    within: Bools = reach >= end
    return within


def _case(corpus: Corpus, source: Ints, first: Ints, length: Ints, written: list[str]) -> tuple[Bools, Bools]:
    """Say of each match whether it has the case of the name, and whether the name is a short acronym."""
    begin = corpus.begins[first].tolist()
    end = corpus.ends[first + length - 1].tolist() if len(first) else []
    cased, acronym = np.zeros(len(first), np.bool_), np.zeros(len(first), np.bool_)
    for at, (text, name) in enumerate(zip(source.tolist(), written, strict=True)):
        cased[at] = corpus.texts[text].startswith(name, begin[at], end[at])
        acronym[at] = len(name) <= _ACRONYM and name.isupper() and name.isascii()
    return cased, acronym
