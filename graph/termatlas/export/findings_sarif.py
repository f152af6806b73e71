"""Findings → SARIF 2.1.0, as code hosts and editors read it.

Source: Static Analysis Results Interchange Format, version 2.1.0, OASIS standard.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from termatlas.export.findings_places import relative_to, uri_reference
from termatlas.findings import RULES, Finding, Level, Rule
from termatlas.findings.fingerprints import numbered
from termatlas.version import __version__

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: dict[Level, str] = {"error": "error", "warning": "warning", "info": "note"}
_ROOT = "SRCROOT"

_encode = json.JSONEncoder(ensure_ascii=False).encode


def findings_sarif(findings: Iterable[Finding], *, root: Path, otherwise: str = "") -> Iterator[str]:
    """Yield findings as a SARIF log, a result a line: same findings, same bytes.

    Files are named relative to `root`, the folder that ``SRCROOT`` stands for. Findings that stand in no file are
    said to stand in `otherwise`: code hosts refuse a result without one.
    """
    listed = list(findings)
    places = cache(lambda file: _artifact(file or otherwise, root))
    between = f'{{"$schema": {_encode(_SCHEMA)}, "version": "2.1.0", "runs": [{_head()}, "results": [\n'
    for finding, name in zip(listed, numbered(listed), strict=True):
        yield between + _encode(_result(finding, name, places(finding.where.file)))
        between = ",\n"
    yield f"{'' if listed else between}\n]}}]}}\n"


def _head() -> str:
    """Describe the tool and its rules: the run, but for its last brace."""
    driver = {"name": "TermAtlas", "version": __version__, "rules": [_rule(rule) for rule in RULES.values()]}
    root = {"description": {"text": "The root of the repository, else the folder in which termatlas was run."}}
    return _encode({"tool": {"driver": driver}, "originalUriBaseIds": {_ROOT: root}})[:-1]


def _rule(rule: Rule) -> dict[str, Any]:
    definition = _sentence(rule.definition)
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.id.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": definition},
        "help": {"text": f"{definition} {_sentence(rule.cure)}"},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
    }


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _result(finding: Finding, name: str, artifact: dict[str, str]) -> dict[str, Any]:
    fingerprint, _, number = name.partition("#")
    return {
        "ruleId": finding.rule,
        "ruleIndex": _index(finding.rule),
        "level": _LEVELS[finding.level],
        "message": {"text": _message(finding.message)},
        "locations": [_location(finding, artifact)],
        # GitHub looks at the first one alone, whose form is "hash:number".
        "partialFingerprints": {"primaryLocationLineHash": f"{fingerprint}:{number or 1}", "termatlas/v1": name},
    }


@cache
def _index(rule: str) -> int:
    return list(RULES).index(rule)


def _message(text: str) -> str:
    r"""Keep a text from being read as placeholders or links (sections 3.11.5 and 3.11.6).

    >>> print(_message('"{0}" and [here](https://evil.example)'))
    "{{0}}" and [here\](https://evil.example)
    """
    return text.replace("{", "{{").replace("}", "}}").replace("](", "\\](")


def _location(finding: Finding, artifact: dict[str, str]) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": artifact}
    if finding.where.line:
        physical["region"] = {"startLine": finding.where.line}
    field = finding.where.field
    logical = {"logicalLocations": [{"fullyQualifiedName": field}]} if field else {}
    return {"physicalLocation": physical, **logical}


def _artifact(file: str, root: Path) -> dict[str, str]:
    path = relative_to(file, root)
    address = uri_reference(path)
    return {"uri": address} if address.startswith("file:") else {"uri": address, "uriBaseId": _ROOT}
