"""The status of a term: whether links lead to it and out of it, and whether it has a page at all.

wanted      links point to it, though no page defines it
isolated    defined; no link leads to it and none out of it
orphan      defined; no link leads to it, though some lead out of it
dead-end    defined; links lead to it, none out of it
ok          the rest

Self-links do not count. Every term has one status, so `isolated` terms are not repeated among the orphans:
the terms that no link leads to are both lists together.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from termatlas.analysis.csr import Graph, as_csr
from termatlas.analysis.degrees import degrees

#: The statuses in need of an editor, in the order in which they are listed.
GAPS = ("isolated", "orphan", "dead-end", "wanted")


def status(graph: Graph) -> dict[str, str]:
    """Give the status of each term.

    >>> import networkx as nx
    >>> graph = nx.DiGraph([("orphan", "term"), ("term", "term 2"), ("term 2", "end")])
    >>> graph.add_node("alone")
    >>> status(graph)
    {'orphan': 'orphan', 'term': 'ok', 'term 2': 'ok', 'end': 'dead-end', 'alone': 'isolated'}
    """
    rows = as_csr(graph)
    entering, leaving = degrees(rows)
    defined = np.array(rows.columns["defined"], bool)
    found = np.select(
        [~defined, (entering == 0) & (leaving == 0), entering == 0, leaving == 0],
        ["wanted", "isolated", "orphan", "dead-end"],
        "ok",
    )
    return dict(zip(rows.nodes, found.tolist(), strict=True))


def orphans(graph: Graph) -> dict[str, list[str]]:
    """List the terms of each status that needs an editor: isolated, orphan, dead-end, wanted.

    >>> import networkx as nx
    >>> orphans(nx.DiGraph([("a", "b")]))
    {'isolated': [], 'orphan': ['a'], 'dead-end': ['b'], 'wanted': []}
    """
    found: dict[str, list[Any]] = {gap: [] for gap in GAPS}
    for term, standing in sorted(status(graph).items()):
        if standing in found:
            found[standing].append(term)
    return found
