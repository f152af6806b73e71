"""What the links that are there say of two terms. Hidden links are not in any array here."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import identity

from termatlas.suggest.corpus import Bools, Corpus, Floats, Ints
from termatlas.suggest.sparse import (
    inverse,
    positions,
    product,
    scaled_columns,
    scaled_rows,
    sparse,
)
from termatlas.suggest.textsignals import TextSignals

#: Out: each row is a source, its columns are targets. In: each row is a target, its columns are sources.
Direction = Literal["out", "in"]

#: Terms with more neighbours say nothing of what their neighbours have in common.
_HUB = 1_000
#: How many entries a row of each product keeps.
_KEPT = 100
#: Personalised PageRank: the chance to start anew, and the steps after which little is left.
_RESTART, _STEPS = 0.2, 4
#: As many texts as the average weighs in a share of few texts.
_PRIOR = 3.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Links:
    """The visible links of a glossary, and counts by term."""

    source: Ints
    target: Ints
    key: Ints  #: sorted
    out: Any  #: matrix source × target
    into: Any  #: its transpose
    either: Any  #: 1 where a link runs in either direction
    out_degree: Ints
    in_degree: Ints

    @property
    def isolated(self) -> Bools:
        """Say which terms have no link."""
        alone: Bools = (self.out_degree + self.in_degree) == 0
        return alone


def visible_links(corpus: Corpus, visible: Bools) -> Links:
    """Take the links that are not hidden."""
    count = len(corpus)
    source, target = corpus.sources[visible], corpus.targets[visible]
    out = sparse(np.ones(len(source)), source, target, (count, count))
    either = (out + out.T).tocsr().sign()
    return Links(
        source=source,
        target=target,
        key=source * count + target,
        out=out,
        into=out.T.tocsr(),
        either=either,
        out_degree=np.bincount(source, minlength=count),
        in_degree=np.bincount(target, minlength=count),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LinkProbability:
    """How often mentions are links: of each pair of `MentionPairs`, judged by the other texts.

    Link probability: the share of the texts mentioning a term that link to it (Mihalcea and Csomai, Wikify!, 2007;
    Milne and Witten, Learning to link with Wikipedia, 2008).
    """

    linked: Bools  #: whether the pair is a visible link
    columns: dict[str, Floats]
    mentioning: Ints  #: of each term: how many texts mention it
    linking: Ints  #: of each term: how many of them link to it
    told: Any  #: matrix source × target: the link probability of each mentioned target
    told_back: Any  #: its transpose


def link_probability(text: TextSignals, links: Links) -> LinkProbability:
    """Count which mentions are links, by target, by name, by category, by neighbouring words and mentions."""
    pairs, corpus = text.pairs, text.corpus
    linked = positions(links.key, pairs.key) >= 0
    exact = pairs.count > 0
    base = float(linked[exact].mean()) if exact.any() else 0.0
    label = text.mentions.label[pairs.best]
    # Loose mentions are counted apart: "it" says nothing of IT.
    target = pairs.target * 2 + exact
    of_target = _share(target, linked, np.full(len(pairs), base), _PRIOR)
    categories = int(corpus.category.max(initial=0)) + 1
    in_category = (pairs.target * categories + corpus.category[pairs.source]) * 2 + exact
    columns = {
        "lp_target": of_target,
        "lp_name": _share(label * 2 + exact, linked, of_target, _PRIOR),
        "lp_category": _share(in_category, linked, of_target, _PRIOR),
        "lp_source": _share(pairs.source * 2 + exact, linked, np.full(len(pairs), base), _PRIOR),
        "lp_previous": _share(pairs.previous * 2 + exact, linked, np.full(len(pairs), base), 20.0),
        "lp_following": _share(pairs.following * 2 + exact, linked, np.full(len(pairs), base), 20.0),
        "lp_edges": _share(pairs.edges * 2 + exact, linked, np.full(len(pairs), base), 20.0),
        **_near(text, linked),
    }
    columns["lp_similar"] = _among_similar(text, linked, of_target)
    count = len(corpus)
    told = sparse(columns["lp_target"][exact], pairs.source[exact], pairs.target[exact], (count, count))
    return LinkProbability(
        told=told,
        told_back=told.T.tocsr(),
        linked=linked,
        columns={name: np.asarray(column, np.float32) for name, column in columns.items()},
        mentioning=np.bincount(pairs.target[exact], minlength=count),
        linking=np.bincount(pairs.target[exact & linked], minlength=count),
    )


def _share(group: Ints, linked: Bools, prior: NDArray[Any], weight: float) -> NDArray[Any]:
    """Give the share of linked pairs in the group of each pair, itself left out, with a prior of some weight."""
    _, group = np.unique(group, return_inverse=True)
    all_of = np.bincount(group)[group] - 1
    linked_of = np.bincount(group, linked)[group] - linked
    found: NDArray[Any] = (linked_of + weight * prior) / (all_of + weight)
    return found


def _near(text: TextSignals, linked: Bools) -> dict[str, NDArray[Any]]:
    """Say whether the mentions before and behind a mention are links, how far off they are, and the share of five."""
    pairs, mentions = text.pairs, text.mentions
    firm = pairs.count > 0
    order = np.lexsort((pairs.place, pairs.source, ~firm))[: int(firm.sum())]
    source, place, is_linked = pairs.source[order], pairs.place[order], linked[order].astype(np.float64)
    length = mentions.length[pairs.best[order]]
    columns = {name: np.zeros(len(pairs)) for name in ("linked_before", "linked_behind", "gap_before", "gap_behind")}
    columns["linked_around"] = np.zeros(len(pairs))
    if len(order) > 1:
        same = source[1:] == source[:-1]
        gap = np.clip(place[1:] - place[:-1] - length[:-1], 0, 20)
        columns["linked_before"][order[1:]] = np.where(same, is_linked[:-1] * 2 - 1, 0)
        columns["linked_behind"][order[:-1]] = np.where(same, is_linked[1:] * 2 - 1, 0)
        columns["gap_before"][order[1:]] = np.where(same, 1 / (1 + gap), 0)
        columns["gap_behind"][order[:-1]] = np.where(same, 1 / (1 + gap), 0)
        columns["linked_around"][order] = _windowed(source, is_linked, 5)
    return columns


def _windowed(source: Ints, linked: NDArray[Any], width: int) -> NDArray[Any]:
    """Give the share of links among the mentions up to `width` places off, within the same text."""
    starts = np.flatnonzero(np.diff(source, prepend=-1))
    run = np.cumsum(np.diff(source, prepend=-1) != 0) - 1
    low, high = starts[run], np.append(starts[1:], len(source))[run]
    here = np.arange(len(source))
    begin, end = np.maximum(here - width, low), np.minimum(here + width + 1, high)
    total = np.concatenate([[0.0], np.cumsum(linked)])
    found: NDArray[Any] = (total[end] - total[begin] - linked + 0.3) / (end - begin - 1 + 2.0)
    return found


def _among_similar(text: TextSignals, linked: Bools, prior: NDArray[Any]) -> NDArray[Any]:
    """Give the link probability among the similar texts alone, weighed by how similar they are."""
    pairs, count = text.pairs, len(text.corpus)
    if not len(pairs):
        return np.zeros(0)
    firm = pairs.count > 0
    shape = (count, count)
    mentioned = sparse(firm, pairs.source, pairs.target, shape)
    both = sparse(firm & linked, pairs.source, pairs.target, shape)
    found = np.zeros(len(pairs))
    edges = np.searchsorted(pairs.source, np.arange(0, count + 4096, 4096))
    for number, (low, high) in enumerate(pairwise(edges.tolist())):
        rows = text.similar[number * 4096 : (number + 1) * 4096]
        asked = pairs.key[low:high] - number * 4096 * count
        among, of_them = _exactly(rows @ mentioned, asked), _exactly(rows @ both, asked)
        found[low:high] = (of_them + 0.3 * prior[low:high]) / (among + 0.3)
    return found


def _exactly(matrix: Any, asked: Ints) -> Floats:
    from termatlas.suggest.sparse import row_of

    matrix.sort_indices()
    keys = row_of(matrix) * matrix.shape[1] + matrix.indices
    at = positions(keys, asked)
    return np.where(at >= 0, matrix.data[at], np.float32(0)) if len(keys) else np.zeros(len(asked), np.float32)


def neighbour_signals(text: TextSignals, links: Links, rows: Ints, direction: Direction) -> dict[str, Any]:
    """Give the matrices (rows × all terms) of what neighbours and similar terms say.

    - ``votes``: similar terms link there (k nearest neighbours vote); ``votes_back``: the term links to similar ones.
    - ``allocation``: resource allocation (Zhou, Lü and Zhang, Predicting missing links via local information, 2009).
    - ``adamic_adar``: Adamic and Adar, Friends and neighbors on the Web, 2003; kept for comparison by `score`.
    - ``path``: source → x → target. ``cited``: x links to both. ``coupled``: both link to x.
    - ``pagerank``: personalised PageRank by power iteration, undirected, pruned (Haveliwala, 2002).
    """
    out, into = (links.out, links.into) if direction == "out" else (links.into, links.out)
    degree = np.diff(links.either.indptr)
    share = np.where(degree <= _HUB, inverse(degree.astype(float)), 0)
    out_share = np.where(links.out_degree <= _HUB, inverse(links.out_degree.astype(float)), 0)
    in_share = np.where(links.in_degree <= _HUB, inverse(links.in_degree.astype(float)), 0)
    similar = text.similar[rows]
    weighed = scaled_rows(similar, inverse(np.asarray(similar.sum(axis=1)).ravel()))
    either = links.either[rows]
    middle_cited, middle_coupled = (out_share, in_share) if direction == "out" else (in_share, out_share)
    return {
        "votes": product(weighed, out, _KEPT),
        "votes_back": product(out[rows], text.similar, _KEPT),
        "allocation": product(scaled_columns(either, share), links.either, _KEPT),
        "path": product(scaled_columns(out[rows], share), out, _KEPT),
        "cited": product(scaled_columns(into[rows], middle_cited), out, _KEPT),
        "coupled": product(scaled_columns(out[rows], middle_coupled), into, _KEPT),
        "pagerank": personalised_pagerank(links, rows),
    }


def told_signals(
    text: TextSignals, links: Links, known: LinkProbability, rows: Ints, direction: Direction
) -> dict[str, Any]:
    """Give the matrices (rows × all terms) of which terms the texts of similar terms, and of neighbours, mention."""
    told = known.told if direction == "out" else known.told_back
    similar, either = text.similar[rows], links.either[rows]
    return {
        "told_similar": product(
            scaled_rows(similar, inverse(np.asarray(similar.sum(axis=1)).ravel())), told, 2 * _KEPT
        ),
        "told_near": product(scaled_rows(either, inverse(np.diff(either.indptr).astype(float))), told, 2 * _KEPT),
    }


def personalised_pagerank(links: Links, rows: Ints) -> Any:
    """Walk at random from each of the rows' terms, along links in either direction, now and then starting anew."""
    degree = np.diff(links.either.indptr).astype(float)
    step = scaled_rows(links.either, (1 - _RESTART) * inverse(degree))
    start = identity(len(degree), np.float32, format="csr")[rows] * np.float32(_RESTART)
    reached = start
    for _ in range(_STEPS):
        reached = (product(reached, step, _KEPT) + start).tocsr()
    return reached
