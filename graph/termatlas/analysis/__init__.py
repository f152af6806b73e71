"""What the graph of a glossary tells: its gaps, its centre, its communities and its weak points.

Every function takes the graph and gives plain values:

    >>> import networkx as nx
    >>> from termatlas.analysis import *
    >>> graph = nx.DiGraph()
    >>> graph.add_nodes_from(["attention", "token", "transformer", "gradient"], category="models")
    >>> graph.add_node("layer norm", defined=False)
    >>> graph.add_edges_from([("transformer", "attention"), ("attention", "transformer"), ("attention", "token")])
    >>> graph.add_edge("transformer", "layer norm")

    Which terms does nobody link to, and which pages are missing?

    >>> orphans(graph)
    {'isolated': ['gradient'], 'orphan': [], 'dead-end': ['token'], 'wanted': ['layer norm']}

    Which terms stand in the middle? `central` gives eight measures, each a value for every term.

    >>> measures = central(graph)
    >>> max(measures["pagerank"], key=measures["pagerank"].get), measures.exact["betweenness"]
    ('attention', True)

    What belongs together, and what alone holds it together?

    >>> communities(graph)["attention"], islands(graph), articulation_terms(graph)
    (0, [['gradient']], ['attention', 'transformer'])

    How do readers get from here to there?

    >>> path(graph, "transformer", "token")
    ['transformer', 'attention', 'token']

    And in numbers, each with its definition?

    >>> stats(graph)["one_way_links"], DEFINITIONS["one_way_links"]
    (1, 'links between two terms with pages of which the second does not link back to the first')

Links of a term to itself do not count. The measures are those of networkx, to 1e-6 and better, from one walk over
the graph instead of one a measure: `as_csr` makes it explicit where several functions are called on one graph.
Any `DiGraph` will do; a node without the attributes that `termatlas.build` gives counts as a defined term without
category. The same code serves networkx itself: ``nx.pagerank(graph, backend="termatlas")``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from termatlas.analysis.brandes import betweenness
    from termatlas.analysis.categories import Mixing, mixing
    from termatlas.analysis.centrality import Measures, central
    from termatlas.analysis.connectivity import components, islands, numbered, strong_components
    from termatlas.analysis.cores import core
    from termatlas.analysis.csr import Csr, as_csr
    from termatlas.analysis.cuts import articulation_terms, bridges
    from termatlas.analysis.degrees import in_degree, out_degree
    from termatlas.analysis.distances import closeness
    from termatlas.analysis.link_analysis import hits, pagerank
    from termatlas.analysis.lookup import find_term
    from termatlas.analysis.louvain import communities, modularity
    from termatlas.analysis.map_layout import layout
    from termatlas.analysis.mutual import one_way_links, reciprocity
    from termatlas.analysis.shortest import path, paths
    from termatlas.analysis.statuses import orphans, status
    from termatlas.analysis.summary import DEFINITIONS, stats

_HOMES = {
    "brandes": ("betweenness",),
    "categories": ("Mixing", "mixing"),
    "centrality": ("Measures", "central"),
    "connectivity": ("components", "islands", "numbered", "strong_components"),
    "cores": ("core",),
    "csr": ("Csr", "as_csr"),
    "cuts": ("articulation_terms", "bridges"),
    "degrees": ("in_degree", "out_degree"),
    "distances": ("closeness",),
    "link_analysis": ("hits", "pagerank"),
    "lookup": ("find_term",),
    "louvain": ("communities", "modularity"),
    "map_layout": ("layout",),
    "mutual": ("one_way_links", "reciprocity"),
    "shortest": ("path", "paths"),
    "statuses": ("orphans", "status"),
    "summary": ("DEFINITIONS", "stats"),
}
_MODULES = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "DEFINITIONS",
    "Csr",
    "Measures",
    "Mixing",
    "articulation_terms",
    "as_csr",
    "betweenness",
    "bridges",
    "central",
    "closeness",
    "communities",
    "components",
    "core",
    "find_term",
    "hits",
    "in_degree",
    "islands",
    "layout",
    "mixing",
    "modularity",
    "numbered",
    "one_way_links",
    "orphans",
    "out_degree",
    "pagerank",
    "path",
    "paths",
    "reciprocity",
    "stats",
    "status",
    "strong_components",
]


def __getattr__(name: str) -> object:
    """Load a function's module when it is first asked for: networkx reads `backend_info` whenever it starts."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value
