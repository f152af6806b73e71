"""What a mapping is: a term, a relation of SKOS, and a concept of another vocabulary."""

from __future__ import annotations

import collections.abc
import hashlib
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from termatlas.model import Problem, Where

#: SKOS Reference, section 10: the term is the same as, about the same as, narrower than, broader than or related to
#: the other concept. The name says what the other one is: ``broadMatch`` leads to the broader concept.
Relation = Literal["exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"]

Level = Literal["error", "warning", "info"]

RELATIONS: tuple[Relation, ...] = get_args(Relation)

#: Stands for the target where people looked and found none (SSSOM, section "Representing unmapped entities").
NO_TERM = "https://w3id.org/sssom/NoTermFound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """What is said of a term and a concept of another vocabulary, and on what ground.

    >>> mapping = Mapping(slug="clip", relation="exactMatch", target="http://www.wikidata.org/entity/Q1", negated=True)
    >>> mapping.asserted
    False
    """

    slug: str
    relation: Relation
    target: str  #: an IRI
    negated: bool = False  #: whether the relation is said not to hold
    label: str = ""  #: what the other vocabulary calls the target
    justification: str = ""  #: an IRI, such as of semapv:LexicalMatching; "" where nobody says
    confidence: float | None = None  #: 0 to 1
    comment: str = ""
    further: tuple[tuple[str, tuple[str, ...]], ...] = ()  #: other slots of SSSOM, in its order, with their values
    where: Where = field(default=Where(file=""), compare=False)

    @property
    def asserted(self) -> bool:
        """Tell whether it says that term and target are related: it does neither deny it nor lack a target."""
        return not self.negated and self.target != NO_TERM

    @property
    def fingerprint(self) -> str:
        """Name the mapping by what it says, so that it stays the same when rows are moved."""
        said = (self.slug, self.relation, self.target, self.negated, self.label, self.justification, self.confidence)
        return hashlib.sha256(repr((*said, self.comment, self.further)).encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingProblem(Problem):
    """What is wrong with a mapping, by which rule, and how bad it is."""

    rule: str
    level: Level
    term: str = ""  #: slug; "" where no term was found
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mappings:
    """The mappings of a file, in its order, and what is wrong with it."""

    mappings: tuple[Mapping, ...] = ()
    problems: tuple[MappingProblem, ...] = ()
    prefixes: collections.abc.Mapping[str, str] = field(default_factory=dict)  #: that the file declares
    metadata: collections.abc.Mapping[str, Any] = field(default_factory=dict)  #: slots of SSSOM's mapping set: texts
    file: str = ""

    @property
    def asserted(self) -> tuple[Mapping, ...]:
        """Give the mappings that say that a term and a target are related."""
        return tuple(mapping for mapping in self.mappings if mapping.asserted)
