"""SARIF 2.1.0, as code hosts and editors read it: the parts that findings and results of validation share.

Source: Static Analysis Results Interchange Format, version 2.1.0, OASIS standard.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from termatlas.export.findings_places import relative_to, uri_reference
from termatlas.model import Where
from termatlas.version import __version__

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_ROOT = "SRCROOT"

_encode = json.JSONEncoder(ensure_ascii=False).encode


def sarif_log(rules: Sequence[dict[str, Any]], results: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield a log, a result a line: same results, same bytes."""
    between = start = f'{{"$schema": {_encode(_SCHEMA)}, "version": "2.1.0", "runs": [{_head(rules)}, "results": [\n'
    for result in results:
        yield between + _encode(result)
        between = ",\n"
    yield f"{'' if between != start else start}\n]}}]}}\n"


def _head(rules: Sequence[dict[str, Any]]) -> str:
    """Describe the tool and its rules: the run, but for its last brace."""
    driver = {"name": "TermAtlas", "version": __version__, "rules": list(rules)}
    root = {"description": {"text": "The root of the repository, else the folder in which termatlas was run."}}
    return _encode({"tool": {"driver": driver}, "originalUriBaseIds": {_ROOT: root}})[:-1]


def sarif_rule(
    id_: str, title: str, definition: str, cure: str, level: Literal["error", "warning", "info"]
) -> dict[str, Any]:
    """Describe a rule."""
    full = _sentence(definition)
    return {
        "id": id_,
        "name": "".join(part[:1].upper() + part[1:] for part in id_.split("-")),
        "shortDescription": {"text": title},
        "fullDescription": {"text": full},
        "help": {"text": f"{full} {_sentence(cure)}".strip()},
        "defaultConfiguration": {"level": sarif_level(level)},
    }


def sarif_level(level: Literal["error", "warning", "info"]) -> str:
    """Give SARIF's word for a level."""
    return _LEVELS[level]


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}." if text else ""


def sarif_message(text: str) -> dict[str, str]:
    r"""Keep a text from being read as placeholders or links (sections 3.11.5 and 3.11.6).

    >>> print(sarif_message('"{0}" and [here](https://evil.example)')["text"])
    "{{0}}" and [here\](https://evil.example)
    """
    return {"text": text.replace("{", "{{").replace("}", "}}").replace("](", "\\](")}


def sarif_fingerprints(name: str) -> dict[str, str]:
    """Give the fingerprints of a result by its name: ``hash``, or ``hash#2`` for the second of that hash."""
    fingerprint, _, number = name.partition("#")
    # GitHub looks at the first one alone, whose form is "hash:number".
    return {"primaryLocationLineHash": f"{fingerprint}:{number or 1}", "termatlas/v1": name}


def sarif_location(where: Where, artifact: dict[str, str]) -> dict[str, Any]:
    """Give a place in a file."""
    physical: dict[str, Any] = {"artifactLocation": artifact}
    if where.line:
        physical["region"] = {"startLine": where.line}
    logical = {"logicalLocations": [{"fullyQualifiedName": where.field}]} if where.field else {}
    return {"physicalLocation": physical, **logical}


def sarif_artifact(file: str, root: Path) -> dict[str, str]:
    """Give the address of a file relative to `root`, the folder that ``SRCROOT`` stands for."""
    path = relative_to(file, root)
    address = uri_reference(path)
    return {"uri": address} if address.startswith("file:") else {"uri": address, "uriBaseId": _ROOT}
