"""What a suggested link is, and why it is one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

#: What speaks for a link; `Reason.message` says it in words.
ReasonKind = Literal[
    "mention",
    "links-back",
    "shared-neighbours",
    "similar-terms-link",
    "similar-text",
    "same-category",
    "first-incoming",
    "first-outgoing",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that speaks for a link, which a person can check.

    >>> reason = Reason(kind="mention", message="mentioned once", sentence="A graph has nodes.", start=2, end=7)
    >>> reason.sentence[reason.start : reason.end]
    'graph'
    """

    kind: ReasonKind
    message: str  #: one clause, without a full stop
    weight: float = 0.0  #: what it adds to the score; the reasons of a suggestion are sorted by it, largest first
    sentence: str = ""  #: the sentence with the mention; "" for other kinds
    start: int = 0  #: the mention is ``sentence[start:end]``
    end: int = 0
    terms: tuple[str, ...] = ()  #: slugs of the terms that the reason names, such as shared neighbours
    words: tuple[str, ...] = ()  #: the telling words that two texts share


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A link that the evidence asks for: directed, from `source` to `target`."""

    source: str  #: slug
    target: str  #: slug
    probability: float  #: calibrated, 0 to 1, rounded to four digits
    reasons: tuple[Reason, ...]

    @property
    def fingerprint(self) -> str:
        """Name the suggestion so that it stays the same when files are renamed or terms reordered."""
        return digest("link", self.source, self.target)

    @property
    def evidence(self) -> str:
        """Name what speaks for the link: another name means that the evidence changed.

        The sentences count, and which kinds of reasons there are; probabilities and counts, which every edit of the
        glossary moves, do not.
        """
        return digest(*sorted({f"{reason.kind}\t{reason.sentence}" for reason in self.reasons}))


def digest(*parts: str) -> str:
    """Give sixteen hexadecimal digits of the SHA-256 of some texts.

    >>> digest("link", "a", "b")
    '96f405bb1fe5a1ca'
    """
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
