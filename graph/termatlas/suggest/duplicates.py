"""Terms that may be one: two pages on one thing, a short form with a page of its own, names that are easily confused.

They are for review and never merged by themselves: most true duplicates are an abbreviation and its long form, and
many abbreviations have several.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from termatlas.model import Glossary
from termatlas.suggest.boilerplate import own_texts
from termatlas.suggest.corpus import Corpus, corpus_of
from termatlas.suggest.model import digest
from termatlas.suggest.names import names_of
from termatlas.suggest.othernames import OtherName
from termatlas.suggest.passages import quoted
from termatlas.suggest.samenames import are_siblings, spelling_pairs
from termatlas.suggest.sameness import WEIGHTS, Pairs, pairs_of, scores
from termatlas.suggest.surroundings import surroundings

if TYPE_CHECKING:
    import networkx as nx

DuplicateKind = Literal["merge", "alias", "confusable"]

_LEAST = 0.5
_ONE_PAGE = 0.36  # square of the cosine of two texts (0.6) that say the same
_LARGEST = 4  # terms that may well be one; more are likelier a mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """One thing that speaks for two terms being one, which a person can check."""

    kind: str  #: a key of `termatlas.suggest.sameness.WEIGHTS`, or ``spelling``
    message: str
    sentence: str = ""
    start: int = 0  #: the name is ``sentence[start:end]``
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """Two terms that may be one."""

    first: str  #: slug, the smaller one
    second: str
    kind: DuplicateKind  #: two pages to merge, a name for the other's aliases, or names to tell apart
    score: float  #: 0 to 1, rounded to four digits; no probability
    reasons: tuple[Likeness, ...]
    cluster: tuple[str, ...] = ()  #: all terms that pairs of this kind join, where they are more than four

    @property
    def fingerprint(self) -> str:
        """Name the pair so that it stays the same when files are renamed or terms reordered."""
        return digest("duplicate", self.first, self.second)


def suggest_duplicates(glossary: Glossary, graph: nx.DiGraph[str], *, corpus: Corpus | None = None) -> list[Duplicate]:
    """List the pairs of terms that may be one, the likeliest first, and then those with one name for two things.

    `corpus` is the glossary as arrays, where it is known already.

    >>> from termatlas.build import build
    >>> from termatlas.model import Term
    >>> model = Term(slug="model", name="Segment Anything Model", definition="(SAM) Cuts out.")
    >>> glossary = Glossary(terms=(Term(slug="sam", name="SAM"), model))
    >>> [(found.first, found.second, found.kind) for found in suggest_duplicates(glossary, build(glossary))]
    [('model', 'sam', 'alias')]
    """
    corpus = (
        corpus_of(glossary, graph, texts=own_texts(glossary)) if corpus is None else _by_own_names(corpus, glossary)
    )
    if len(corpus) < 2:
        return []
    found = pairs_of(corpus, surroundings(corpus, glossary).texts)
    score = scores(found)
    share = {True: spelling_pairs([names[:1] for names in corpus.labels]), False: spelling_pairs(corpus.labels)}
    listed = []
    for at, pair in enumerate(found.pairs):
        if score[at] >= _LEAST or pair in share[False]:
            named = "spelling" if pair in share[True] else "shared" if pair in share[False] else ""
            listed.append(_duplicate(corpus, found, at, float(score[at]), named))
    return sorted(
        _clustered(listed), key=lambda each: (each.kind == "confusable", -each.score, each.first, each.second)
    )


def _by_own_names(corpus: Corpus, glossary: Glossary) -> Corpus:
    """Leave out the names that were learned: they are no news."""
    return replace(corpus, labels=[tuple(names_of(glossary[slug])) for slug in corpus.slugs])


def _duplicate(corpus: Corpus, found: Pairs, at: int, score: float, named: str) -> Duplicate:
    row = dict(zip(WEIGHTS, found.rows[at].tolist(), strict=True))
    row["siblings"] = float(are_siblings(*(corpus.labels[number] for number in found.pairs[at])))
    one, other = sorted(found.pairs[at], key=lambda number: corpus.slugs[number])
    told = [
        _named(corpus, *pair, found.told[pair])
        for pair in ((one, other), (other, one))
        if pair in found.told and (found.told[pair].opening or found.told[pair].cue or found.told[pair].quoted)
    ]
    return Duplicate(
        first=corpus.slugs[one],
        second=corpus.slugs[other],
        kind=_kind(row, named),
        score=round(score, 4),
        reasons=(*_said(row, named), *told),
    )


def _kind(row: dict[str, float], named: str) -> DuplicateKind:
    """Say what to do: names that are alike, of pages that are not, are for telling apart."""
    if row["siblings"]:
        return "confusable"
    if row["text"] >= _ONE_PAGE:
        return "merge"
    if named and (row["unlike"] or named == "shared"):
        return "confusable"
    return "merge" if named else "alias"


def _said(row: dict[str, float], named: str) -> Iterator[Likeness]:
    """Yield what is to be said of a pair's names, texts and neighbours."""
    letters, text = row["letters"] ** 0.5, row["text"] ** 0.5
    said = {
        "spelling": (named == "spelling", "their names differ only in case, spaces, hyphens or a plural"),
        "siblings": (row["siblings"], "their names differ in one word or number"),
        "shared": (named == "shared", "both have a name or alias that differs only in spelling"),
        "initials": (row["initials"] or row["stands_for"], "the letters of one stand in the other in that order"),
        "text": (row["text"] >= _ONE_PAGE, f"their texts are much alike (cosine {text:.2f})"),
        "neighbours": (row["neighbours"] >= 0.2, f"{row['neighbours']:.0%} of their neighbours are the same"),
        "letters": (not named and letters >= 0.5, f"their names have much the same letters (cosine {letters:.2f})"),
        "rare": (row["rare"] == 1, "only the one's text speaks of the other"),
        "unlike": (row["unlike"], "their texts have little in common"),
    }
    return (Likeness(kind=kind, message=message) for kind, (holds, message) in said.items() if holds)


def _named(corpus: Corpus, whose: int, named: int, told: OtherName) -> Likeness:
    how = "in brackets at its start" if told.opening else "as another name" if told.cue else "in its text"
    said = quoted(corpus.slugs[whose], corpus.texts[whose], told.first, told.last)
    return Likeness(
        kind="opening" if told.opening else "cue" if told.cue else "rare",
        message=f"{corpus.slugs[whose]} gives the name of {corpus.slugs[named]} {how}",
        sentence=said.sentence,
        start=said.start,
        end=said.end,
    )


def _clustered(found: Sequence[Duplicate]) -> Iterator[Duplicate]:
    """Name the whole cluster in each pair of one that has more than four terms."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    same = [each for each in found if each.kind != "confusable"]
    number = {slug: at for at, slug in enumerate(sorted({slug for each in same for slug in (each.first, each.second)}))}
    ends = np.array([[number[each.first], number[each.second]] for each in same], np.int64).reshape(-1, 2).T
    links = coo_array((np.ones(len(same)), (ends[0], ends[1])), shape=(len(number), len(number)))
    labels = connected_components(links)[1].tolist() if same else []
    members: defaultdict[int, list[str]] = defaultdict(list)
    for slug, label in zip(number, labels, strict=True):
        members[int(label)].append(slug)
    for each in found:
        cluster = members[int(labels[number[each.first]])] if each.kind != "confusable" else []
        yield replace(each, cluster=tuple(cluster)) if len(cluster) > _LARGEST else each
