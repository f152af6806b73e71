"""Results → what people and other programs read: text, rows, JSON, SARIF."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from termatlas.export.sarif import (
    sarif_artifact,
    sarif_fingerprints,
    sarif_level,
    sarif_location,
    sarif_log,
    sarif_message,
    sarif_rule,
)
from termatlas.findings.model import LEVELS
from termatlas.suggest.model import digest
from termatlas.terminal import cell, safe
from termatlas.validate.model import Result, Written

_OF_A_RULE = 10

_encode = json.JSONEncoder(ensure_ascii=False).encode


def results_text(results: Sequence[Result]) -> str:
    """Lay results out by rule: its source, the first ten with their places, how many more, its cure; then totals.

    >>> print(results_text([]))
    0 results: 0 error, 0 warning, 0 info
    """
    groups = [_group(list(group)) for _, group in groupby(results, key=_rule)]
    totals = ", ".join(f"{cell(sum(result.level == level for result in results))} {level}" for level in LEVELS)
    return "\n\n".join([*groups, f"{cell(len(results))} {_results(len(results))}: {totals}"])


def _results(count: int) -> str:
    return "result" if count == 1 else "results"


def _rule(result: Result) -> tuple[str, str, str]:
    return result.level, result.profile, result.rule


def _group(results: list[Result]) -> str:
    first = results[0]
    head = f"{first.level}: {safe(first.rule)} of {safe(first.profile)}, {cell(len(results))}: {safe(first.source)}"
    lines = [f"  {safe(_place(result))}: {safe(' '.join(result.message.split()))}" for result in results[:_OF_A_RULE]]
    rest = len(results) - _OF_A_RULE
    more = [f"  … and {cell(rest)} more: --format csv"] if rest > 0 else []
    cure = [f"  cure: {safe(first.cure)}"] if first.cure else []
    return "\n".join([head, *lines, *more, *cure])


def _place(result: Result) -> str:
    """Give the place of a result, and its IRI where the place does not name it."""
    return str(result.where) if result.concept in str(result.where) else f"{result.where}, {result.concept}"


def result_rows(results: Iterable[Result]) -> Iterator[dict[str, object]]:
    """Yield each result as a flat row."""
    for result in results:
        yield {
            "level": result.level,
            "profile": result.profile,
            "rule": result.rule,
            "source": result.source,
            "concept": result.concept,
            "name": result.name,
            "path": result.path,
            "value": _text(result),
            "message": result.message,
            "cure": result.cure,
            "file": result.where.file,
            "line": result.where.line,
            "shape": result.shape,
            "component": result.component,
        }


def _text(result: Result) -> str:
    return result.value.text if isinstance(result.value, Written) else result.value


def results_json(results: Iterable[Result]) -> Iterator[str]:
    """Give results as a JSON array, one result a line, so that two versions can be compared line by line."""
    between = "[\n"
    for row in result_rows(results):
        yield between + _encode(row)
        between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"


def results_sarif(results: Iterable[Result], *, root: Path) -> Iterator[str]:
    """Yield results as a SARIF log; files are named relative to `root`, the folder that ``SRCROOT`` stands for."""
    listed = list(results)
    rules = {_id(result): result for result in reversed(listed)}
    index = {name: number for number, name in enumerate(sorted(rules))}
    places = cache(lambda file: sarif_artifact(file, root))
    described = [_described(rules[name]) for name in index]
    return sarif_log(described, (_sarif(each, index[_id(each)], places(each.where.file)) for each in listed))


def _id(result: Result) -> str:
    return f"{result.profile}/{result.rule}"


def _described(result: Result) -> dict[str, Any]:
    return sarif_rule(_id(result), f"{result.rule} of {result.profile}", result.source, result.cure, result.level)


def _sarif(result: Result, index: int, artifact: dict[str, str]) -> dict[str, Any]:
    name = digest("result", *_rule(result), result.concept, result.path, _text(result), result.component)
    return {
        "ruleId": _id(result),
        "ruleIndex": index,
        "level": sarif_level(result.level),
        "message": sarif_message(result.message),
        "locations": [sarif_location(result.where, artifact)],
        "partialFingerprints": sarif_fingerprints(name),
    }
