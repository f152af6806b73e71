"""What a profile requires, as data, and what of it a source does not meet.

The words are SHACL's: a requirement has targets, and limits on the values of properties. Its results are those that a
SHACL engine gives for the shapes that the profile publishes: the same things, kinds of constraint and values.
Source: Shapes Constraint Language, W3C Recommendation, https://www.w3.org/TR/shacl/.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from termatlas.findings.model import Level
from termatlas.validate.facts import Facts
from termatlas.validate.model import Value, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What the values of a property must be; of several properties, their values together."""

    shape: str = ""  #: the name of the shape that stands for it, where it has one of its own
    path: tuple[str, ...]
    least: int = 0
    most: int | None = None
    datatypes: tuple[str, ...] = ()  #: one of these; if there are several, or things are allowed, as an ``or``
    kind: Literal["", "IRI", "Literal", "BlankNodeOrIRI"] = ""
    or_iri: bool = False  #: an IRI will do as well
    classes: tuple[str, ...] = ()  #: one of these; if there are several, as an ``or``
    one_a_language: bool = False
    pattern: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What a profile requires of the things of some classes."""

    id: str
    level: Level
    text: str  #: what is required, as the message says it
    cure: str = ""
    shape: str  #: the name of the shape that stands for it
    classes: tuple[str, ...] = ()
    objects_of: str = ""  #: a property whose values it is about, where there is no class
    all_of: tuple[Limit, ...] = ()
    combined: Literal["", "Or", "Xone", "And"] = ""  #: how many of `parts` must be met: one or more, just one, all
    parts: tuple[tuple[Limit, ...], ...] = ()  #: each met if one of its limits is
    count: tuple[int, int] | None = None  #: how many things of the class there must be, at least and at most


class Unmet(NamedTuple):
    """A limit that a thing does not meet."""

    node: Value  #: a thing; a text where a property of things has one
    shape: str
    component: str  #: the kind of constraint, without its namespace and ``ConstraintComponent``
    path: tuple[str, ...] = ()
    value: Value | None = None


def unmet(requirement: Requirement, facts: Facts) -> Iterator[Unmet]:
    """Yield where a source does not meet a requirement."""
    if requirement.count:
        yield from _miscounted(requirement, facts)
        return
    for node in _targets(requirement, facts):
        for limit in requirement.all_of:
            shape = limit.shape or requirement.shape
            for component, value in _broken(limit, facts, node):
                yield Unmet(node, shape, component, limit.path, value)
        if requirement.combined and not _holds(requirement, facts, node):
            yield Unmet(node, requirement.shape, requirement.combined, (), node)


def properties_of(requirement: Requirement) -> Iterator[str]:
    """Yield the properties that a requirement asks for."""
    for limit in (*requirement.all_of, *(limit for part in requirement.parts for limit in part)):
        yield from limit.path
    if requirement.objects_of:
        yield requirement.objects_of
    if requirement.count:
        yield "^rdf:type"


def _targets(requirement: Requirement, facts: Facts) -> Collection[Value]:
    if requirement.objects_of:
        values = (facts.values(node, requirement.objects_of) for node in facts.said)
        return dict.fromkeys(value for each in values for value in each)
    return dict.fromkeys(node for kind in requirement.classes for node in facts.instances.get(kind, ()))


def _miscounted(requirement: Requirement, facts: Facts) -> Iterator[Unmet]:
    """Count the things that the source itself gives the class; those of sub-classes are others."""
    from termatlas.validate.facts import full

    (kind,) = requirement.classes
    count = len(facts.values(full(kind), "^rdf:type"))
    least, most = requirement.count or (0, count)
    if count < least:
        yield Unmet(full(kind), requirement.shape, "QualifiedMinCount", ("^rdf:type",))
    if count > most:
        yield Unmet(full(kind), requirement.shape, "QualifiedMaxCount", ("^rdf:type",))


def _holds(requirement: Requirement, facts: Facts, node: Value) -> bool:
    met = [any(not any(_broken(limit, facts, node)) for limit in part) for part in requirement.parts]
    return {"Or": any(met), "Xone": sum(met) == 1, "And": all(met)}[requirement.combined]


def _broken(limit: Limit, facts: Facts, node: Value) -> Iterator[tuple[str, Value | None]]:
    """Yield the kinds of constraint that values break, with the value where one does."""
    values = facts.values(node, limit.path[0])
    if len(limit.path) > 1:
        values = {value: None for path in limit.path for value in facts.values(node, path)}
    if len(values) < limit.least:
        yield "MinCount", None
    if limit.most is not None and len(values) > limit.most:
        yield "MaxCount", None
    if limit.one_a_language and len(values) > 1:
        languages = Counter(value.language for value in values if isinstance(value, Written) and value.language)
        yield from (("UniqueLang", None) for count in languages.values() if count > 1)
    for component, allows in _CONSTRAINTS:
        for value in values:
            if not allows(limit, facts, value):
                yield component(limit), value


def _right_datatype(limit: Limit, _: Facts, value: Value) -> bool:
    if not limit.datatypes:
        return True
    if isinstance(value, str):
        return limit.or_iri and not value.startswith("_:")
    return value.datatype in limit.datatypes and _is_well_formed(value)


def _right_class(limit: Limit, facts: Facts, value: Value) -> bool:
    return not limit.classes or any(value in facts.instances.get(kind, ()) for kind in limit.classes)


def _right_kind(limit: Limit, _: Facts, value: Value) -> bool:
    if not limit.kind:
        return True
    if isinstance(value, Written):
        return limit.kind == "Literal"
    return limit.kind == "BlankNodeOrIRI" or (limit.kind == "IRI" and not value.startswith("_:"))


def _right_pattern(limit: Limit, _: Facts, value: Value) -> bool:
    text = value.text if isinstance(value, Written) else value
    return not limit.pattern or (bool(re.search(limit.pattern, text)) and not text.startswith("_:"))


#: The kind of constraint, and whether a value is allowed by it.
_CONSTRAINTS: tuple[tuple[Callable[[Limit], str], Callable[[Limit, Facts, Value], bool]], ...] = (
    (lambda limit: "Or" if len(limit.datatypes) > 1 or limit.or_iri else "Datatype", _right_datatype),
    (lambda limit: "Or" if len(limit.classes) > 1 else "Class", _right_class),
    (lambda _: "NodeKind", _right_kind),
    (lambda _: "Pattern", _right_pattern),
)

_DAY = r"-?(?:[1-9]\d{3,}|0\d{3})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_ZONE = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_TIME = r"T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_FORMS = {"xsd:date": re.compile(_DAY + _ZONE), "xsd:dateTime": re.compile(_DAY + _TIME + _ZONE)}
_YEAR_AND_DAY = re.compile(r"-?(\d+)-(\d\d)-(\d\d)")


def _is_well_formed(value: Written) -> bool:
    """Tell whether a text is one of its datatype, as far as SHACL has it checked (XML Schema 1.1, part 2)."""
    form = _FORMS.get(value.datatype)
    if not form:
        return True
    if not form.fullmatch(value.text):
        return False
    year, month, day = map(int, _YEAR_AND_DAY.match(value.text).groups())  # type: ignore[union-attr] # `form` holds it
    return day <= monthrange(2000 + year % 400, month)[1]
