"""Features: one row of numbers for each candidate pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from termatlas.suggest.candidates import candidates
from termatlas.suggest.corpus import Floats, Ints
from termatlas.suggest.linksignals import Direction, LinkProbability, Links, neighbour_signals, told_signals
from termatlas.suggest.sparse import gathered, positions, ranks
from termatlas.suggest.textsignals import TextSignals


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """Candidate pairs in groups: all that were proposed to one term follow each other."""

    source: Ints
    target: Ints
    group: Ints  #: which term the pair was proposed to, by its place among those asked for
    features: Floats
    mentioned: NDArray[np.bool_]  #: the target is mentioned in the source's text, not loosely

    def __len__(self) -> int:
        return len(self.source)


def pairs_of(text: TextSignals, links: Links, known: LinkProbability, rows: Ints, direction: Direction) -> Pairs:
    """Propose targets ("out") or sources ("in") to some terms, and describe the pairs."""
    count = len(text.corpus)
    near = neighbour_signals(text, links, rows, direction)
    keys = candidates(text, links, known, near, rows, direction)
    group, other = keys // count, keys % count
    source, target = (rows[group], other) if direction == "out" else (other, rows[group])
    columns = (
        _of_mentions(text, known, source, target)
        | _of_texts(text, rows, keys, direction)
        | _of_neighbours(near, keys)
        | _logarithms(told_signals(text, links, known, rows, direction), keys)
        | _of_terms(text, links, known, source, target)
    )
    columns |= _among(group, columns)
    return Pairs(
        source=source,
        target=target,
        group=group,
        features=_table(columns, len(source)),
        mentioned=columns["mentions"] > 0,
    )


def _table(columns: dict[str, Any], rows: int) -> Floats:
    """Put the columns side by side; each of them in one piece, for that is how the trees read them."""
    table = np.empty((rows, len(FEATURES)), np.float32, order="F")
    for at, name in enumerate(FEATURES):
        table[:, at] = columns[name]
    return table


def _of_mentions(text: TextSignals, known: LinkProbability, source: Ints, target: Ints) -> dict[str, Any]:
    pairs, mentions, count = text.pairs, text.mentions, len(text.corpus)
    there = positions(pairs.key, source * count + target)
    back = positions(pairs.key, target * count + source)
    is_there, is_back = there >= 0, back >= 0
    best = pairs.best[there] if len(pairs) else there

    def of(values: NDArray[Any], at: Ints = there, has: NDArray[np.bool_] = is_there) -> NDArray[Any]:
        return np.where(has, values[at], 0.0) if len(values) else np.zeros(len(source))

    def of_best(values: NDArray[Any]) -> NDArray[Any]:
        return np.where(is_there, values[best], 0.0) if len(values) else np.zeros(len(source))

    return {
        "mentions": np.log1p(of(pairs.count)),
        "mentions_loose": np.log1p(of(pairs.all - pairs.count)),
        "place": np.where(is_there, np.log1p(of(pairs.place)), 0),
        "place_share": of(pairs.place / np.maximum(pairs.size, 1)),
        "text_size": np.log1p(of(pairs.size)),
        "name_words": of_best(mentions.length),
        "name_shared": of_best(np.log(np.maximum(mentions.shared, 1))),
        "cased": of_best(mentions.cased),
        "sentence_start": of(pairs.sentence_start),
        **{name: of(column) for name, column in known.columns.items()},
        "mentions_back": np.log1p(of(pairs.count, back, is_back)),
        "lp_back": of(known.columns["lp_name"], back, is_back),
    }


def _of_texts(text: TextSignals, rows: Ints, keys: Ints, direction: Direction) -> dict[str, Any]:
    swapped = {
        "title_in_text": text.text_in_title,
        "text_in_title": text.title_in_text,
        "name_in_name": text.name_of_name,
        "name_of_name": text.name_in_name,
    }
    straight = {name: getattr(text, name) for name in swapped}
    chosen = straight if direction == "out" else swapped
    similar = text.similar[rows]
    return {
        "similar": gathered(similar, keys),
        "similar_rank": gathered(similar, keys, 1 / (1.0 + ranks(similar))),
        **{name: gathered(matrix[rows], keys) for name, matrix in chosen.items()},
    }


def _of_neighbours(near: dict[str, Any], keys: Ints) -> dict[str, Any]:
    found = _logarithms(near, keys)
    for name in ("votes", "pagerank", "allocation"):
        found[f"{name}_rank"] = gathered(near[name], keys, 1 / (1.0 + ranks(near[name])))
    return found


def _logarithms(matrices: dict[str, Any], keys: Ints) -> dict[str, Any]:
    return {name: np.log(gathered(matrix, keys) + 1e-3) for name, matrix in matrices.items()}


def _of_terms(
    text: TextSignals, links: Links, known: LinkProbability, source: Ints, target: Ints
) -> dict[str, NDArray[Any]]:
    corpus, count = text.corpus, len(text.corpus)
    category = corpus.category
    kinds = int(category.max(initial=0)) + 1
    between = np.bincount(category[links.source] * kinds + category[links.target], minlength=kinds * kinds)
    by_source = np.bincount(category[links.source], minlength=kinds)
    size = np.bincount(category, minlength=kinds)
    lift = np.log((between + 0.5) * count / (np.outer(by_source, size).ravel() + 0.5 * count / kinds))
    pair = category[source] * kinds + category[target]
    wanted = np.sort(category[links.source] * count + links.target)
    asked = category[source] * count + target
    in_category = np.searchsorted(wanted, asked, "right") - np.searchsorted(wanted, asked, "left")
    return {
        "links_back": (positions(links.key, target * count + source) >= 0).astype(np.float32),
        "same_category": ((category[source] == category[target]) & (category[source] > 0)).astype(np.float32),
        "category_lift": lift[pair],
        "popular_in_category": np.log1p(in_category),
        "in_degree": np.log1p(links.in_degree[target]),
        "out_degree": np.log1p(links.out_degree[source]),
        "target_out_degree": np.log1p(links.out_degree[target]),
        "source_in_degree": np.log1p(links.in_degree[source]),
        "mentioning": np.log1p(known.mentioning[target]),
        "source_mentioning": np.log1p(known.mentioning[source]),
    }


def _among(group: Ints, columns: dict[str, Any]) -> dict[str, NDArray[Any]]:
    """Compare a pair with the others proposed to the same term."""
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    sizes = np.diff(np.append(starts, len(group)))
    found = {"candidates": np.log(np.repeat(sizes, sizes))}
    for name in ("lp_name", "votes", "title_in_text"):
        best = np.maximum.reduceat(columns[name], starts) if len(starts) else starts
        found[f"{name}_below_best"] = columns[name] - np.repeat(best, sizes)
    return found


#: The features, in the order of the columns.
FEATURES = (
    "mentions",
    "mentions_loose",
    "place",
    "place_share",
    "text_size",
    "name_words",
    "name_shared",
    "cased",
    "sentence_start",
    "lp_target",
    "lp_name",
    "lp_category",
    "lp_source",
    "lp_similar",
    "lp_previous",
    "lp_following",
    "lp_edges",
    "linked_before",
    "linked_behind",
    "gap_before",
    "gap_behind",
    "linked_around",
    "mentions_back",
    "lp_back",
    "similar",
    "similar_rank",
    "title_in_text",
    "text_in_title",
    "name_in_name",
    "name_of_name",
    "votes",
    "votes_back",
    "allocation",
    "path",
    "cited",
    "coupled",
    "pagerank",
    "told_similar",
    "told_near",
    "votes_rank",
    "pagerank_rank",
    "allocation_rank",
    "links_back",
    "same_category",
    "category_lift",
    "popular_in_category",
    "in_degree",
    "out_degree",
    "target_out_degree",
    "source_in_degree",
    "mentioning",
    "source_mentioning",
    "candidates",
    "lp_name_below_best",
    "votes_below_best",
    "title_in_text_below_best",
)
