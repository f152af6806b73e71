"""The profile ``skos``: the six integrity conditions of SKOS, for sources of any size.

What may break a condition is found in columns of numbers; only that is read a second time and looked at closely.
Source: SKOS Reference, https://www.w3.org/TR/skos-reference/.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from termatlas.findings.skos_rules import SKOS
from termatlas.model import Violation
from termatlas.sources.skosintegrity import integrity_violations
from termatlas.sources.skosstatements import Statements, statements
from termatlas.validate.columns import columns_of
from termatlas.validate.lookup import facts_about
from termatlas.validate.model import Given, Result

_REFERENCE = "https://www.w3.org/TR/skos-reference/"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
SHAPES = "https://w3id.org/termatlas/shapes/skos#"


class _Condition(NamedTuple):
    section: str
    component: str  #: the kind of constraint that stands for it in SHACL, without its namespace
    path: str = ""  #: as SPARQL writes it


_CONDITIONS = {
    "S9": _Condition("schemes", "Not"),
    "S13": _Condition("labels", "Disjoint", f"<{_SKOS}prefLabel>"),
    "S14": _Condition("labels", "UniqueLang", f"<{_SKOS}prefLabel>"),
    "S27": _Condition("semantic-relations", "Disjoint", f"<{_SKOS}related>"),
    "S37": _Condition("collections", "Not"),
    "S46": _Condition("mapping", "Disjoint", f"<{_SKOS}exactMatch>"),
}


def skos_results(given: Given) -> Iterator[Result]:
    """Yield what breaks an integrity condition of SKOS.

    Raises `SourceError` where the source cannot be read.
    """
    from termatlas.validate.suspects import suspects

    things = suspects(columns_of(given.quads))
    if things.size:
        said = statements(facts_about(given, frozenset(things.tolist())))
        for violation in integrity_violations(said, given.label):
            yield _result(violation, said, given)


def _result(violation: Violation, said: Statements, given: Given) -> Result:
    section, component, path = _CONDITIONS[violation.condition]
    return Result(
        profile="skos",
        rule=violation.condition,
        level="error",
        concept=violation.subject,
        name=said.shown(violation.subject),
        value=violation.object,
        path=path,
        message=violation.message,
        cure=_cures()[violation.condition],
        source=f"SKOS Reference, {violation.condition}, {_REFERENCE}#{section}",
        shape=f"{SHAPES}{violation.condition}",
        component=component,
        where=given.where(violation.subject),
    )


@cache
def _cures() -> dict[str, str]:
    return {rule.skos: rule.cure for rule in SKOS if rule.skos}
