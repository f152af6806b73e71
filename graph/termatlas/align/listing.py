"""Mappings → what people read of them: how many there are, and what is wrong, by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, get_args

from termatlas.align.model import RELATIONS, Level, MappingProblem, Mappings
from termatlas.align.rules import MAPPING_RULES
from termatlas.terminal import cell, safe

LEVELS: tuple[Level, ...] = get_args(Level)
_SHOWN = 10


def mapping_counts(mappings: Mappings) -> dict[str, Any]:
    """Count mappings by relation, the terms that have one, those that are denied, and problems by level."""
    relations = Counter(each.relation for each in mappings.asserted)
    levels = Counter(each.level for each in mappings.problems)
    return {
        "mappings": len(mappings.asserted),
        "terms": len({each.slug for each in mappings.asserted}),
        "relations": {relation: relations[relation] for relation in RELATIONS},
        "denied": sum(each.negated for each in mappings.mappings),
        "without_a_target": sum(not each.negated and not each.asserted for each in mappings.mappings),
        "problems": {level: levels[level] for level in LEVELS},
    }


def problem_rows(problems: Iterable[MappingProblem]) -> list[dict[str, Any]]:
    """Give problems as JSON and CSV have them."""
    return [
        {
            "rule": each.rule,
            "level": each.level,
            "file": each.where.file,
            "line": each.where.line,
            "term": each.term,
            "target": each.target,
            "problem": each.problem,
            "cure": each.cure,
        }
        for each in problems
    ]


def mappings_listing(mappings: Mappings) -> str:
    """Lay out what a file of mappings holds, and its problems by rule: the definition, the first ten, how many more.

    >>> print(mappings_listing(Mappings(file="mappings.csv")))
    mappings.csv: 0 mappings of 0 terms
    0 problems: 0 error, 0 warning, 0 info
    """
    counts = mapping_counts(mappings)
    relations = [f"{cell(number)} {relation}" for relation, number in counts["relations"].items() if number]
    others = [f"{cell(counts[key])} {key.replace('_', ' ')}" for key in ("denied", "without_a_target") if counts[key]]
    said = "; ".join(filter(None, (", ".join(relations), ", ".join(others))))
    first = f"{safe(mappings.file)}: {_counted(counts['mappings'], 'mapping')} of {_counted(counts['terms'], 'term')}"
    groups = [
        _group(rule, [each for each in mappings.problems if each.rule == rule])
        for rule in MAPPING_RULES
        if any(each.rule == rule for each in mappings.problems)
    ]
    levels = ", ".join(f"{cell(number)} {level}" for level, number in counts["problems"].items())
    last = f"{_counted(len(mappings.problems), 'problem')}: {levels}"
    head = f"{first}: {said}" if said else first
    return "\n\n".join([head, *groups, last]) if groups else f"{head}\n{last}"


def _counted(number: int, what: str) -> str:
    return f"{cell(number)} {what if number == 1 else f'{what}s'}"


def _group(rule: str, problems: Sequence[MappingProblem]) -> str:
    known = MAPPING_RULES[rule]
    lines = [f"  {safe(str(each))}" for each in problems[:_SHOWN]]
    more = [f"  and {cell(len(problems) - _SHOWN)} more"] if len(problems) > _SHOWN else []
    return "\n".join([f"{known.level} {rule} ({cell(len(problems))}): {known.definition}", *lines, *more])
