"""JSON in networkx's node-link form, for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import networkx as nx

from termatlas.export.attributes import Measures, Positions, edges, nodes

_LONE = re.compile("[\ud800-\udfff]")  # UTF-8 has no place for half a surrogate pair, JSON's escapes have
_encode = json.JSONEncoder(ensure_ascii=False).encode


def nodelink(
    graph: nx.DiGraph[str], *, measures: Measures | None = None, positions: Positions | None = None
) -> Iterator[str]:
    """Yield a graph as node-link JSON, a term or a link a line, by slug: same graph, same bytes.

    ``networkx.node_link_graph(json.load(file), edges="edges")`` reads it; networkx 3.6 and later need
    no `edges`. Categories and aliases are lists.

    >>> graph = nx.node_link_graph(json.loads("".join(nodelink(nx.DiGraph([("a", "b")])))), edges="edges")
    >>> graph.edges["a", "b"]
    {'kind': 'related', 'position': 0}
    """
    yield '{"directed": true, "multigraph": false, "graph": {},\n"nodes": ['
    terms = nodes(graph, measures or {}, positions or {})
    yield from _lines(_json({"id": slug} | values) for slug, values in terms)
    yield '],\n"edges": ['
    yield from _lines(_links(graph))
    yield "]}\n"


def _links(graph: nx.DiGraph[str]) -> Iterator[str]:
    names, kinds = {slug: _json(slug) for slug in graph}, cache(_json)
    for source, target, kind, position in edges(graph):
        ends = f'"source": {names[source]}, "target": {names[target]}'
        yield f'{{{ends}, "kind": {kinds(kind)}, "position": {position}}}'


def _json(value: Any) -> str:
    return _LONE.sub(lambda match: f"\\u{ord(match[0]):04x}", _encode(value))


def _lines(records: Iterable[str]) -> Iterator[str]:
    for number, record in enumerate(records):
        yield f",\n{record}" if number else f"\n{record}"
