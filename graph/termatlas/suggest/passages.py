"""Sentences of a glossary with a phrase in them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from termatlas.suggest.corpus import Corpus, Ints
from termatlas.suggest.texts import folded, sentences, words

_MOST = 3
_WIDEST = 300  # signs of a sentence that is quoted in full
_SHORTEST = 40  # signs that a sentence should have to say something


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence of a term's text; what is sought is ``sentence[start:end]``."""

    term: str  #: slug
    sentence: str
    start: int
    end: int


def passages(corpus: Corpus, places: Ints, name: str) -> tuple[Passage, ...]:
    """Quote up to three sentences, of different terms, the handiest ones, where a name of so many words stands."""
    length = max(1, sum(1 for _ in words(name)))
    found: dict[int, Passage] = {}
    for place in places.tolist():
        text = int(corpus.text_of[place])
        if text not in found:
            begin, end = int(corpus.begins[place]), int(corpus.ends[place + length - 1])
            found[text] = quoted(corpus.slugs[text], corpus.texts[text], begin, end)
    handy = sorted(found.values(), key=lambda each: (_unhandy(each), each.term))
    return tuple(handy[:_MOST])


def spelling(corpus: Corpus, places: Ints, length: int) -> str:
    """Give the commonest spelling of a phrase, in the singular where some text has it."""
    spelt: Counter[str] = Counter()
    for place in places.tolist():
        text = corpus.texts[int(corpus.text_of[place])]
        spelt[" ".join(text[int(corpus.begins[place]) : int(corpus.ends[place + length - 1])].split())] += 1
    return min(spelt, key=lambda each: (_is_plural(each), -spelt[each], each))


def _is_plural(name: str) -> bool:
    last = [word for word, _, _ in words(name)][-1:]
    return any(folded(word) != word.casefold() and word.casefold().endswith("s") for word in last)


def quoted(slug: str, text: str, begin: int, end: int) -> Passage:
    """Quote the sentence around ``text[begin:end]`` on one line, cut where it is long."""
    first, last = next(((first, last) for first, last in sentences(text) if first <= begin < last), (begin, end))
    before, after = " ".join(text[first:begin].split()), " ".join(text[end : max(last, end)].split())
    before = before + " " if text[begin - 1 : begin].isspace() and before else before
    after = " " + after if text[end : end + 1].isspace() and after else after
    room = max(0, (_WIDEST - (end - begin)) // 2)
    before = f"…{before[len(before) - room :]}" if len(before) > room else before
    after = f"{after[:room]}…" if len(after) > room else after
    middle = " ".join(text[begin:end].split())
    return Passage(term=slug, sentence=f"{before}{middle}{after}", start=len(before), end=len(before) + len(middle))


def _unhandy(passage: Passage) -> int:
    size = len(passage.sentence)
    return size if size >= _SHORTEST else _WIDEST + _SHORTEST - size
