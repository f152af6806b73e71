"""What is written into sources, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from termatlas.model import Term

#: ``added`` to the source, ``there`` already, in the ``patch`` because a site makes the source, or ``refused``.
State = Literal["added", "there", "patch", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A link that was accepted."""

    source: str  #: slug
    target: str  #: slug
    source_id: str = ""  #: names the source's texts as they were when it was suggested; "": whatever they are
    place: str = ""  #: where it was accepted, such as ``line 4``


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of an accepted link."""

    link: Accepted
    state: State
    reason: str = ""  #: why it is refused or in the patch
    cure: str = ""

    def __str__(self) -> str:
        link = f"{self.link.source} → {self.link.target}"
        said = "; ".join(filter(None, (self.reason, self.cure)))
        return ": ".join(filter(None, (self.link.place, link, said)))


class Change(NamedTuple):
    """A file's content before and after."""

    old: bytes
    new: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What applying links came to: an outcome each, the files that change, and what is left for a person to add."""

    outcomes: tuple[Outcome, ...]
    changes: Mapping[Path, Change] = field(default_factory=dict)
    patch: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Adding:
    """The links to add to one term."""

    term: Term
    targets: tuple[Term, ...]


class Edit(NamedTuple):
    """A part of a text, ``text[start:end]``, and what takes its place; mostly nothing does, and it is put in."""

    start: int
    end: int
    text: str


class NotWritable(Exception):
    """Say why a link cannot be written into its source."""

    def __init__(self, reason: str, cure: str = "add the link by hand") -> None:
        self.reason = reason
        self.cure = cure
        super().__init__(reason)
