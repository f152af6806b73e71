"""Rules applied to a glossary."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import networkx as nx

from termatlas.errors import UsageError
from termatlas.findings.model import LEVELS, Finding
from termatlas.findings.rules import RULES
from termatlas.model import Glossary


def check(
    glossary: Glossary, graph: nx.DiGraph[str], *, select: Collection[str] = (), ignore: Collection[str] = ()
) -> list[Finding]:
    """Find what is wrong with a glossary by all rules, or those in `select`, less those in `ignore`.

    Sorted: worst level first, then by rule, weight and place.

    Raises `UsageError` for an id that no rule has.

    >>> from termatlas.build import build
    >>> from termatlas.model import Reference, Term
    >>> a = Term(slug="a", name="A", definition="…", related=(Reference(written="b", target="b"),))
    >>> glossary = Glossary(terms=(a,))
    >>> [(finding.rule, finding.term) for finding in check(glossary, build(glossary))]
    [('orphan', 'a'), ('wanted-term', 'b')]
    """
    for rule in (*select, *ignore):
        if rule not in RULES:
            raise UsageError(f'there is no rule "{rule}"; there are {", ".join(RULES)}')
    chosen = [rule for rule in RULES.values() if (not select or rule.id in select) and rule.id not in ignore]
    findings = (
        Finding(rule=rule.id, level=rule.level, **hit._asdict())
        for rule in chosen
        for hit in rule.find(glossary, graph)
    )
    return sorted(findings, key=lambda finding: finding.order)


def worst_reaches(findings: Iterable[Finding], level: str) -> bool:
    """Tell whether a finding is at `level` or above it; "never" is never reached."""
    reached: Sequence[str] = LEVELS[: LEVELS.index(level) + 1] if level in LEVELS else ()  # type: ignore[arg-type] # any text may be asked
    return any(finding.level in reached for finding in findings)
