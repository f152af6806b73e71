"""Reciprocity: links that are returned, and links that are not."""

from __future__ import annotations

import numpy as np

from termatlas.analysis.csr import Bools, Csr, Graph, as_csr, starts


def reciprocity(graph: Graph) -> float | None:
    """Give the share of links that are returned; None where there is no link.

    As `networkx.overall_reciprocity`, so links to wanted terms count as not returned.

    >>> import networkx as nx
    >>> reciprocity(nx.DiGraph([("a", "b"), ("b", "a"), ("b", "c"), ("c", "d")]))
    0.5
    """
    rows = as_csr(graph)
    return float(returned(rows).mean()) if len(rows.indices) else None


def one_way_links(graph: Graph) -> list[tuple[str, str]]:
    """List the *one-way links*: from a term to another that does not link back, though it has a page that could.

    Links to wanted terms are left out, for there is no page to link back from.

    >>> import networkx as nx
    >>> one_way_links(nx.DiGraph([("a", "b"), ("b", "a"), ("c", "b"), ("b", "d")]))
    [('b', 'd'), ('c', 'b')]
    """
    rows = as_csr(graph)
    found = one_way(rows)
    pairs = zip(starts(rows)[found].tolist(), rows.indices[found].tolist(), strict=True)
    return sorted((rows.nodes[one], rows.nodes[other]) for one, other in pairs)


def one_way(rows: Csr) -> Bools:
    """Say of each link whether it is a one-way link."""
    defined = np.array(rows.columns["defined"], bool)
    found: Bools = ~returned(rows) & defined[starts(rows)] & defined[rows.indices]
    return found


def returned(rows: Csr) -> Bools:
    """Say of each link whether there is one the other way; a self-link returns itself."""
    here, there, count = starts(rows), rows.indices, len(rows)
    links = np.sort(here * count + there)
    back = there * count + here
    places = np.searchsorted(links, back)
    found: Bools = links[np.minimum(places, len(links) - 1)] == back
    return found
