"""Findings → JUnit XML, as build servers read it: a test suite a rule, a test case a finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from termatlas.export.xmltext import escaped
from termatlas.findings import RULES, Finding, Level


def findings_junit(findings: Sequence[Finding], *, failing: Collection[Level], rules: Collection[str]) -> Iterator[str]:
    """Yield findings as JUnit XML, in the form that both Jenkins and Maven accept.

    Findings of the `failing` levels are failures, the others skipped tests with a message. Of the `rules` that were
    asked, one that found nothing is a test that passed, because some servers refuse a report without tests.
    """
    failures = sum(finding.level in failing for finding in findings)
    groups: dict[str, list[Finding]] = {rule: [] for rule in RULES if rule in rules}
    for finding in findings:
        groups[finding.rule].append(finding)
    tests = sum(len(group) or 1 for group in groups.values())
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="TermAtlas" tests="{tests}" failures="{failures}" errors="0">\n'
    for rule, group in groups.items():
        yield from _suite(rule, group, failing)
    yield "</testsuites>\n"


def _suite(rule: str, group: Sequence[Finding], failing: Collection[Level]) -> Iterator[str]:
    failures = sum(finding.level in failing for finding in group)
    counts = f'tests="{len(group) or 1}" failures="{failures}" errors="0" skipped="{len(group) - failures}"'
    yield f'  <testsuite name="{escaped(RULES[rule].title)}" {counts} time="0">\n'
    if not group:
        yield f"    {_case(rule, 'nothing found')}/>\n"
    seen: Counter[str] = Counter()
    for finding in group:
        name = _name(finding)
        seen[name] += 1
        yield f"    {_case(rule, name if seen[name] == 1 else f'{name} #{seen[name]}')}>"
        yield _failure(finding) if finding.level in failing else _skipped(finding)
        yield "</testcase>\n"
    yield "  </testsuite>\n"


def _case(rule: str, name: str) -> str:
    return f'<testcase classname="termatlas.{escaped(rule)}" name="{escaped(name)}" time="0"'


def _name(finding: Finding) -> str:
    """Name a test by what stays the same from run to run: not by its place."""
    return " → ".join(filter(None, (finding.term, finding.target))) or finding.message


def _failure(finding: Finding) -> str:
    text = f"{finding.where}: {finding.message}\nCure: {RULES[finding.rule].cure}"
    return f'<failure type="{finding.level}" message="{escaped(finding.message)}">{escaped(text)}</failure>'


def _skipped(finding: Finding) -> str:
    return f'<skipped message="{escaped(f"{finding.level}: {finding.where}: {finding.message}")}"/>'
