"""What a result of a validation and a rule are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from termatlas.findings.model import Level
from termatlas.model import Where

if TYPE_CHECKING:
    import pyoxigraph


class Written(NamedTuple):
    """A literal: its text, its language in lower case and the IRI of its datatype."""

    text: str
    language: str
    datatype: str


#: An IRI, a blank node as ``_:id``, or a literal.
Value = str | Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One thing that breaks a rule: what, by which rule of which source, and where it stands.

    Texts of the vocabulary are as they stand in it: escape them before they are shown.
    """

    profile: str  #: ``skos``, ``vocpub``, …, or the file of shapes
    rule: str  #: an integrity condition such as ``S14``, a requirement such as ``2.1.05``, the name of a shape
    level: Level
    concept: str  #: the IRI of the thing that it is about, or ``_:`` and an id; "" where it is about the whole
    name: str  #: what the vocabulary calls it, else the last part of its IRI
    value: Value = ""  #: the value or the other thing in it, if there is one
    path: str = ""  #: the property or the path to the value, if there is one, as SPARQL writes it
    message: str
    cure: str = ""
    source: str  #: the document that the rule is from, with the place in it
    shape: str  #: the IRI of the shape that stands for the rule in SHACL; "" where it has none
    component: str  #: the kind of constraint in SHACL, such as ``MinCount``, or the IRI of one of its own
    where: Where


#: Statements, in the order of their source.
Quads = Iterator["pyoxigraph.Quad"]


class Given(NamedTuple):
    """What is validated: statements that can be read any number of times."""

    label: str  #: what messages call it: its file
    quads: Callable[[], Quads]
    where: Callable[[str], Where]  #: the place that a thing comes from
