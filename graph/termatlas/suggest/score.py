"""The proof on the user's own glossary: hide links, and see how far up they are found again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from termatlas.model import Glossary
from termatlas.suggest.baselines import BASELINES, Baseline
from termatlas.suggest.calibration import calibration_error
from termatlas.suggest.corpus import Bools, Corpus, Ints, corpus_for
from termatlas.suggest.folds import Regime, State, propose, state_of, worth_judging
from termatlas.suggest.linksignals import Direction
from termatlas.suggest.metrics import Interval, Ranks, measures_of, ranks_by, ranks_of
from termatlas.suggest.ranker import Kind, Ranker
from termatlas.suggest.sparse import one_blas_thread, positions, sparse
from termatlas.suggest.splits import Split, random_split, read_split
from termatlas.suggest.texts import Progress
from termatlas.suggest.textsignals import TextSignals, text_signals
from termatlas.suggest.training import train

if TYPE_CHECKING:
    import networkx as nx

#: The name of our own ranking among the baselines.
BLEND = "TermAtlas"
#: With fewer links chance alone decides.
_FEWEST = 30
#: So many terms are asked at most, and so many at a time.
_ASKED, _AT_ONCE = 5_000, 2_000
_SEED = 42


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one model reaches on one kind of hidden links."""

    regime: str  #: ``all``, ``mentioned``, ``not mentioned``, ``orphans, outgoing``, ``orphans, incoming``
    model: str
    links: int  #: how many hidden links were looked for
    measures: dict[str, Interval]  #: ``mrr``, ``hits_5``, ``hits_10``, ``recall_20``, ``p_1``


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How well the missing links of this glossary are found."""

    terms: int
    links: int
    hidden_links: int
    hidden_terms: int
    model: Kind  #: whether the weights were learned from this glossary
    calibration_error: dict[str, float]  #: by regime; of probabilities above 0.02
    rows: tuple[Row, ...]
    note: str = ""  #: says so where there are too few links to say anything


@one_blas_thread()
def score(
    glossary: Glossary,
    graph: nx.DiGraph[str],
    *,
    seed: int = 42,
    split: Path | None = None,
    progress: Progress = lambda _: None,
) -> Score:
    """Hide links, rank all terms for each term that lost some, and say where the hidden links stand.

    15 % of the links are hidden and, apart from that, all links of 10 % of the terms; the rankers are trained anew on
    what is left. Every term is ranked but the one itself and those that it visibly links to; MRR and Hits leave out
    the other hidden links of the same term (the "filtered" protocol of Bordes et al., 2013), and of equal scores count
    the mean place. `split` names a file that says what to hide.

    Raises `SourceError` where the split does not fit the glossary.
    """
    corpus = corpus_for(glossary, graph)
    hidden = random_split(corpus, seed) if split is None else read_split(split, corpus)
    if len(corpus.sources) < _FEWEST:
        return _told(corpus, hidden, "fixed", {}, ())
    text = text_signals(corpus)
    parts = [
        _linked(text, hidden, progress),
        _orphaned(text, hidden, progress),
    ]
    rows = tuple(row for _, _, found in parts for row in found)
    errors = {name: error for _, each, _ in parts for name, error in each.items()}
    return _told(corpus, hidden, parts[0][0], errors, rows)


def _told(corpus: Corpus, split: Split, kind: Kind, errors: dict[str, float], rows: tuple[Row, ...]) -> Score:
    return Score(
        terms=len(corpus),
        links=len(corpus.sources),
        hidden_links=int(split.links.sum()),
        hidden_terms=len(split.terms),
        model=kind,
        calibration_error=errors,
        rows=rows,
        note=_note(len(corpus.sources)),
    )


def _note(links: int) -> str:
    if links < _FEWEST:
        return f"the glossary has {links} links: too few to hide any and say something; {_FEWEST} are the least"
    if links < 10 * _FEWEST:
        return f"the glossary has {links} links: what is said here depends much on chance; mind the intervals"
    return ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Asked:
    """Which terms are asked for their hidden links, and how."""

    regime: Regime
    direction: Direction
    rows: Ints
    hidden: Bools


_Part = tuple[Kind, dict[str, float], list[Row]]


def _linked(text: TextSignals, split: Split, progress: Progress) -> _Part:
    """Score the links that were hidden one by one."""
    hidden = split.links
    ranker = train(text, ~hidden, progress, ("linked",))["linked"]
    state = state_of(text, ~hidden)
    rows = _sample(np.unique(text.corpus.sources[hidden]), _ASKED)
    asked = _Asked(regime="linked", direction="out", rows=rows, hidden=hidden)
    found = [
        _row(regime, model, ranks, chosen)
        for model, ranks in _rank(state, ranker, asked, progress)
        for regime, chosen in _by_mention(text, rows, ranks).items()
    ]
    return ranker.kind, {"all": round(_error_over_all(state, ranker, asked), 4)}, found


def _orphaned(text: TextSignals, split: Split, progress: Progress) -> _Part:
    """Score the links of the terms that lost all of them."""
    hidden, rows = split.term_links, _sample(split.terms, _ASKED)
    rankers = train(text, ~hidden, progress, ("isolated-out", "isolated-in"))
    state = state_of(text, ~hidden)
    found, errors = [], {}
    for name, asked in (
        ("orphans, outgoing", _Asked(regime="isolated-out", direction="out", rows=rows, hidden=hidden)),
        ("orphans, incoming", _Asked(regime="isolated-in", direction="in", rows=rows, hidden=hidden)),
    ):
        ranker = rankers[asked.regime]
        for model, ranks in _rank(state, ranker, asked, progress):
            found.append(_row(name, model, ranks, np.ones(len(ranks.group), np.bool_)))
        errors[name] = round(calibration_error(*_probabilities(state, ranker, asked)), 4)
    return rankers["isolated-out"].kind, errors, found


def _row(regime: str, model: str, ranks: Ranks, chosen: Bools) -> Row:
    return Row(regime=regime, model=model, links=int(chosen.sum()), measures=measures_of(ranks, chosen))


def _rank(state: State, ranker: Ranker, asked: _Asked, progress: Progress) -> Iterator[tuple[str, Ranks]]:
    """Rank the hidden links of some terms by our ranking and by each baseline."""
    corpus, count, rows, hidden = state.text.corpus, len(state.text.corpus), asked.rows, asked.hidden
    out = asked.direction == "out"
    here, there = (corpus.sources, corpus.targets) if out else (corpus.targets, corpus.sources)
    wanted = sparse(np.ones(int(hidden.sum())), here[hidden], there[hidden], (count, count))[rows]
    linked = (state.links.out if out else state.links.into)[rows]
    progress(f"ranking: {BLEND}")
    yield BLEND, ranks_of(_scores(state, ranker, asked), linked, wanted, rows)
    for name, baseline in BASELINES.items():
        progress(f"ranking: {name}")
        yield name, ranks_by(partial(_by, baseline, state, asked.direction), linked, wanted, rows)


def _by(baseline: Baseline, state: State, direction: Direction, rows: Ints) -> Any:
    return baseline(state, rows, direction)


def _judged(state: State, ranker: Ranker, asked: _Asked) -> Iterator[tuple[Ints, Ints, Any, Any]]:
    """Give the pairs that are judged: place of the term that is asked, the other, score and probability."""
    for start in range(0, len(asked.rows), _AT_ONCE):
        pairs = propose(state, asked.rows[start : start + _AT_ONCE], asked.direction)
        first = np.flatnonzero(worth_judging(pairs.group, ranker.logistic(pairs.features)))
        other = pairs.target if asked.direction == "out" else pairs.source
        found = ranker.score(pairs.features[first])
        yield pairs.group[first] + start, other[first], found, ranker.probability(found, pairs.mentioned[first])


def _scores(state: State, ranker: Ranker, asked: _Asked) -> Any:
    """Give our scores as a matrix; pairs that nothing proposed share the last place."""
    group, other, found, _ = _columns(_judged(state, ranker, asked))
    return sparse(found - found.min(initial=0) + 1, group, other, (len(asked.rows), len(state.text.corpus)))


def _columns(parts: Iterator[tuple[Ints, Ints, Any, Any]]) -> tuple[Ints, Ints, Any, Any]:
    none = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0))
    group, other, found, chance = (np.concatenate(column) for column in zip(none, *parts, strict=True))
    return group, other, found, chance


def _by_mention(text: TextSignals, rows: Ints, ranks: Ranks) -> dict[str, Bools]:
    at = positions(text.pairs.key, rows[ranks.group] * len(text.corpus) + ranks.other)
    firm = (at >= 0) & (text.pairs.count[at] > 0) if len(text.pairs) else at >= 0
    return {"all": np.ones(len(at), np.bool_), "mentioned": firm, "not mentioned": ~firm}


def _probabilities(state: State, ranker: Ranker, asked: _Asked) -> tuple[Any, Bools]:
    """Give the probabilities of the pairs that are judged, and which of them are hidden links."""
    corpus, count = state.text.corpus, len(state.text.corpus)
    wanted = (corpus.sources * count + corpus.targets)[asked.hidden]
    group, other, _, chance = _columns(_judged(state, ranker, asked))
    term = asked.rows[group]
    key = term * count + other if asked.direction == "out" else other * count + term
    return chance, np.isin(key, wanted)


def _error_over_all(state: State, ranker: Ranker, asked: _Asked) -> float:
    """Give the calibration error over all terms, with or without a hidden link; of either a sample is asked."""
    corpus = state.text.corpus
    having = np.unique(corpus.sources[asked.hidden])
    others = np.setdiff1d(np.arange(len(corpus)), having)
    told = []
    for terms, rows in ((having, asked.rows), (others, _sample(others, _ASKED // 3))):
        chance, is_link = _probabilities(state, ranker, replace(asked, rows=rows))
        told.append((chance, is_link, np.full(len(chance), len(terms) / max(len(rows), 1))))
    chance, is_link, weight = (np.concatenate(column) for column in zip(*told, strict=True))
    return calibration_error(chance, is_link, weight)


def _sample(terms: Ints, most: int) -> Ints:
    if len(terms) <= most:
        return terms
    return np.sort(np.random.default_rng(_SEED).choice(terms, most, replace=False))
