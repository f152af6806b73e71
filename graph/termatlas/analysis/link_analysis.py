"""Link analysis: PageRank, hubs and authorities, as eigenvectors of the matrix of links."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from termatlas.analysis.csr import Csr, Floats, Graph, as_csr, by_node, matrix

_DAMPING = 0.85  # networkx's alpha
_STEPS = 12  # of a Lanczos round; the vectors of one round are held in memory
_ROUNDS = 200
_NOISE = 1e-14  # what rounding leaves of a zero


def pagerank(graph: Graph) -> dict[str, float]:
    """Give each term its *PageRank*: how often a reader who follows links at random is on its page.

    With probability 0.15, and always on a page without links, the reader jumps to any term; all values add up to 1.
    As `networkx.pagerank` with a tight tolerance: two rounds differ by less than 1e-11 in all, where networkx
    stops at 1e-6 times the number of terms. Source: Page, Brin, Motwani and Winograd, The PageRank citation
    ranking, 1999.

    >>> import networkx as nx
    >>> {term: round(value, 3) for term, value in pagerank(nx.DiGraph([("a", "c"), ("b", "c")])).items()}
    {'a': 0.213, 'c': 0.574, 'b': 0.213}
    """
    rows = as_csr(graph)
    uniform = np.full(len(rows), 1 / max(len(rows), 1))
    step = pagerank_step(rows, _DAMPING, uniform, uniform)
    ranks = fixed_point(step, uniform, tolerance=1e-11, rounds=1000)
    return by_node(rows, uniform if ranks is None else ranks)


def pagerank_step(rows: Csr, damping: float, jump: Floats, dangling: Floats) -> Callable[[Floats], Floats]:
    """Make the function that moves all readers one step; those on pages without links go where `dangling` says."""
    links = matrix(rows)
    out = np.asarray(links.sum(axis=1), np.float64)
    stuck = out == 0
    share = np.divide(damping, out, out=np.zeros(len(rows)), where=~stuck)
    incoming = links.T.tocsr()
    return lambda ranks: incoming @ (share * ranks) + damping * ranks[stuck].sum() * dangling + (1 - damping) * jump


def fixed_point(step: Callable[[Floats], Floats], start: Floats, *, tolerance: float, rounds: int) -> Floats | None:
    """Repeat a step until it changes the values by less than `tolerance` in all; None if it never does."""
    values = start
    for _ in range(rounds):
        before, values = values, step(values)
        if np.abs(values - before).sum() < tolerance:
            return values
    return None


def hits(graph: Graph) -> tuple[dict[str, float], dict[str, float]]:
    """Give each term its *hub* and its *authority* value (HITS).

    Good hubs link to good authorities, and good authorities are linked to by good hubs; each of the two adds
    up to 1, or is 0 everywhere in a graph without links. As `networkx.hits` without self-links. Only the part
    of the graph with the densest links gets values above 0. Where several parts are equally dense, networkx's
    result depends on its random start; here they share the values as the power iteration from equal values
    would give them. Source: Kleinberg, Authoritative sources in a hyperlinked environment, 1999.

    >>> import networkx as nx
    >>> hubs, authorities = hits(nx.DiGraph([("a", "c"), ("b", "c")]))
    >>> {term: round(value, 3) for term, value in hubs.items()}, round(authorities["c"], 3)
    ({'a': 0.5, 'c': 0.0, 'b': 0.5}, 1.0)
    """
    rows = as_csr(graph)
    hubs, authorities = singular_vectors(rows)
    return by_node(rows, _shares(hubs)), by_node(rows, _shares(authorities))


def singular_vectors(rows: Csr) -> tuple[Floats, Floats]:
    """Give the hubs and the authorities: the first singular vectors of the links; the authorities have length 1."""
    if not len(rows.indices):
        return np.zeros(len(rows)), np.zeros(len(rows))
    links = matrix(rows)
    back = links.T.tocsr()
    authorities = np.abs(
        _first_eigenvector(lambda values: back @ (links @ values), back @ (links @ np.ones(len(rows))))
    )
    return links @ authorities, authorities


def _shares(values: Floats) -> Floats:
    shares = values / (values.sum() or 1)
    return np.where(shares < _NOISE, 0.0, shares)


def _first_eigenvector(apply: Callable[[Floats], Floats], start: Floats) -> Floats:
    """Find the eigenvector of the largest eigenvalue that lies nearest to `start`, by restarted Lanczos rounds.

    Each round stops when the vectors span all that the matrix makes of `start`, which is what keeps the result
    well defined when the largest eigenvalue has several vectors. Source: Saad, Numerical Methods for Large
    Eigenvalue Problems, 2nd ed., chapter 6.
    """
    vector = start / np.linalg.norm(start)
    for _ in range(_ROUNDS):
        basis, images = _krylov(apply, vector)
        values, vectors = np.linalg.eigh(basis @ images.T)
        vector = vectors[:, -1] @ basis
        vector /= np.linalg.norm(vector)
        if np.linalg.norm(vectors[:, -1] @ images - values[-1] * vector) <= 1e-13 * values[-1]:
            break
    return vector


def _krylov(apply: Callable[[Floats], Floats], vector: Floats) -> tuple[Floats, Floats]:
    basis = np.zeros((_STEPS, len(vector)))
    images = np.zeros_like(basis)
    for step in range(_STEPS):
        basis[step] = vector
        images[step] = apply(vector)
        known = basis[: step + 1]
        vector = images[step] - known.T @ (known @ images[step])
        vector -= known.T @ (known @ vector)  # twice is enough to be orthogonal to rounding
        length = np.linalg.norm(vector)
        if length <= 1e-12 * np.linalg.norm(images[step]):
            return known, images[: step + 1]
        vector /= length
    return basis, images
