"""The profiles by name, and results from requirements that are not met."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from termatlas.sources.skosstatements import last_part
from termatlas.validate.facts import Facts, full, read_facts, short
from termatlas.validate.model import Given, Result, Written
from termatlas.validate.requirements import Requirement, Unmet, properties_of, unmet
from termatlas.validate.skohub import BASE as SKOHUB_BASE
from termatlas.validate.skohub import SKOHUB
from termatlas.validate.skos import skos_results
from termatlas.validate.vocpub import BASE as VOCPUB_BASE
from termatlas.validate.vocpub import VOCPUB, VOCPUB_GA, VOCPUB_MULTILANG

_FAULTS = {
    "MinCount": "has no {path}",
    "MaxCount": "has several values of {path}",
    "UniqueLang": "has several values of {path} in one language",
    "QualifiedMinCount": "is the class of nothing here",
    "QualifiedMaxCount": "is the class of several things here",
    "Datatype": 'has "{value}" as {path}',
    "Class": 'has "{value}" as {path}',
    "NodeKind": 'has "{value}" as {path}',
    "Pattern": 'has "{value}" as {path}',
}


class _Profile(NamedTuple):
    name: str
    document: str  #: with its version
    part: str  #: what the document calls a requirement
    base: str  #: what the names of its shapes start with
    requirements: Sequence[Requirement]


def _unmet(profile: _Profile, given: Given) -> Iterator[Result]:
    """Yield what does not meet the requirements of a profile; raises `SourceError`."""
    properties = {name for requirement in profile.requirements for name in properties_of(requirement)}
    facts = read_facts(given, properties)
    for requirement in profile.requirements:
        for each in unmet(requirement, facts):
            yield _result(profile, requirement, each, facts, given)


def _result(profile: _Profile, requirement: Requirement, each: Unmet, facts: Facts, given: Given) -> Result:
    node = each.node if isinstance(each.node, str) else f'"{each.node.text}"'
    name = facts.name(node) or short(last_part(node))
    return Result(
        profile=profile.name,
        rule=requirement.id,
        level=requirement.level,
        concept=node,
        name=name,
        value="" if each.value is None else each.value,
        path="|".join(_in_full(step) for step in each.path),
        message=f'"{name}" {_fault(each)}: {requirement.text}',
        cure=requirement.cure,
        source=f"{profile.document}, {profile.part} {requirement.id}",
        shape=each.shape if each.shape.startswith("http") else profile.base + each.shape,
        component=each.component,
        where=given.where(node),
    )


def _fault(each: Unmet) -> str:
    value = each.value.text if isinstance(each.value, Written) else each.value
    fault = _FAULTS.get(each.component, 'has "{value}" as {path}' if each.path else "is not as it must be")
    return fault.format(path=" or ".join(step for step in each.path if step[0] != "^"), value=value)


def _in_full(step: str) -> str:
    """Write a step of a path as SPARQL does."""
    return f"^<{full(step[1:])}>" if step.startswith("^") else f"<{full(step)}>"


_SKOHUB_FILE = "SkoHub Vocabs, shapes/skohub.shacl.ttl"
_BY_REQUIREMENTS = (
    _Profile("skohub", _SKOHUB_FILE, "on", SKOHUB_BASE, SKOHUB),
    _Profile("vocpub", "VocPub 5.6", "Requirement", VOCPUB_BASE, VOCPUB),
    _Profile("vocpub-ga", "VocPub 5.6 with 5.5.GA", "Requirement", VOCPUB_BASE, VOCPUB_GA),
    _Profile("vocpub-multilang", "VocPub 5.2.MULTILANG", "Requirement", VOCPUB_BASE, VOCPUB_MULTILANG),
)

#: Profile → what finds its results.
PROFILES: dict[str, Callable[[Given], Iterator[Result]]] = {
    "skos": skos_results,
    **{profile.name: partial(_unmet, profile) for profile in _BY_REQUIREMENTS},
}
