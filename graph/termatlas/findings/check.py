"""Rules applied to a glossary."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from termatlas.analysis.csr import Graph, as_csr
from termatlas.collector import collector_paused
from termatlas.errors import UsageError
from termatlas.findings.model import LEVELS, Finding, Hit, Level, Rule
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
    >>> found = check(glossary, build(glossary), select=["orphan", "wanted-term"])
    >>> [(finding.rule, finding.term) for finding in found]
    [('orphan', 'a'), ('wanted-term', 'b')]
    """
    chosen = sorted(chosen_rules(select, ignore), key=lambda rule: (LEVELS.index(rule.level), rule.id))
    rows = as_csr(graph)
    return [_finding(rule, hit) for rule in chosen for hit in sorted(rule.find(glossary, rows), key=_order)]


def chosen_rules(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> list[Rule]:
    """List all rules, or those in `select`, less those in `ignore`.

    Raises `UsageError` for an id that no rule has.
    """
    selected, ignored = list(select), list(ignore)
    for rule in (*selected, *ignored):
        if rule not in RULES:
            raise UsageError(f'there is no rule "{rule}"; there are {", ".join(RULES)}')
    return [rule for rule in RULES.values() if (not selected or rule.id in selected) and rule.id not in ignored]


def _order(hit: Hit) -> tuple[int, str, str, str, int, str]:
    return -hit.weight, hit.term, hit.target, hit.where.file, hit.where.line, hit.where.field


def _finding(rule: Rule, hit: Hit) -> Finding:
    where, message, term, target, weight = hit
    return Finding(
        rule=rule.id, level=rule.level, term=term, target=target, message=message, where=where, weight=weight
    )


def levels_from(level: str) -> Sequence[Level]:
    """Give `level` and those above it, worst first; none for "never".

    >>> levels_from("warning"), levels_from("never")
    (('error', 'warning'), ())
    """
    return next((LEVELS[: place + 1] for place, each in enumerate(LEVELS) if each == level), ())


def worst_reaches(findings: Iterable[Finding], level: str) -> bool:
    """Tell whether a finding is at `level` or above it; "never" is never reached."""
    reached = levels_from(level)
    return any(finding.level in reached for finding in findings)
