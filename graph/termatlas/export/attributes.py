"""What the graph files say of a term and of a link: the same names and values in every format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any

import networkx as nx

Value = str | bool | int | float | list[str]
#: Measures by name, then by slug; ints, floats, strings and booleans, of one type a measure.
Measures = Mapping[str, Mapping[str, Any]]
Positions = Mapping[str, tuple[float, float]]


def rounded(value: float) -> float:
    """Keep ten significant digits: what differs below that differs from machine to machine.

    >>> rounded(0.1 + 0.2), rounded(1234567890123.0)
    (0.3, 1234567890000.0)
    """
    return float(f"{value:.10g}")


def nodes(graph: nx.DiGraph[str], measures: Measures, positions: Positions) -> Iterator[tuple[str, dict[str, Value]]]:
    """Yield each term with its attributes, by slug; ``x`` and ``y`` (down) where there are positions."""
    for slug in sorted(graph):
        node = graph.nodes[slug]
        values: dict[str, Value] = {
            "name": str(node.get("name", slug)),
            "category": str(node.get("category", "")),
            "categories": [str(each) for each in node.get("categories", ())],
            "defined": bool(node.get("defined", True)),
            "definition": str(node.get("definition", "")),
            "aliases": [str(each) for each in node.get("aliases", ())],
        }
        values |= {name: _plain(of[slug]) for name, of in measures.items() if slug in of}
        if slug in positions:
            values |= zip(("x", "y"), map(float, positions[slug]), strict=True)
        yield slug, values


def edges(graph: nx.DiGraph[str]) -> Iterator[tuple[str, str, str, int]]:
    """Yield each link, by source and target, with its ``kind`` and its ``position``."""
    for source, targets in sorted(graph.adjacency(), key=itemgetter(0)):
        for target, edge in sorted(targets.items(), key=itemgetter(0)):
            yield source, target, str(edge.get("kind", "related")), int(edge.get("position", 0))


def types(measures: Measures, positions: Positions) -> dict[str, type]:
    """Give the type of each attribute of a node, in the order in which `nodes` gives them."""
    fixed: dict[str, type] = {"name": str, "category": str, "categories": list, "defined": bool}
    fixed |= {"definition": str, "aliases": list}
    fixed |= {name: _type_of(of) for name, of in measures.items()}
    return fixed | ({"x": float, "y": float} if positions else {})


def _plain(value: Any) -> Value:
    if isinstance(value, bool | str):
        return value
    return int(value) if hasattr(value, "__index__") else rounded(value)


def _type_of(values: Mapping[str, Any]) -> type:
    found = {type(_plain(kind())) for kind in set(map(type, values.values()))}
    return found.pop() if len(found) == 1 else float if found <= {int, float} else str
