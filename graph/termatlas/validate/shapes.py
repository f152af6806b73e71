"""Any file of SHACL shapes, by a validator that need not be installed: the extra ``shacl``.

The shapes are read as any RDF file is: nothing is fetched, what ``owl:imports`` names neither. Constraints in SPARQL
are answered within the data; those in JavaScript are not, and the validator refuses SERVICE.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from termatlas.errors import SourceError, UsageError
from termatlas.findings.model import Level
from termatlas.sources.files import SourceFile
from termatlas.sources.rdfstream import stream_quads
from termatlas.sources.skosstatements import last_part
from termatlas.validate.facts import Facts, read_facts, short
from termatlas.validate.model import Given, Quads, Result, Value, Written

if TYPE_CHECKING:
    import pyoxigraph

_SH = "http://www.w3.org/ns/shacl#"
_LEVELS: dict[str, Level] = {f"{_SH}Warning": "warning", f"{_SH}Info": "info"}
_COMPONENT = "ConstraintComponent"
_MARKS = frozenset(
    f"{_SH}{name}" for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "target")
)
_SHAPES = frozenset(f"{_SH}{name}" for name in ("NodeShape", "PropertyShape"))


def shape_results(given: Given, path: Path) -> Iterator[Result]:
    """Yield what does not conform to the shapes of a file.

    Raises `UsageError` without a validator, `SourceError` where the shapes or the source cannot be read.
    """
    engine = _engine()
    label = path.as_posix()
    shapes = _translated(label, lambda: engine.Shapes.from_text(_shapes_text(path, label), "ntriples"))
    data = _ntriples(given.quads())
    report = _translated(label, lambda: shapes.validate_text(data, "ntriples"))
    if report.results:
        facts = read_facts(given, frozenset())
        yield from (_result(each, label, facts, given) for each in report.results)


def _engine() -> ModuleType:
    try:
        import shacl
    except ImportError:
        problem = "shapes are validated by the package shacl, which is not installed"
        raise UsageError(f'{problem}; install it with: pip install "termatlas[shacl]"') from None
    module: ModuleType = shacl
    return module


def _shapes_text(path: Path, label: str) -> str:
    quads = list(stream_quads(SourceFile(path=path, label=label, root=path.parent)))
    if not any(_is_shape(quad) for quad in quads):
        raise SourceError(label, "it holds no shape", "name a file with a sh:NodeShape or a sh:PropertyShape")
    return _ntriples(iter(quads))


def _is_shape(quad: pyoxigraph.Quad) -> bool:
    return quad.predicate.value in _MARKS or getattr(quad.object, "value", "") in _SHAPES


def _ntriples(quads: Quads) -> str:
    import pyoxigraph

    triples = (quad.triple for quad in quads)
    return (pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b"").decode()


def _translated(label: str, call: Any) -> Any:
    try:
        return call()
    except ValueError as error:
        problem = " ".join(str(error).split())
        raise SourceError(label, f"the validator refuses the shapes ({problem})", "correct the shapes") from error


def _result(each: Any, label: str, facts: Facts, given: Given) -> Result:
    node = _value(each.focus_node)
    concept = node if isinstance(node, str) else f'"{node.text}"'
    name = facts.name(concept) or short(last_part(concept))
    shape = next((_value(shape) for shape in (each.source_shape, each.root_shape) if shape and shape[0] == "<"), "")
    component = each.component.removesuffix(_COMPONENT) if each.component_iri.startswith(_SH) else each.component_iri
    rule = last_part(str(shape)) or component
    return Result(
        profile=label,
        rule=rule,
        level=_LEVELS.get(each.severity_iri, "error"),
        concept=concept,
        name=name,
        value=_value(each.value) if each.value else "",
        path=each.path or "",
        message=each.message or f'"{name}" does not conform to {rule} ({component})',
        source=f"{label}, {shape or rule}",
        shape=str(shape),
        component=component,
        where=given.where(concept),
    )


def _value(term: str) -> Value:
    """Read a term as N-Triples writes it."""
    import pyoxigraph

    if term.startswith("_:"):
        return term
    (triple,) = pyoxigraph.parse(f"<urn:s> <urn:p> {term} .", pyoxigraph.RdfFormat.N_TRIPLES)
    value: Any = triple.object
    if isinstance(value, pyoxigraph.Literal):
        return Written(value.value, value.language or "", short(value.datatype.value))
    return str(value.value)
