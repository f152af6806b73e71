"""Abbreviations that the texts themselves explain: "Segment Anything Model (SAM)" and "SAM (Segment Anything Model)".

Ariel Schwartz and Marti Hearst, A simple algorithm for identifying abbreviation definitions in biomedical text,
Pacific Symposium on Biocomputing, 2003.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from termatlas.model import Glossary, Term
from termatlas.suggest.boilerplate import text_of
from termatlas.suggest.keys import spelling_key
from termatlas.suggest.names import names_of

_LONGEST = 10  #: of an abbreviation, in signs (section 3.1 of the paper)
_BRACKETS = re.compile(r"\(\s*([^()\n]{2,100}?)\s*\)")
_REACH = 120  #: signs before a bracket in which its long form may stand
_NAMED = "\n"  # no meaning that a text gives holds one


def learned_abbreviations(glossary: Glossary) -> dict[str, str]:
    """Give the term that each abbreviation stands for, where a text explains it by a term's name or alias.

    What is a name or an alias already is left out, and what stands for something else as often.

    >>> sam = Term(slug="sam", name="Segment Anything Model", definition="Segment anything models (SAMs) cut out.")
    >>> learned_abbreviations(Glossary(terms=(sam,)))
    {'SAM': 'sam'}
    """
    names = _slugs_by_key(glossary)
    meanings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for term in glossary.terms:
        for short, meaning in {*_explained(term, names)}:
            meanings[short][meaning] += 1
    known = {name for term in glossary.terms for name in (term.name, *term.aliases)}
    single = {short: _single(counts) for short, counts in sorted(meanings.items()) if short not in known}
    return {short: slug for short, slug in single.items() if slug}


def stands_for(short: str, long: str) -> bool:
    """Tell whether an abbreviation's letters stand in a long form in that order, the first one at its start.

    >>> stands_for("ViT", "vision transformer"), stands_for("SAM", "model of anything"), stands_for("AI", "AI")
    (True, False, False)
    """
    letters = [sign for sign in short.casefold() if sign.isalnum()]
    folded = long.casefold()
    at = len(folded)
    for sign in reversed(letters[1:]):
        at = folded.rfind(sign, 0, at)
        if at < 0:
            return False
    return bool(letters) and len(folded) > len(short) and at > 0 and folded[0] == letters[0]


@lru_cache(maxsize=1 << 18)
def is_abbreviation(text: str) -> bool:
    """Tell whether a text looks like an abbreviation: short, one or two words, a capital among its letters.

    >>> [is_abbreviation(text) for text in ("SAM", "ViT", "1-bit SGD", "e.g.", "Model", "2012", "MIT Press 3")]
    [True, True, True, False, False, False, False]
    """
    if not (2 <= len(text) <= _LONGEST and text.count(" ") <= 1 and text[0].isalnum()):
        return False
    letters = [sign for sign in text if sign.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    return capitals >= 2 or (capitals == 1 and (len(text) == 2 or text[0].islower()))


def _single(counts: Counter[str]) -> str:
    """Give the one term that an abbreviation stands for; "" where there are two, or other meanings as often."""
    slugs = [meaning for meaning in counts if meaning.startswith(_NAMED)]
    if len(slugs) != 1 or 2 * counts[slugs[0]] <= counts.total():
        return ""
    return slugs[0].removeprefix(_NAMED)


def _explained(term: Term, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the abbreviations that a page explains, with a slug after `_NAMED` or with another meaning's key."""
    for name in (term.name, *term.aliases):
        yield from _in_text(name, names)
    text = text_of(term)
    if (first := _BRACKETS.match(text)) and (short := _short(first[1])) and _fits(short, term):
        yield short, _NAMED + term.slug
    yield from _in_text(text, names)


def _fits(short: str, term: Term) -> bool:
    return any(stands_for(short, name) for name in names_of(term))


def _in_text(text: str, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for found in _BRACKETS.finditer(text):
        before = text[max(0, found.start() - _REACH) : found.start()].split()
        if not before:
            continue
        if short := _short(found[1]):
            yield from _before(short, before, names)
        elif (
            (slug := names.get(spelling_key(found[1])))
            and (short := _short(before[-1]))
            and stands_for(short, found[1])
        ):
            yield short, _NAMED + slug


def _short(text: str) -> str:
    """Give an abbreviation without quotes and its plural's ending; "" where a text is none."""
    bare = text.strip("\"'“”‘’«»„*_,;:")
    bare = bare[:-1] if bare.endswith("s") and bare[:-1].isupper() else bare
    return bare if is_abbreviation(bare) else ""


def _before(short: str, before: list[str], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what the words before a bracket say that an abbreviation means: a term, or else the shortest that fits."""
    most = min(len(short) + 5, 2 * len(short))  # words of a long form: section 3.1 of the paper
    fitting = [long for long in _endings(before, most) if stands_for(short, long)]
    for long in reversed(fitting):
        if slug := names.get(spelling_key(long)):
            yield short, _NAMED + slug
            return
    if fitting:
        yield short, spelling_key(fitting[0])


def _endings(words: list[str], most: int) -> list[str]:
    """List what the words end in, the shortest ending first.

    >>> _endings(["the", "big", "one"], 2)
    ['one', 'big one']
    """
    return [" ".join(words[-count:]).lstrip("\"'“‘«„*_[") for count in range(1, min(most, len(words)) + 1)]


def _slugs_by_key(glossary: Glossary) -> dict[str, str]:
    """Map the keys of names to slugs; a key that two terms share is left out."""
    slugs: defaultdict[str, set[str]] = defaultdict(set)
    for term in glossary.terms:
        for name in names_of(term):
            slugs[spelling_key(name)].add(term.slug)
    return {key: min(found) for key, found in slugs.items() if len(found) == 1 and key}
