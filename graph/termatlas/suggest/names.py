"""What a text calls a term: its name, its aliases, and the two halves of "Segment Anything Model (SAM)"."""

from __future__ import annotations

import re

from termatlas.model import Term

_BRACKETED = re.compile(r"^(?P<outside>[^()]*\S)\s*\((?P<inside>[^()]+)\)\s*$")
_QUESTION = re.compile(r"^what\s+(?:is|are)\s+(?:(?:an?|the)\s+)?(?P<asked>.+?)\s*\?$", re.IGNORECASE)


def names_of(term: Term) -> list[str]:
    """List what a text may call a term, without repetition, its name first.

    >>> names_of(Term(slug="sam", name="Segment Anything Model (SAM)", aliases=("Segment Anything",)))
    ['Segment Anything Model (SAM)', 'Segment Anything Model', 'SAM', 'Segment Anything']
    >>> names_of(Term(slug="core", name="What is a CUDA Core?"))
    ['What is a CUDA Core?', 'CUDA Core']
    """
    return list(dict.fromkeys(part for name in (term.name, *term.aliases) for part in name_parts(name)))


def name_parts(name: str) -> list[str]:
    """Give a name, what it asks for where it is a question, and its halves outside and inside brackets.

    A lower-case text in brackets says which of several is meant; it is no name.

    >>> name_parts("Bias (ethics)"), name_parts("")
    (['Bias (ethics)', 'Bias'], [])
    """
    if asked := _QUESTION.match(name):
        return [name, *name_parts(asked["asked"])]
    if not (found := _BRACKETED.match(name)):
        return [name] if name.strip() else []
    inside = found["inside"].strip()
    return [name, found["outside"], *([inside] if any(letter.isupper() for letter in inside) else [])]
