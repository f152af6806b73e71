"""GraphML, for Cytoscape, yEd, Gephi and networkx."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

import networkx as nx

from termatlas.export.attributes import Measures, Positions, Value, edges, nodes, types
from termatlas.export.xmltext import escaped, identifier, word

_TYPES: Final = {str: "string", list: "string", bool: "boolean", int: "long", float: "double"}
_EDGE_TYPES: Final = {"kind": str, "position": int}
_HEAD: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def graphml(
    graph: nx.DiGraph[str], *, measures: Measures | None = None, positions: Positions | None = None
) -> Iterator[str]:
    """Yield a graph as GraphML 1.0 (http://graphml.graphdrawing.org), by slug: same graph, same bytes.

    Categories and aliases are joined by "; ". A ``label`` beside the ``name`` is what Gephi shows, and
    ``x`` and ``y`` are where it puts the term.

    >>> nx.parse_graphml("".join(graphml(nx.DiGraph([("a", "b")])))).edges["a", "b"]
    {'kind': 'related', 'position': 0}
    """
    measures, positions = measures or {}, positions or {}
    yield _HEAD
    yield from _keys("node", {"label": str} | types(measures, positions))
    yield from _keys("edge", _EDGE_TYPES)
    yield '<graph edgedefault="directed">\n'
    for slug, values in nodes(graph, measures, positions):
        yield f'<node id="{identifier(slug)}">{_data({"label": values["name"]} | values)}</node>\n'
    names, kinds = {slug: identifier(slug) for slug in graph}, cache(escaped)
    for source, target, kind, position in edges(graph):
        data = f'<data key="e-kind">{kinds(kind)}</data><data key="e-position">{position}</data>'
        yield f'<edge source="{names[source]}" target="{names[target]}">{data}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _keys(of: str, columns: Mapping[str, type]) -> Iterator[str]:
    for name, kind in columns.items():
        yield f'<key id="{of[0]}-{word(name)}" for="{of}" attr.name="{word(name)}" attr.type="{_TYPES[kind]}"/>\n'


def _data(values: Mapping[str, Value]) -> str:
    return "".join([f'<data key="n-{name}">{word(value)}</data>' for name, value in values.items()])
