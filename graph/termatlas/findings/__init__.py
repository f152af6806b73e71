"""Findings: what is wrong with a glossary, each by a rule with an id, a definition and a level."""

from __future__ import annotations

from termatlas.findings.baseline import only_new, read_findings
from termatlas.findings.check import check, chosen_rules, levels_from, worst_reaches
from termatlas.findings.fingerprints import fingerprint
from termatlas.findings.listing import listing
from termatlas.findings.model import LEVELS, Finding, Level, Rule
from termatlas.findings.rules import RULES

__all__ = [
    "LEVELS",
    "RULES",
    "Finding",
    "Level",
    "Rule",
    "check",
    "chosen_rules",
    "fingerprint",
    "levels_from",
    "listing",
    "only_new",
    "read_findings",
    "worst_reaches",
]
