"""Measure suggest_duplicates and suggest_terms on FOLDOC, of which its editors give the right answers.

Usage: python tests/bench/duplicates_and_terms.py CORPORA

Duplicates: 3,000 aliases become pages of their own, without a text; 3,000 terms without an alias lose their text, so
that they can be told from those by their name alone, and no link is left. Hit@1: how often an alias's best pair is the
term that it was taken from. Recall at precision .90: the share of aliases that are found so where all 6,000 are sorted
by the score of their best pair, down to the place where nine of ten were right. The weights were learned from every
second one; the figures are of the others.

Terms: right are the phrases that the editors linked though no page has them, in two texts or more; all phrases are
ranked. No weight was learned from them.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
from children import machine, table

from termatlas.build import build
from termatlas.model import Glossary, Term
from termatlas.sources.read import read
from termatlas.suggest.boilerplate import own_texts
from termatlas.suggest.corpus import corpus_of
from termatlas.suggest.keys import squeezed_key
from termatlas.suggest.nested import c_value
from termatlas.suggest.phrases import Phrases, find_phrases
from termatlas.suggest.sameness import Pairs, pairs_of, scores
from termatlas.suggest.surroundings import surroundings
from termatlas.suggest.terms import known_keys, ranked_phrases, spelt_like_names

_ASKED = 3_000


def main(corpora: str) -> None:
    """Measure and print."""
    folder = Path(corpora) / "foldoc"
    glossary = read(str(folder / "foldoc.jsonl"))
    print(f"{machine()}\n")
    print(table(("duplicates", "Hit@1", "R at P .90", "R at P .95", "CPU s"), _duplicates(glossary)))
    gold = json.loads((folder / "dangling-references.json").read_text("utf-8"))
    print()
    heads = ("terms", "P@50", "P@100", "P@200", "P@500", "R@1000", "AP", "CPU s")
    print(table(heads, _terms(glossary, {squeezed_key(phrase) for phrase, _ in gold})))


def _duplicates(glossary: Glossary) -> list[tuple[object, ...]]:
    asked, truth = _alias_pages(glossary)
    start = time.process_time()
    corpus = corpus_of(asked, build(asked), texts=own_texts(asked))
    found = pairs_of(corpus, surroundings(corpus, asked).texts)
    score = scores(found)
    seconds = time.process_time() - start
    numbered = {corpus.number[query]: corpus.number.get(target, -1) for query, target in truth.items()}
    letters = np.sqrt(found.rows[:, 4])
    return [
        ("letters of the names", *_found(found, letters, numbered), ""),
        ("suggest duplicates", *_found(found, score, numbered), f"{seconds:.1f}"),
    ]


def _alias_pages(glossary: Glossary) -> tuple[Glossary, dict[str, str]]:
    """Give the glossary to search, and for every second name that is asked for its term, "" where it has none."""
    chance = random.Random(42)
    names = {term.name for term in glossary.terms}
    aliases = [(alias, term.slug) for term in glossary.terms for alias in term.aliases if alias not in names]
    plain = [term.slug for term in glossary.terms if not term.aliases]
    chance.shuffle(aliases)
    chance.shuffle(plain)
    aliases, plain = aliases[:_ASKED], plain[:_ASKED]
    hidden = {slug: {alias for alias, owner in aliases if owner == slug} for _, slug in aliases}
    terms = [_without(term, hidden.get(term.slug, set()), plain=term.slug in set(plain)) for term in glossary.terms]
    terms += [Term(slug=f"alias-{at}", name=alias) for at, (alias, _) in enumerate(aliases)]
    truth = {f"alias-{at}": slug for at, (_, slug) in enumerate(aliases) if at % 2}
    return Glossary(terms=tuple(terms)), truth | dict.fromkeys(plain[1::2], "")


def _without(term: Term, hidden: Iterable[str], *, plain: bool) -> Term:
    left = replace(term, related=(), aliases=tuple(alias for alias in term.aliases if alias not in hidden))
    return replace(left, definition="", explanation="", questions=()) if plain else left


def _found(found: Pairs, score: np.typing.NDArray[np.floating], truth: dict[int, int]) -> tuple[str, str, str]:
    best: dict[int, tuple[float, bool]] = {}
    for at in np.argsort(-score, kind="stable").tolist():
        for query, other in (found.pairs[at], found.pairs[at][::-1]):
            if query in truth:
                best.setdefault(query, (score[at], truth[query] == other))
    aliases = sum(target >= 0 for target in truth.values())
    right = np.array([hit for _, hit in sorted(best.values(), key=lambda each: -each[0])])
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    reached = [np.cumsum(right)[precision >= least][-1:].sum() / aliases for least in (0.90, 0.95)]
    return f"{right.sum() / aliases:.3f}", f"{reached[0]:.3f}", f"{reached[1]:.3f}"


def _terms(glossary: Glossary, gold: set[str]) -> list[tuple[object, ...]]:
    start = time.process_time()
    phrases = find_phrases(corpus_of(glossary, build(glossary), texts=own_texts(glossary)))
    spelt = ["", *phrases.corpus.vocabulary]
    keys = ["".join(spelt[word] for word in words) for words in phrases.words()]
    asked = ~spelt_like_names(phrases, known_keys(glossary))
    right = np.array([key in gold for key in keys]) & asked
    ranked = ranked_phrases(phrases)
    seconds = time.process_time() - start
    rankings: dict[str, Callable[[Phrases], np.typing.NDArray[np.floating]]] = {
        "in most texts": lambda phrases: phrases.texts.astype(float),
        "C-value": c_value,
        "suggest terms": lambda _: ranked,
    }
    lines: list[tuple[object, ...]] = []
    for name, ranking in rankings.items():
        hits = right[asked][np.argsort(-ranking(phrases)[asked], kind="stable")]
        precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
        at = [f"{precision[count - 1]:.3f}" for count in (50, 100, 200, 500)]
        recall, mean = hits[:1000].sum() / right.sum(), (precision * hits).sum() / right.sum()
        lines.append((name, *at, f"{recall:.3f}", f"{mean:.3f}", f"{seconds:.1f}" if name == "suggest terms" else ""))
    print(f"{int(asked.sum()):,} phrases, {int(right.sum()):,} of them right")
    return lines


if __name__ == "__main__":
    main(*sys.argv[1:])
