"""What a reader is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from termatlas.model import Problem, Reference, Term, Violation
from termatlas.sources.files import SourceFile
from termatlas.sources.options import Options


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that stands apart from its term, as a row of a table of links."""

    source: str  #: the term it leads from, as written
    reference: Reference
    file: str


#: What a reader finds in a file.
Item = Term | Link | Problem | Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One format: how to know it and how to read it.

    `read` streams the terms of a file. A bad entry among good ones comes as a `Problem` in the
    stream, a condition of the format that the file breaks as a `Violation`; a file that cannot be
    read at all raises `SourceError`. `knows` looks at a file's name
    and first 64 KiB. `leaves_out` says why a file of the format holds no term ("" where it does).
    """

    name: str
    read: Callable[[SourceFile, Options], Iterator[Item]]
    knows: Callable[[SourceFile, bytes], bool]
    leaves_out: Callable[[SourceFile], str] = lambda _: ""
