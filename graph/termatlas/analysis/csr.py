"""A graph as compressed sparse rows, the form that all measures read; made once by walking the graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

if TYPE_CHECKING:
    import networkx as nx

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]

#: What a node is taken to be where the graph does not say.
DEFAULTS: dict[str, object] = {"defined": True, "category": ""}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Csr:
    """Compressed sparse rows: node ``i`` links to ``indices[indptr[i]:indptr[i + 1]]``.

    It is also what networkx hands to the backend ``termatlas``. An undirected graph holds each link twice.
    """

    nodes: list[Any]
    indptr: Ints
    indices: Ints
    looped: Ints  #: the nodes that link to themselves, whether or not `indices` holds these links
    directed: bool = True
    weights: Floats | None = None  #: of each link; None where all are 1
    columns: Mapping[str, list[Any]] = field(default_factory=dict)  #: node attributes, in the order of `nodes`
    __networkx_backend__: ClassVar[str] = "termatlas"

    def __len__(self) -> int:
        return len(self.nodes)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.nodes)

    def is_directed(self) -> bool:
        """Say whether links have a direction, as networkx asks."""
        return self.directed

    def is_multigraph(self) -> bool:
        """Say that there is at most one link from a node to another, as networkx asks."""
        return False


#: What the measures take: any graph of networkx, or the rows made of it by `as_csr`.
Graph: TypeAlias = "nx.Graph[Any] | Csr"


def as_csr(graph: Graph) -> Csr:
    """Make the rows of a graph, without its self-links; rows that are given stay as they are.

    Every measure calls it, so whoever wants several of them calls it once and hands on the result.

    >>> import networkx as nx
    >>> rows = as_csr(nx.DiGraph([("a", "b"), ("a", "c"), ("b", "b")]))
    >>> rows.nodes, rows.indptr.tolist(), rows.indices.tolist(), rows.looped.tolist()
    (['a', 'b', 'c'], [0, 2, 2, 2], [1, 2], [1])
    """
    return graph if isinstance(graph, Csr) else without_loops(walk(graph, DEFAULTS))


def by_slug(graph: nx.Graph[Any]) -> Csr:
    """Make the rows of a graph as `as_csr`, but by slug, whatever the order of its nodes and links.

    Sums of floats differ by that order in their last digits, and files that show them would too.
    """
    rows = without_loops(walk(graph, DEFAULTS, sorted(graph)))
    return replace(rows, indices=rows.indices[np.lexsort((rows.indices, starts(rows)))])


def walk(graph: nx.Graph[Any], columns: Mapping[str, object], nodes: list[Any] | None = None) -> Csr:
    """Make the rows of a graph, self-links included, and the columns of the node attributes that are named."""
    nodes = list(graph) if nodes is None else nodes
    index = {node: number for number, node in enumerate(nodes)}
    rows: Mapping[Any, Mapping[Any, Any]] = graph._adj  # type: ignore[attr-defined]  # the plain dicts: the views of `graph.adj` take several times as long
    counts = np.fromiter((len(rows[node]) for node in nodes), np.int64, len(nodes))
    links = chain.from_iterable(rows[node] for node in nodes)
    indices = np.fromiter(map(index.__getitem__, links), np.int64, counts.sum())
    return Csr(
        nodes=nodes,
        indptr=offsets(counts),
        indices=indices,
        looped=np.flatnonzero(np.bincount(indices[indices == _starts(counts)], minlength=len(nodes))),
        directed=graph.is_directed(),
        columns={key: [graph.nodes[node].get(key, default) for node in nodes] for key, default in columns.items()},
    )


def without_loops(rows: Csr) -> Csr:
    """Leave out the links from a node to itself."""
    start = starts(rows)
    keep = rows.indices != start
    if keep.all():
        return rows
    counts = np.bincount(start[keep], minlength=len(rows))
    weights = None if rows.weights is None else rows.weights[keep]
    return replace(rows, indptr=offsets(counts), indices=rows.indices[keep], weights=weights)


def offsets(counts: Ints) -> Ints:
    """Turn the length of each row into the offset at which each begins, and the end."""
    return np.concatenate([np.zeros(1, np.int64), counts.cumsum()])


def starts(rows: Csr) -> Ints:
    """Give the node from which each link starts; `indices` is the one at which it ends."""
    return _starts(np.diff(rows.indptr))


def _starts(counts: Ints) -> Ints:
    return np.repeat(np.arange(len(counts)), counts)


def reverse(rows: Csr) -> Csr:
    """Turn every link around."""
    order = np.argsort(rows.indices, kind="stable")
    counts = np.bincount(rows.indices, minlength=len(rows))
    weights = None if rows.weights is None else rows.weights[order]
    return replace(rows, indptr=offsets(counts), indices=starts(rows)[order], weights=weights)


def undirected(rows: Csr) -> Csr:
    """Join each two nodes between which a link runs, in whatever direction, by one link each way; ends sorted."""
    here, there, count = starts(rows), rows.indices, max(len(rows), 1)
    pairs = distinct(np.concatenate([here * count + there, there * count + here]))
    counts = np.bincount(pairs // count, minlength=len(rows))
    return replace(rows, indptr=offsets(counts), indices=pairs % count, directed=False, weights=None)


def distinct(values: Ints) -> Ints:
    """Sort numbers from 0 on and leave out repeated ones; on many, several times faster than `np.unique`."""
    ordered = np.sort(values)
    found: Ints = ordered[np.diff(ordered, prepend=-1) != 0]
    return found


def expand(indptr: Ints, chosen: Ints) -> tuple[Ints, Ints]:
    """Give the positions in `indices` of all links of the chosen nodes, and how many each has."""
    counts = indptr[chosen + 1] - indptr[chosen]
    ends = counts.cumsum()
    return np.arange(counts.sum()) + np.repeat(indptr[chosen] - ends + counts, counts), counts


def matrix(rows: Csr) -> Any:
    """Give the adjacency matrix, a `csr_array`; typed loosely, for its types do not say that products are arrays."""
    weights = np.ones(len(rows.indices)) if rows.weights is None else rows.weights
    return csr_array((weights, rows.indices, rows.indptr), shape=(len(rows), len(rows)))


def by_node(rows: Csr, values: NDArray[Any]) -> dict[Any, Any]:
    """Give each node its value as a plain Python number."""
    return dict(zip(rows.nodes, values.tolist(), strict=True))
