"""Results → a validation report as SHACL has it, in Turtle.

Source: Shapes Constraint Language, section 3.6, https://www.w3.org/TR/shacl/#validation-report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from termatlas.validate.facts import full
from termatlas.validate.model import Result, Value

_SEVERITY = {"error": "sh:Violation", "warning": "sh:Warning", "info": "sh:Info"}
_TOKEN = re.compile(r"<([^<>\s]*)>|[()^|/*+?]")
_REPEATED = {"*": "sh:zeroOrMorePath", "+": "sh:oneOrMorePath", "?": "sh:zeroOrOnePath"}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")


def results_shacl(results: Iterable[Result]) -> Iterator[str]:
    """Yield a report: same results, same bytes. Blank nodes of the source stand in it under ids of their own."""
    listed = list(results)
    yield "@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n"
    yield f"[] a sh:ValidationReport ;\n    sh:conforms {'false' if listed else 'true'}"
    for result in listed:
        yield " ;\n    sh:result [\n" + "".join(f"        {line} ;\n" for line in _lines(result)) + "    ]"
    yield " .\n"


def _lines(result: Result) -> Iterator[str]:
    yield "a sh:ValidationResult"
    yield f"sh:focusNode {_node(result.concept)}"
    if path := _path(result.path):
        yield f"sh:resultPath {path}"
    if result.value:
        yield f"sh:value {_value(result.value)}"
    yield f"sh:resultSeverity {_SEVERITY[result.level]}"
    yield f"sh:sourceConstraintComponent {_component(result.component)}"
    if result.shape:
        yield f"sh:sourceShape {_iri(result.shape)}"
    yield f"sh:resultMessage {_string(result.message)}"


def _component(name: str) -> str:
    return f"sh:{name}ConstraintComponent" if name.isalpha() else _iri(name)


def _node(concept: str) -> str:
    if concept.startswith('"'):
        return _string(concept[1:-1])
    return f"_:b{concept.encode().hex()}" if concept.startswith("_:") else _iri(concept)


def _value(value: Value) -> str:
    if isinstance(value, str):
        return _node(value)
    if value.language:
        return f"{_string(value.text)}@{value.language}"
    return _string(value.text) + ("" if value.datatype == "xsd:string" else f"^^{_iri(full(value.datatype))}")


def _iri(iri: str) -> str:
    return f"<{_NO_IRI.sub(lambda sign: f'%{ord(sign[0]):02X}', iri)}>"


def _string(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'


def _path(written: str) -> str:
    """Write a path of SPARQL as SHACL does; "" where it is none of those that SHACL has.

    >>> _path("<urn:a>|^<urn:b>")
    '[ sh:alternativePath ( <urn:a> [ sh:inversePath <urn:b> ] ) ]'
    >>> _path("(<urn:a>/<urn:b>)+")
    '[ sh:oneOrMorePath ( <urn:a> <urn:b> ) ]'
    """
    tokens = [found[0] for found in _TOKEN.finditer(written)]
    if not tokens or "".join(tokens) != re.sub(r"\s", "", written):
        return ""
    path = _alternatives(tokens)
    return "" if tokens else path


def _alternatives(tokens: list[str]) -> str:
    parts = [_sequence(tokens)]
    while tokens[:1] == ["|"]:
        tokens.pop(0)
        parts.append(_sequence(tokens))
    return parts[0] if len(parts) == 1 else f"[ sh:alternativePath ( {' '.join(parts)} ) ]"


def _sequence(tokens: list[str]) -> str:
    parts = [_step(tokens)]
    while tokens[:1] == ["/"]:
        tokens.pop(0)
        parts.append(_step(tokens))
    return parts[0] if len(parts) == 1 else f"( {' '.join(parts)} )"


def _step(tokens: list[str]) -> str:
    token = tokens.pop(0) if tokens else ""
    if token == "^":  # noqa: S105 (a sign of a path)
        return f"[ sh:inversePath {_step(tokens)} ]"
    if token == "(":  # noqa: S105
        inner = _alternatives(tokens)
        tokens[:1] = []
    else:
        inner = token
    return f"[ {_REPEATED[tokens.pop(0)]} {inner} ]" if tokens and tokens[0] in _REPEATED else inner
