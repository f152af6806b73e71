"""A glossary as arrays: what the signals read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from termatlas.model import Glossary, Term
from termatlas.suggest.abbreviations import learned_abbreviations
from termatlas.suggest.boilerplate import own_texts, text_of
from termatlas.suggest.names import names_of
from termatlas.suggest.texts import folded, words

if TYPE_CHECKING:
    import networkx as nx

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float32]
Bools: TypeAlias = NDArray[np.bool_]

#: Stands between two texts, so that no name is found across their border.
BORDER = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Corpus:
    """The defined terms of a glossary by number, their texts as numbers of words, and the links between them.

    Word ``k`` of all texts is ``tokens[k]``; it stands in text ``text_of[k]`` at ``begins[k]:ends[k]``.
    """

    slugs: list[str]
    names: list[str]
    labels: list[tuple[str, ...]]  #: names, aliases and learned abbreviations of each term
    texts: list[str]
    category: Ints  #: of each term; 0 where it has none
    sources: Ints  #: of the links, sorted by source, then target; no self-links, no wanted targets
    targets: Ints
    tokens: Ints
    text_of: Ints
    begins: Ints
    ends: Ints
    offsets: Ints  #: the words of text ``i`` are ``tokens[offsets[i]:offsets[i + 1] - 1]``, and then a border
    vocabulary: dict[str, int]  #: folded word → number, from 1
    number: dict[str, int] = field(repr=False)  #: slug → number

    def __len__(self) -> int:
        return len(self.slugs)


def corpus_of(
    glossary: Glossary,
    graph: nx.DiGraph[str],
    *,
    texts: Mapping[str, str] | None = None,
    abbreviations: Mapping[str, str] | None = None,
) -> Corpus:
    """Turn a glossary and its graph into arrays.

    `texts` gives the text of each term (by default all that its page says), `abbreviations` further names (→ slug).

    >>> from termatlas.build import build
    >>> glossary = Glossary(terms=(Term(slug="a", name="Graph", definition="Nodes and links."),))
    >>> corpus = corpus_of(glossary, build(glossary))
    >>> corpus.slugs, len(corpus.tokens), sorted(corpus.vocabulary)
    (['a'], 4, ['and', 'graph', 'link', 'node'])
    """
    terms = [glossary[slug] for slug in dict.fromkeys(term.slug for term in glossary.terms)]
    number = {term.slug: at for at, term in enumerate(terms)}
    labels = [tuple(names_of(term)) for term in terms]
    for short, slug in sorted((abbreviations or {}).items()):
        if slug in number and short not in labels[number[slug]]:
            labels[number[slug]] += (short,)
    own = [text_of(term) if texts is None else texts.get(term.slug, "") for term in terms]
    sources, targets = _links(graph, number)
    return Corpus(
        slugs=list(number),
        names=[term.name for term in terms],
        labels=labels,
        texts=own,
        category=_categories(terms),
        sources=sources,
        targets=targets,
        number=number,
        **_tokens(own, chain.from_iterable(labels)),
    )


def corpus_for(glossary: Glossary, graph: nx.DiGraph[str]) -> Corpus:
    """Turn a glossary into arrays, without sentences that repeat from page to page, with learned abbreviations."""
    return corpus_of(glossary, graph, texts=own_texts(glossary), abbreviations=learned_abbreviations(glossary))


def tokenised(text: str, vocabulary: Mapping[str, int]) -> list[int]:
    """Give the numbers of a text's words; -1 for one that no text and no name has."""
    return [vocabulary.get(folded(word), -1) for word, _, _ in words(text)]


def _links(graph: nx.DiGraph[str], number: Mapping[str, int]) -> tuple[Ints, Ints]:
    pairs = sorted(
        (number[source], number[target])
        for source, target in graph.edges()
        if source != target and source in number and target in number
    )
    both = np.array(pairs, np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _categories(terms: Sequence[Term]) -> Ints:
    known = {name: at for at, name in enumerate(sorted({term.category for term in terms} | {""}))}
    return np.array([known[term.category] for term in terms], np.int64)


def _tokens(texts: Sequence[str], labels: Iterable[str]) -> dict[str, Any]:
    """Turn words into numbers: those of all texts, in the order in which they come, then those of the names."""
    vocabulary: dict[str, int] = {}
    written: dict[str, int] = {}
    columns: tuple[list[int], ...] = ([], [], [])
    offsets = [0]
    for text in texts:
        for word, begin, end in words(text):
            columns[0].append(_number(word, written, vocabulary))
            columns[1].append(begin)
            columns[2].append(end)
        for column in columns:
            column.append(BORDER)
        offsets.append(len(columns[0]))
    for label in labels:
        for word, _, _ in words(label):
            _number(word, written, vocabulary)
    tokens, begins, ends = (np.array(column, np.int64) for column in columns)
    bounds = np.array(offsets, np.int64)
    return {
        "tokens": tokens,
        "begins": begins,
        "ends": ends,
        "offsets": bounds,
        "text_of": np.repeat(np.arange(len(texts)), np.diff(bounds)),
        "vocabulary": vocabulary,
    }


def _number(word: str, written: dict[str, int], vocabulary: dict[str, int]) -> int:
    found = written.get(word)
    if found is None:
        found = written[word] = vocabulary.setdefault(folded(word), len(vocabulary) + 1)
    return found
