"""Terms that a glossary lacks: those that its links want, and phrases of its texts that look like its names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from termatlas.model import Glossary
from termatlas.slugs import slugify
from termatlas.suggest.corpus import Bools, Corpus, Ints, corpus_for
from termatlas.suggest.keys import squeezed_key
from termatlas.suggest.model import digest
from termatlas.suggest.names import names_of
from termatlas.suggest.nested import Numbers, c_value, mostly_nested, texts_outside
from termatlas.suggest.passages import Passage, passages, spelling
from termatlas.suggest.phrases import Phrases, find_phrases, places_of
from termatlas.suggest.surroundings import Surroundings, surroundings
from termatlas.suggest.termhood import termhood

if TYPE_CHECKING:
    import networkx as nx

_SMALL = 1_000  # terms, below which a phrase need stand in two texts only
_OVERLAP = 0.5  # share of its occurrences that may overlap with better phrases
_GENERIC = 0.05  # share of the texts above which a phrase must look much like a term


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingTerm:
    """A term that no page defines though links lead to it or texts speak of it."""

    name: str  #: as most texts spell it
    slug: str  #: what its page may be called
    wanted: bool  #: whether links lead to it
    wanted_by: int = 0  #: how many terms link to it
    texts: int = 0  #: how many terms' texts speak of it
    same_as: str = ""  #: the slug of a term with such a name, which a wanted term's links may mean
    score: float = 0.0  #: termhood × logarithm of the C-value; 0 for a wanted term: its links say enough
    category: str = ""  #: of most terms that link to it or speak of it
    nearest: tuple[str, ...] = ()  #: slugs of the terms that are nearest to it
    sentences: tuple[Passage, ...] = ()  #: up to three, of different terms

    @property
    def fingerprint(self) -> str:
        """Name the suggestion so that it stays the same when the glossary grows."""
        return digest("term", squeezed_key(self.name) or self.slug)


def suggest_terms(
    glossary: Glossary, graph: nx.DiGraph[str], *, top: int = 100, corpus: Corpus | None = None
) -> list[MissingTerm]:
    """List the terms that are missing: wanted ones first, by how many terms want them, then phrases by score.

    A phrase must stand in three texts, in two where the glossary is small. Spellings of names and parts of longer
    phrases are left out. `corpus` is the glossary as arrays, where it is known already.

    >>> from termatlas.build import build
    >>> from termatlas.model import Reference, Term
    >>> ask = (Reference(written="edge", target="edge", name="Edge"),)
    >>> glossary = Glossary(terms=(Term(slug="node", name="Node", definition="Has edges.", related=ask),))
    >>> [(term.name, term.wanted_by, term.texts) for term in suggest_terms(glossary, build(glossary))]
    [('Edge', 1, 1)]
    """
    corpus = corpus_for(glossary, graph) if corpus is None else corpus
    known = known_keys(glossary)
    for slug, labels in zip(corpus.slugs, corpus.labels, strict=True):
        for label in labels:
            known.setdefault(squeezed_key(label), slug)
    found = _wanted(corpus, graph, known)[:top]
    if len(found) < top:
        taken = {squeezed_key(term.name) for term, _, _ in found}
        found += _phrases(corpus, known, taken, top - len(found))
    if not found:
        return []
    around = surroundings(corpus, glossary)
    return [_complete(term, corpus, around, places, sources) for term, places, sources in found]


def ranked_phrases(phrases: Phrases) -> Numbers:
    """Score the phrases of a corpus as missing terms: termhood × logarithm of the C-value."""
    score: Numbers = termhood(phrases) * np.log1p(np.maximum(c_value(phrases), 0))
    return score


def known_keys(glossary: Glossary) -> dict[str, str]:
    """Map the keys of all that terms are called, their slugs' words included, to slugs."""
    keys: dict[str, str] = {}
    for term in glossary.terms:
        for name in (*names_of(term), term.slug.replace("-", " ")):
            keys.setdefault(squeezed_key(name), term.slug)
    return keys


def spelt_like_names(phrases: Phrases, known: Mapping[str, str]) -> Bools:
    """Say of each phrase whether it is a name but for case, hyphens, spaces, accents or a plural."""
    spelt = ["", *phrases.corpus.vocabulary]
    keys = ("".join(spelt[word] for word in words) for words in phrases.words())
    return np.array([bool(_known(key, known)) for key in keys], np.bool_)


def _known(key: str, known: Mapping[str, str]) -> str:
    """Give the slug of the term that a key means; the plural of an abbreviation, "CPUs", looks like a word in -us."""
    return known.get(key, "") or (known.get(key[:-1], "") if key.endswith("s") else "")


_Found = tuple[MissingTerm, Ints, Ints]  # with the places where it stands, and the terms that link to it


def _wanted(corpus: Corpus, graph: nx.DiGraph[str], known: Mapping[str, str]) -> list[_Found]:
    """List the wanted terms, those that most terms want first."""
    found: list[_Found] = []
    for slug, data in graph.nodes(data=True):
        if not data.get("defined", True):
            sources = [corpus.number[source] for source in graph.pred[slug] if source in corpus.number]
            name = data.get("name") or slug
            name = name.replace("-", " ") if name == slug else name
            same = _known(squeezed_key(name), known) or _known(squeezed_key(slug), known)
            term = MissingTerm(name=name, slug=slug, wanted=True, wanted_by=len(sources), same_as=same)
            found.append((term, np.zeros(0, np.int64), np.array(sorted(sources), np.int64)))
    found.sort(key=lambda each: (-each[0].wanted_by, each[0].slug))
    return [(term, places_of(corpus, term.name), sources) for term, _, sources in found]


def _phrases(corpus: Corpus, known: Mapping[str, str], taken: set[str], count: int) -> list[_Found]:
    """List the best phrases that are no names, nor spelt like what is `taken`."""
    phrases = find_phrases(corpus)
    score = ranked_phrases(phrases)
    spelt_like = spelt_like_names(phrases, known)
    least = 2 if len(corpus) < _SMALL else 3
    good = (texts_outside(phrases, spelt_like) >= least) & ~spelt_like & ~mostly_nested(phrases)
    good &= (phrases.texts <= _GENERIC * len(corpus)) | (score > np.log1p(phrases.count) / 2)
    covered = np.zeros(len(corpus.tokens), np.bool_)
    found: list[_Found] = []
    for number in np.argsort(-score, kind="stable").tolist():
        if len(found) == count or not score[number]:
            break
        places, length = phrases.places_of(number), int(phrases.length[number])
        spans = places[:, None] + np.arange(length)
        if not good[number] or covered[spans].any(axis=1).mean() > _OVERLAP:
            continue
        name = spelling(corpus, places, length)
        if (key := squeezed_key(name)) not in taken:
            taken.add(key)
            covered[spans] = True
            term = MissingTerm(name=name, slug=slugify(name), wanted=False, score=round(float(score[number]), 4))
            found.append((term, places, np.zeros(0, np.int64)))
    return found


def _complete(term: MissingTerm, corpus: Corpus, around: Surroundings, places: Ints, sources: Ints) -> MissingTerm:
    """Add what the texts say of a term."""
    texts = np.unique(corpus.text_of[places])
    near = around.nearest(term.name, np.union1d(texts, sources))
    return replace(
        term,
        texts=len(texts),
        category=around.category(texts, sources),
        nearest=tuple(corpus.slugs[number] for number in near),
        sentences=passages(corpus, places, term.name),
    )
