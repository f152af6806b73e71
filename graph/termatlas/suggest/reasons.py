"""Reasons: what a person can check before accepting a link."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from termatlas.suggest.corpus import Corpus, Floats, Ints
from termatlas.suggest.features import FEATURES
from termatlas.suggest.folds import State
from termatlas.suggest.model import Reason, ReasonKind
from termatlas.suggest.ranking import Ranking
from termatlas.suggest.sparse import positions
from termatlas.suggest.stopwords import STOP_WORDS
from termatlas.suggest.texts import folded, sentences, words
from termatlas.suggest.textsignals import TextSignals

#: How many terms and words a reason names.
_TERMS, _WORDS = 3, 5
#: A loose mention counts where so large a share of the texts with it link to the target.
_LOOSE = 0.15
#: Texts with a smaller cosine are not called similar.
_ALIKE = 0.08
#: Category pairs that are linked this many times as often as chance has it are worth a word.
_LIFT = 2.0
#: Longer sentences are cut around the mention.
_SENTENCE = 300

#: Which features speak for a reason; what they add to the logistic half's score is its weight.
_SPEAKING: dict[ReasonKind, tuple[str, ...]] = {
    "mention": ("mentions", "mentions_loose", "place", "cased", "name_words", "lp_target", "lp_name", "lp_category"),
    "links-back": ("links_back",),
    "shared-neighbours": ("allocation", "path", "cited", "coupled", "pagerank", "pagerank_rank", "allocation_rank"),
    "similar-terms-link": ("votes", "votes_back", "votes_rank", "lp_similar"),
    "similar-text": ("similar", "similar_rank", "title_in_text", "text_in_title", "name_in_name", "name_of_name"),
    "same-category": ("same_category", "category_lift", "popular_in_category"),
    "first-incoming": (),
    "first-outgoing": (),
}
_COLUMNS = {kind: [FEATURES.index(name) for name in names] for kind, names in _SPEAKING.items()}


def reasons_of(ranking: Ranking, at: int) -> tuple[Reason, ...]:
    """Give what speaks for a pair, by what it adds to the score; none where nothing can be shown."""
    source, target = int(ranking.source[at]), int(ranking.target[at])
    weights = _weights(ranking, at)
    found = [
        reason
        for find in (_mention, _links_back, _shared_neighbours, _similar_terms, _similar_text, _category)
        for reason in find(ranking.state, source, target)
    ]
    if not found:
        return ()
    found += _firsts(ranking.state, source, target)
    weighed = [_weighed(reason, weights.get(reason.kind, 0.0)) for reason in found]
    return tuple(sorted(weighed, key=lambda reason: -reason.weight))


def _weighed(reason: Reason, weight: float) -> Reason:
    # A sentence of the target's own page speaks more quietly than one of the source's.
    return replace(reason, weight=round(weight / 2 if reason.kind == "mention" and reason.terms else weight, 4))


def _weights(ranking: Ranking, at: int) -> dict[ReasonKind, float]:
    logistic = ranking.rankers[ranking.regime[at]].logistic
    added = (ranking.features[at] - logistic.mean) / logistic.scale * logistic.weights
    return {kind: float(added[columns].sum()) for kind, columns in _COLUMNS.items()}


def _mention(state: State, source: int, target: int) -> Iterator[Reason]:
    """Show where the source's text mentions the target, and where the target's text mentions the source."""
    for here, there in ((source, target), (target, source)):
        key = np.array([here * len(state.text.corpus) + there])
        at = int(positions(state.text.pairs.key, key)[0])
        if at >= 0 and _speaks(state, at):
            yield _mentioned(state, at, reverse=here != source)


def _speaks(state: State, at: int) -> bool:
    return bool(state.text.pairs.count[at] > 0 or state.known.columns["lp_name"][at] >= _LOOSE)


def _mentioned(state: State, at: int, *, reverse: bool) -> Reason:
    text, pairs = state.text, state.text.pairs
    source, target, best = int(pairs.source[at]), int(pairs.target[at]), int(pairs.best[at])
    sentence, start, end = _sentence(text, best)
    count = max(int(pairs.count[at]), 1)
    times = "once" if count == 1 else f"{count} times"
    if reverse:
        name = text.corpus.names[source]
        message = f"{name} mentions this term {times}"
        return Reason(
            kind="mention", message=message, sentence=sentence, start=start, end=end, terms=(text.corpus.slugs[source],)
        )
    linked = int(state.known.linking[target])
    others = int(state.known.mentioning[target]) - int(pairs.count[at] > 0)
    message = f"mentioned {times}; {_of_others(linked, others)}"
    return Reason(kind="mention", message=message, sentence=sentence, start=start, end=end)


def _of_others(linked: int, others: int) -> str:
    if not others:
        return "no other text mentions it"
    if others == 1:
        return f"the one other text that mentions it {'links' if linked else 'does not link'} to it"
    verb = "links" if linked == 1 else "link"
    return f"{linked or 'none'} of the {others} other texts that mention it {verb} to it"


def _sentence(text: TextSignals, mention: int) -> tuple[str, int, int]:
    """Give the sentence of a mention, and where the mention stands in it."""
    corpus, mentions = text.corpus, text.mentions
    first = int(mentions.first[mention])
    begin = int(corpus.begins[first])
    end = int(corpus.ends[first + int(mentions.length[mention]) - 1])
    whole = corpus.texts[int(mentions.source[mention])]
    low, high = next(((low, high) for low, high in sentences(whole) if low <= begin < high), (0, len(whole)))
    high = max(high, end)
    if high - low > _SENTENCE:
        low, high = max(low, begin - _SENTENCE // 2), min(high, max(end, begin + _SENTENCE // 2))
    sentence = "".join(" " if char.isspace() else char for char in whole[low:high])
    return sentence, begin - low, end - low


def _links_back(state: State, source: int, target: int) -> Iterator[Reason]:
    corpus = state.text.corpus
    if positions(state.links.key, np.array([target * len(corpus) + source]))[0] >= 0:
        yield Reason(
            kind="links-back", message=f"{corpus.names[target]} links here already", terms=(corpus.slugs[target],)
        )


def _shared_neighbours(state: State, source: int, target: int) -> Iterator[Reason]:
    either = state.links.either
    common = np.intersect1d(_row(either, source), _row(either, target))
    if len(common):
        degree = np.diff(either.indptr)[common]
        best = common[np.lexsort((common, degree))]
        named, message = _named(state.text.corpus, best, len(best))
        yield Reason(kind="shared-neighbours", message=f"both are linked with {message}", terms=named)


def _similar_terms(state: State, source: int, target: int) -> Iterator[Reason]:
    """Name similar terms that link to the target, or terms similar to the target that the source links to."""
    links, similar = state.links, state.text.similar
    ways: tuple[tuple[int, Ints, Callable[[str], str]], ...] = (
        (source, _row(links.into, target), lambda names: f"similar terms link to it: {names}"),
        (target, _row(links.out, source), lambda names: f"links go to terms similar to it: {names}"),
    )
    for term, linked, say in ways:
        near, cosines = _row(similar, term), _values(similar, term)
        chosen = np.isin(near, linked)
        if chosen.any():
            best = near[chosen][np.lexsort((near[chosen], -cosines[chosen]))]
            named, names = _named(state.text.corpus, best, len(best))
            yield Reason(kind="similar-terms-link", message=say(names), terms=named)


def _named(corpus: Corpus, terms: Ints, count: int) -> tuple[tuple[str, ...], str]:
    shown = terms[:_TERMS].tolist()
    names = [corpus.names[term] for term in shown]
    more = f" and {count - len(shown)} more" if count > len(shown) else ""
    return tuple(corpus.slugs[term] for term in shown), ", ".join(names) + more


def _similar_text(state: State, source: int, target: int) -> Iterator[Reason]:
    text = state.text
    ids, here, there = np.intersect1d(
        _row(text.tfidf, source), _row(text.tfidf, target), assume_unique=True, return_indices=True
    )
    parts = _values(text.tfidf, source)[here] * _values(text.tfidf, target)[there]
    cosine = float(parts.sum())
    if cosine < _ALIKE:
        return
    single = ids <= len(text.corpus.vocabulary)
    best = ids[single][np.lexsort((ids[single], -parts[single]))].tolist()
    if telling := _as_written(text.corpus, source, best)[:_WORDS]:
        yield Reason(kind="similar-text", message=f"the texts share {', '.join(telling)}", words=telling)


def _as_written(corpus: Corpus, term: int, wanted: list[int]) -> tuple[str, ...]:
    """Give the words behind their numbers, as the term's text or name writes them first, without function words."""
    asked, found = set(wanted), dict[int, str]()
    for text in (corpus.texts[term], corpus.names[term]):
        for word, _, _ in words(text):
            number = corpus.vocabulary.get(fold := folded(word), 0)
            if number in asked and fold not in STOP_WORDS:
                found.setdefault(number, word)
    return tuple(found[number] for number in wanted if number in found)


def _category(state: State, source: int, target: int) -> Iterator[Reason]:
    category = state.text.corpus.category
    here, there = int(category[source]), int(category[target])
    if here and here == there and (times := float(state.affinity[here])) > _LIFT:
        message = f"same category, whose terms link to each other {times:.1f} times as often as chance has it"
        yield Reason(kind="same-category", message=message)


def _firsts(state: State, source: int, target: int) -> Iterator[Reason]:
    if not state.links.in_degree[target]:
        yield Reason(kind="first-incoming", message="would be its first incoming link")
    if not state.links.out_degree[source]:
        name = state.text.corpus.names[source]
        yield Reason(kind="first-outgoing", message=f"would be the first link out of {name}")


def _values(matrix: Any, row: int) -> Floats:
    start, end = matrix.indptr[row : row + 2]
    found: Floats = matrix.data[start:end]
    return found


def _row(matrix: Any, row: int) -> Ints:
    start, end = matrix.indptr[row : row + 2]
    found: Ints = matrix.indices[start:end].astype(np.int64)
    return found
