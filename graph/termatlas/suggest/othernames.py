"""Where a term's text gives another term's name as its own: "(Or "reverse Polish notation", RPN) …"."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from termatlas.suggest.corpus import Corpus
from termatlas.suggest.mentions import find_mentions
from termatlas.suggest.samenames import Pair

_CUE = re.compile(
    r"(?:\bor|\ba\.?k\.?a\.?|\bcalled|known as|named|referred to as|abbreviat(?:ed|ion)(?: to| as| of| for)?|short for"
    r"|synonym(?:s|ous)?(?: of| with| for|:)?|formerly|originally|previously|stands for|acronym (?:of|for)|same as"
    r"|another (?:name|word|term) for|variant of|spelling of|spelled|equivalent to|oder|genannt|kurz|ou|appelée?)"
    r"[,:]?\s*(?:the |an? )?[\"'“‘„«(]?$",
    re.IGNORECASE,
)
#: What `_CUE` can end in, but for the article and signs behind it; quicker to look for.
_CUE_ENDS = (
    *("or", "aka", "a.k.a", "a.k.a.", "aka.", "called", "as", "named", "to", "of", "for", "with", "abbreviated"),
    *("abbreviation", "synonym", "synonyms", "synonymous", "formerly", "originally", "previously", "spelled"),
    *("oder", "genannt", "kurz", "ou", "appelé", "appelée"),
)
_AFTER_CUE = " \t\n,:\"'“‘„«("
_OPENS, _CLOSES = "\"'“‘„«([", "\"'”’»),;]"
_BEFORE = 30  # signs before a name in which a cue stands
_EARLY = 12  # words at the start of a text, where it names what it speaks of
_NEAR_START = 300  # signs in which quotes and brackets hold other names
_SOME = 20  # texts with a name, more than which are not about it
_RARE = 2  # texts with a name, so few that they may be about it


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherName:
    """How a text gives the name of another term."""

    opening: bool = False  #: in brackets at its very start
    cue: bool = False  #: after "or", "called", "short for" and the like
    quoted: bool = False  #: in quotes or brackets of its own
    early: float = 0.0  #: 1 for its first word, falling
    rare: float = 0.0  #: 1 shared by the texts with that name
    first: int = 0  #: where it stands in the text
    last: int = 0


def other_names(corpus: Corpus) -> dict[Pair, OtherName]:
    """Find the texts that may give another term's name as their own: (whose text, whose name) → how."""
    mentions = find_mentions(corpus)
    strict = ~mentions.loose
    source, target, first, length = (
        column[strict].tolist() for column in (mentions.source, mentions.target, mentions.first, mentions.length)
    )
    texts = np.bincount([pair[1] for pair in {*zip(source, target, strict=True)}] or [0], minlength=len(corpus))
    found: dict[Pair, OtherName] = {}
    for at, pair in enumerate(zip(source, target, strict=True)):
        begin, end = int(corpus.begins[first[at]]), int(corpus.ends[first[at] + length[at] - 1])
        word = first[at] - int(corpus.offsets[pair[0]])
        told = _told(corpus.texts[pair[0]], begin, end, word, int(texts[pair[1]]))
        if told and (pair not in found or _strength(told) > _strength(found[pair])):
            found[pair] = told
    return found


def _told(text: str, begin: int, end: int, word: int, texts: int) -> OtherName | None:
    before, after = text[max(0, begin - _BEFORE) : begin], text[end : end + 2].lstrip("s")[:1]
    opening = text.startswith("(") and end <= text.find(")")
    quoted = begin < _NEAR_START and before[-1:] in _OPENS and bool(before) and after in _CLOSES and bool(after)
    cue = _may_be_cue(before) and bool(_CUE.search(before))
    if not (opening or cue or quoted or (word < _EARLY and texts <= _SOME) or texts <= _RARE):
        return None
    early, rare = 1 / (1 + word / 10), 1 / max(1, texts)
    return OtherName(opening=opening, cue=cue, quoted=quoted, early=early, rare=rare, first=begin, last=end)


def _may_be_cue(before: str) -> bool:
    tail = before.lower().rstrip(_AFTER_CUE)
    for article in (" the", " an", " a"):
        tail = tail.removesuffix(article)
    return tail.rstrip(_AFTER_CUE).endswith(_CUE_ENDS)


def _strength(told: OtherName) -> float:
    return 2 * told.opening + 2 * told.cue + told.quoted + told.early
