"""What is compared, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from termatlas.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class TermState:
    """A term as it was; what is None is not known of it."""

    slug: str
    name: str
    status: str  #: ``ok``, ``isolated``, ``orphan``, ``dead-end`` or ``wanted``
    categories: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    definition: str = ""
    explanation: str | None = None

    @property
    def defined(self) -> bool:
        """Tell whether a page defines the term."""
        return self.status != "wanted"


class Link(NamedTuple):
    """A link as it was: slug, slug, kind."""

    source: str
    target: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A glossary as it was: its terms, links, measures and findings."""

    terms: Mapping[str, TermState]  #: by slug, wanted ones too
    links: frozenset[Link]
    measures: Mapping[str, Mapping[str, float]]  #: of `MEASURES` those with exact values, by slug
    findings: tuple[Finding, ...]


#: The measures whose ranks are compared.
MEASURES = ("pagerank", "betweenness")


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """A term that has another slug now, and by what it was recognised: ``name`` or ``definition``."""

    old: str
    new: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A term of which something changed."""

    slug: str
    what: str  #: ``name``, ``categories``, ``aliases``, ``definition``, ``explanation`` or ``status``
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A term whose rank by a measure changed by a tenth or more.

    A rank is one more than the terms with a greater value.
    """

    measure: str
    slug: str
    old: int
    new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """What came, went and changed between two states of a glossary; renamed terms count as the same term.

    Everything is sorted by slug; `moved` by how many times the rank changed, most first.
    """

    terms_came: tuple[TermState, ...]
    terms_gone: tuple[TermState, ...]
    renamed: tuple[Renamed, ...]
    changed: tuple[Changed, ...]
    links_came: tuple[Link, ...]
    links_gone: tuple[Link, ...]
    statuses: tuple[Changed, ...]
    moved: tuple[Moved, ...]
    findings_came: tuple[Finding, ...]
    findings_gone: tuple[Finding, ...]
    estimated: tuple[str, ...]  #: measures that are estimates in one of the two, which ranks cannot be taken from
