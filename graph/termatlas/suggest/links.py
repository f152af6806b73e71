"""Suggested links: the ranked pairs that a glossary's editors should look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from termatlas.analysis.lookup import find_term
from termatlas.errors import UsageError
from termatlas.model import Glossary
from termatlas.suggest.corpus import Bools, Corpus, Ints, corpus_for
from termatlas.suggest.duplicates import Duplicate, suggest_duplicates
from termatlas.suggest.folds import order_in_groups
from termatlas.suggest.model import Suggestion
from termatlas.suggest.ranker import Kind
from termatlas.suggest.ranking import Ranking, rank_links
from termatlas.suggest.reasons import reasons_of
from termatlas.suggest.texts import Progress

if TYPE_CHECKING:
    import networkx as nx

#: A term's page has room for so many links.
ROOM = 10
#: How many suggestions an orphan gets in each direction, however improbable they are.
_FOR_ORPHANS = 3
#: A hub gets at most as many new incoming links as it has, or this many.
_FOR_HUBS = 10


#: What the user is told of the weights.
_NOTES: dict[Kind, str] = {
    "learned": "",
    "logistic": "the weights were learned from {links} links; from 1,000 on trees are learned as well",
    "fixed": "{links} links are too few to learn from (100 are the least): the weights come from other glossaries, and"
    " a probability says only which of two suggestions is the better",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """Suggestions, and what their probabilities rest on."""

    suggestions: tuple[Suggestion, ...]
    model: Kind  #: ``learned``: trees and a logistic regression; ``logistic``: the latter alone; ``fixed``: neither
    note: str  #: "" where there is nothing to warn of


def suggest_links(  # noqa: PLR0913  # the questions that an editor asks
    glossary: Glossary,
    graph: nx.DiGraph[str],
    *,
    source: str = "",
    orphans: bool = False,
    min_probability: float = 0.2,
    per_term: int | None = None,
    progress: Progress = lambda _: None,
) -> list[Suggestion]:
    """Suggest the links that a glossary lacks, the most probable first.

    The probability is that of a link which was hidden: had this glossary lost 15 % of its links (an isolated term:
    all of them), then of a hundred suggestions with a probability of 0.3 thirty would bring a lost link back. Good
    links that nobody ever made count as errors in it, so that it is rather too low than too high.

    `source` asks for one term alone: links out of it and into it. `orphans` asks for links into and out of terms
    that no link leads to, the best three each way however improbable. `per_term` is how many links a term is given
    at most; by default it is filled up to ten. Near-duplicates are not suggested; see `suggest_duplicates`.

    Raises `UnknownTerm` where no term is called `source`, `UsageError` for a probability outside 0 to 1.
    """
    return list(
        suggested_links(
            glossary,
            graph,
            source=source,
            orphans=orphans,
            min_probability=min_probability,
            per_term=per_term,
            progress=progress,
        ).suggestions
    )


def suggested_links(  # noqa: PLR0913  # see suggest_links
    glossary: Glossary,
    graph: nx.DiGraph[str],
    *,
    source: str = "",
    orphans: bool = False,
    min_probability: float = 0.2,
    per_term: int | None = None,
    corpus: Corpus | None = None,
    duplicates: Sequence[Duplicate] | None = None,
    progress: Progress = lambda _: None,
) -> Suggested:
    """Suggest links as `suggest_links` does, and say what the probabilities rest on.

    `corpus` and `duplicates` are the glossary as arrays and its near-duplicates, where they are known already.
    """
    if not 0 <= min_probability <= 1:
        raise UsageError(f"a probability lies between 0 and 1, not at {min_probability}")
    if per_term is not None and per_term < 0:
        raise UsageError(f"a term cannot be given {per_term} links")
    slug = find_term(graph, source) if source else ""
    if corpus is None:
        progress("reading the texts")
        corpus = corpus_for(glossary, graph)
    if duplicates is None:
        progress("looking for near-duplicates")
        duplicates = suggest_duplicates(glossary, graph, corpus=corpus)
    ranking = rank_links(corpus, progress)
    chosen = _chosen(ranking, slug, min_probability, orphans=orphans)
    room = _room(graph, ranking) if per_term is None else np.full(len(ranking.state.text.corpus), per_term)
    different = _no_duplicates(duplicates, ranking, np.flatnonzero(chosen))
    kept = _within_room(ranking, different, room, orphans=orphans and per_term is None)
    progress("gathering the reasons")
    found = (_suggestion(ranking, at) for at in kept.tolist())
    kind = ranking.rankers["linked"].kind
    return Suggested(
        suggestions=tuple(
            sorted(
                (each for each in found if each.reasons),
                key=lambda each: (-each.probability, each.source, each.target),
            )
        ),
        model=kind,
        note=_NOTES[kind].format(links=len(ranking.state.links.key)),
    )


def _suggestion(ranking: Ranking, at: int) -> Suggestion:
    slugs = ranking.state.text.corpus.slugs
    return Suggestion(
        source=slugs[int(ranking.source[at])],
        target=slugs[int(ranking.target[at])],
        probability=round(float(ranking.probability[at]), 4),
        reasons=reasons_of(ranking, at),
    )


def _chosen(ranking: Ranking, slug: str, least: float, *, orphans: bool) -> Bools:
    """Choose by probability and by the term that is asked for."""
    corpus, alone = ranking.state.text.corpus, ranking.state.links.in_degree == 0
    chosen = ranking.probability >= least
    if orphans:
        into = alone[ranking.target] & (_place(ranking.target) < _FOR_ORPHANS)
        out = alone[ranking.source] & (_place(ranking.source) < _FOR_ORPHANS)
        chosen = (chosen & (alone[ranking.source] | alone[ranking.target])) | into | out
    if slug:
        number = corpus.number.get(slug, -1)
        chosen &= (ranking.source == number) | (ranking.target == number)
    return chosen


def _place(terms: Ints) -> Ints:
    """Give the place of each pair among those of its term; the pairs come in falling probability."""
    return order_in_groups(terms, -np.arange(len(terms), dtype=np.float64))


def _room(graph: nx.DiGraph[str], ranking: Ranking) -> Ints:
    """Give how many links each page has room for; those to wanted terms take room as well."""
    slugs = ranking.state.text.corpus.slugs
    taken = [graph.out_degree(slug) if slug in graph else 0 for slug in slugs]
    return np.maximum(ROOM - np.array(taken, np.int64), 0)


def _within_room(ranking: Ranking, chosen: Ints, room: Ints, *, orphans: bool) -> Ints:
    """Leave out what a page has no room for, and what would swell a hub."""
    links = ranking.state.links
    source, target = ranking.source[chosen], ranking.target[chosen]
    fits = _place(source) < room[source]
    if orphans:
        # A way in matters more to an orphan than the length of another page's list.
        fits |= (links.in_degree[target] == 0) & (_place(target) < _FOR_ORPHANS)
    modest = _place(target) < np.maximum(links.in_degree[target], _FOR_HUBS)
    return chosen[fits & modest]


def _no_duplicates(duplicates: Sequence[Duplicate], ranking: Ranking, chosen: Ints) -> Ints:
    """Leave out pairs that are two pages on one thing: those are for merging, not for linking."""
    number = ranking.state.text.corpus.number
    same = [(number[each.first], number[each.second]) for each in duplicates if each.kind != "confusable"]
    one, other = np.array([*same, *(pair[::-1] for pair in same)], np.int64).reshape(-1, 2).T
    keys = ranking.source[chosen] * len(number) + ranking.target[chosen]
    return chosen[~np.isin(keys, one * len(number) + other)]
