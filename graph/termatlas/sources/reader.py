"""What a reader is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from termatlas.model import Description, Problem, Reference, Term, Violation, Vocabulary
from termatlas.sources.files import SourceFile
from termatlas.sources.options import Options


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that stands apart from its term, as a row of a table of links."""

    source: str  #: the term it leads from, as written
    reference: Reference
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a file says about the glossary that its terms belong to."""

    title: str
    language: str
    base_iri: str
    namespace: str  #: what the IRIs of its terms begin with: the base, complete
    file: str
    description: Description = Description()  # noqa: RUF009 (it is frozen)


#: What a reader finds in a file.
Item = Term | Link | Problem | Violation | Heading | Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One format: how to know it and how to read it.

    `read` streams the terms of a file. A bad entry among good ones comes as a `Problem` in the
    stream, a condition of the format that the file breaks as a `Violation`; a file that cannot be
    read at all raises `SourceError`. A `Heading` comes before the terms that it is about, a `Vocabulary`
    after those that it keeps the statements of. `knows` looks at a file's name and first 64 KiB.
    `leaves_out` says why a file of the format holds no term ("" where it does).
    """

    name: str
    read: Callable[[SourceFile, Options], Iterator[Item]]
    knows: Callable[[SourceFile, bytes], bool]
    leaves_out: Callable[[SourceFile], str] = lambda _: ""
