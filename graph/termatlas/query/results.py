"""What a query finds: rows of RDF terms, in an order that does not depend on the engine."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import pyoxigraph

Node: TypeAlias = "pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple | None"
Row: TypeAlias = "tuple[Node, ...]"
Plain: TypeAlias = str | int | float | bool | None

_XSD = "http://www.w3.org/2001/XMLSchema#"
_SIZES = ("byte", "short", "int", "long")
_INTEGERS = frozenset(
    _XSD + name
    for name in (
        *("integer", "positiveInteger", "negativeInteger", "nonPositiveInteger", "nonNegativeInteger"),
        *_SIZES,
        *(f"unsigned{size.capitalize()}" for size in _SIZES),
    )
)
_REALS = frozenset(f"{_XSD}{name}" for name in ("decimal", "double", "float"))


@dataclass(frozen=True, slots=True)
class Solutions:
    """What SELECT finds: a column a variable, a row a solution, a term of RDF or None in each cell."""

    columns: tuple[str, ...]
    terms: tuple[Row, ...]

    @property
    def rows(self) -> list[tuple[Plain, ...]]:
        """Give the rows as plain values: IRIs and texts as `str`, numbers, booleans, None.

        So a data frame of pandas is ``DataFrame(found.rows, columns=found.columns)``.
        """
        return [tuple(map(plain, row)) for row in self.terms]

    def __len__(self) -> int:
        return len(self.terms)


@dataclass(frozen=True, slots=True)
class Triples(Solutions):
    """What CONSTRUCT and DESCRIBE find: three columns, a row a triple, each once."""


def solutions(columns: Sequence[str], rows: Iterable[Row], *, ordered: bool) -> Solutions:
    """Make the answer of a SELECT; rows that the query does not order are sorted."""
    terms = _relabelled(rows)
    return Solutions(tuple(columns), tuple(terms if ordered else sorted(terms, key=_key)))


def triples(rows: Iterable[Row]) -> Triples:
    """Make the answer of a CONSTRUCT or DESCRIBE, sorted."""
    terms = dict.fromkeys(_relabelled(rows))
    return Triples(("subject", "predicate", "object"), tuple(sorted(terms, key=_key)))


def plain(node: Node) -> Plain:
    """Give a term of RDF as a value of Python; what is no valid number stays text.

    >>> from pyoxigraph import Literal, NamedNode
    >>> plain(Literal(7)), plain(Literal(0.5)), plain(Literal("CLIP", language="en")), plain(NamedNode("urn:a"))
    (7, 0.5, 'CLIP', 'urn:a')
    """
    import pyoxigraph

    if node is None:
        return None
    if isinstance(node, pyoxigraph.Literal):
        return _value(node)
    return node.value if isinstance(node, pyoxigraph.NamedNode) else str(node)


def _value(literal: pyoxigraph.Literal) -> Plain:
    kind, text = literal.datatype.value, literal.value
    try:
        if kind in _INTEGERS:
            return int(text)
        if kind in _REALS:
            return float(text)
    except ValueError:
        return text
    return text in ("true", "1") if kind == f"{_XSD}boolean" else text


def _relabelled(rows: Iterable[Row]) -> Iterator[Row]:
    """Give blank nodes the labels b0, b1 … as they come: their own are random."""
    import pyoxigraph

    labels: dict[pyoxigraph.BlankNode, pyoxigraph.BlankNode] = {}
    for row in rows:
        for node in row:
            if isinstance(node, pyoxigraph.BlankNode) and node not in labels:
                labels[node] = pyoxigraph.BlankNode(f"b{len(labels)}")
        yield tuple(labels.get(node, node) if isinstance(node, pyoxigraph.BlankNode) else node for node in row)


def _key(row: Row) -> tuple[tuple[int, float, str], ...]:
    return tuple(map(_rank, row))


def _rank(node: Node) -> tuple[int, float, str]:
    """Order as SPARQL does (section 15.1): nothing, blank nodes, IRIs, literals; of these, numbers by value first."""
    import pyoxigraph

    if node is None:
        return 0, 0, ""
    if isinstance(node, pyoxigraph.BlankNode):
        return 1, int(node.value[1:]), ""
    if isinstance(node, pyoxigraph.NamedNode):
        return 2, 0, node.value
    value = _value(node) if isinstance(node, pyoxigraph.Literal) else None
    if isinstance(value, int | float) and not math.isnan(value):
        return 3, value, str(node)
    return 4, 0, str(node)
