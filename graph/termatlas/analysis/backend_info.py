"""What networkx asks of the backend ``termatlas`` when it starts; it loads nothing, so as not to slow that down."""

from __future__ import annotations

#: The functions of networkx that `termatlas.analysis.backend` implements, and what it leaves to networkx.
FUNCTIONS: dict[str, str] = {
    "articulation_points": "",
    "attribute_assortativity_coefficient": "Not with `nodes`.",
    "betweenness_centrality": "Not with `weight` or `endpoints`.",
    "bridges": "Not with `root`.",
    "closeness_centrality": "Not with `distance` or `u`.",
    "connected_components": "",
    "core_number": "",
    "degree_centrality": "",
    "harmonic_centrality": "Not with `nbunch`, `distance` or `sources`.",
    "hits": "Not with `nstart`. Values are never negative; where networkx's are arbitrary, these are not.",
    "in_degree_centrality": "",
    "number_connected_components": "",
    "number_strongly_connected_components": "",
    "number_weakly_connected_components": "",
    "out_degree_centrality": "",
    "overall_reciprocity": "",
    "pagerank": "",
    "strongly_connected_components": "",
    "weakly_connected_components": "",
}


def info() -> dict[str, object]:
    """Describe the backend to networkx."""
    return {
        "backend_name": "termatlas",
        "project": "termatlas",
        "package": "termatlas",
        "short_summary": "Measures of large sparse graphs on numpy and scipy.",
        "functions": {name: {"additional_docs": limits} for name, limits in FUNCTIONS.items()},
    }
