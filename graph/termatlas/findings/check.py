"""Rules applied to a glossary."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from termatlas.analysis.csr import Graph, as_csr
from termatlas.collector import collector_paused
from termatlas.errors import UsageError
from termatlas.findings.model import LEVELS, Finding, Hit, Rule
from termatlas.findings.rules import RULES
from termatlas.model import Glossary


@collector_paused()
def check(
    glossary: Glossary, graph: Graph, *, select: Collection[str] = (), ignore: Collection[str] = ()
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
    chosen.sort(key=lambda rule: (LEVELS.index(rule.level), rule.id))
    rows = as_csr(graph)
    return [_finding(rule, hit) for rule in chosen for hit in sorted(rule.find(glossary, rows), key=_order)]


def _order(hit: Hit) -> tuple[int, str, str, str, int, str]:
    return -hit.weight, hit.term, hit.target, hit.where.file, hit.where.line, hit.where.field


def _finding(rule: Rule, hit: Hit) -> Finding:
    where, message, term, target, weight = hit
    return Finding(
        rule=rule.id, level=rule.level, term=term, target=target, message=message, where=where, weight=weight
    )


def worst_reaches(findings: Iterable[Finding], level: str) -> bool:
    """Tell whether a finding is at `level` or above it; "never" is never reached."""
    reached: Sequence[str] = LEVELS[: LEVELS.index(level) + 1] if level in LEVELS else ()
    return any(finding.level in reached for finding in findings)
