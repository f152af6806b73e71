"""A gate: which findings count, once a baseline and waivers have been heard."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from termatlas.decisions import Decision, Decisions
from termatlas.findings.baseline import compare
from termatlas.findings.model import Finding
from termatlas.findings.rules import RULES
from termatlas.findings.waivers import without_waived


@dataclass(frozen=True, slots=True, kw_only=True)
class Gated:
    """Findings by whether they count: `open` ones do."""

    open: tuple[Finding, ...]
    waived: tuple[Finding, ...] = ()
    expired: tuple[tuple[Finding, Decision], ...] = ()  #: waivers that count no more, of findings that are still there
    old: tuple[Finding, ...] | None = None  #: those that the baseline has too; None without a baseline
    gone: tuple[Finding, ...] = ()  #: those that only the baseline has


def gate(
    findings: Sequence[Finding],
    *,
    decisions: Decisions,
    today: date,
    baseline: Sequence[Finding] | None = None,
    rules: Collection[str] = RULES,
) -> Gated:
    """Leave out what is waived and, with a baseline, what it has too, as far as it is about `rules`."""
    heard = without_waived(findings, decisions, today)
    if baseline is None:
        return Gated(open=heard.open, waived=heard.waived, expired=heard.expired)
    known = [finding for finding in baseline if finding.rule in rules]
    compared = compare(heard.open, known)
    # Not `compared.gone`: what is waived is still there.
    gone = compare(findings, known).gone
    return Gated(open=compared.new, waived=heard.waived, expired=heard.expired, old=compared.old, gone=gone)


def notes(gated: Gated) -> Iterator[str]:
    """Say what was left out and which waivers expired."""
    if gated.old is not None:
        yield (
            f"{len(gated.open):,} new; {len(gated.old):,} old, as in the baseline; "
            f"{len(gated.gone):,} of the baseline {'is' if len(gated.gone) == 1 else 'are'} gone"
        )
    if gated.waived:
        yield f"{len(gated.waived):,} waived"
    for finding, waiver in gated.expired:
        who = f" of {waiver.who}" if waiver.who else ""
        yield f"the waiver{who} expired on {waiver.expires}: {finding.rule}, {finding.where}: {finding.message}"
