"""Where each term stands on the map: the same graph always gives the same map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from termatlas.analysis.forces import Links, degree, settle
from termatlas.analysis.overlap import spread
from termatlas.analysis.packing import pack, shelve

Vector = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
Positions = dict[str, tuple[float, float]]
_RADIUS: Final = 10.0  # the room of a term without links; it grows with the root of its links, up to twice that
_CROWDED: Final = 2_000  # from so many terms on they get less: one has to come closer anyway to read them
_SPREAD_BELOW: Final = 20_000  # above, a map in which no two discs touch would no longer show who is near whom
_FEW: Final = 120  # so many terms have names that can all be read
_SMALL: Final = 12  # up to this size an island is a hub with rings around it
_PITCH: Final = 40.0
_GAP: Final = 90.0


def layout(
    graph: nx.DiGraph[str], *, seed: int = 1, start: Mapping[str, tuple[float, float]] | None = None
) -> Positions:
    """Give each term its place, x to the right and y down; about 60 units lie between two terms.

    The largest component is laid out by forces (`termatlas.analysis.forces`), and islands stand around it. Below
    the map are two shelves: isolated terms, and wanted ones, which bring those together that want them but have
    no text to be read. Orphans that link out stand where their links say. The direction of links and links of a
    term to itself do not count. The result depends on neither the order of nodes nor that of edges.

    With `start`, positions of an earlier version of the glossary, its terms stay about where they were.

    >>> layout(nx.DiGraph())
    {}
    >>> layout(nx.DiGraph([("a", "b"), ("b", "c")])) == layout(nx.DiGraph([("b", "c"), ("b", "a")]))
    True
    """
    slugs = sorted(graph)
    links = _links(graph, slugs)
    components = _components(links)
    xy = np.zeros((len(slugs), 2))
    isolated, wanted = _shelves(graph, slugs, links)
    if components:
        wider = _wider(sum(map(len, components)))
        _place_linked(xy, links, components, _known(slugs, start or {}, isolated + wanted) / wider, seed)
        xy *= wider
    shelves = [shelf for shelf in (isolated, wanted) if shelf]
    on_map = np.delete(xy, isolated + wanted, axis=0)
    for shelf, places in zip(shelves, shelve([*map(len, shelves)], on_map), strict=True):
        xy[shelf] = places
    return {slug: (x, y) for slug, (x, y) in zip(slugs, (xy.round(1) + 0.0).tolist(), strict=True)}


def _shelves(graph: nx.DiGraph[str], slugs: Sequence[str], links: Links) -> tuple[list[int], list[int]]:
    """Give the isolated and the wanted terms, each by category and name."""
    order = sorted(range(len(slugs)), key=lambda at: _shelf_key(graph.nodes[slugs[at]], slugs[at]))
    linked = degree(links) > 0
    defined = [bool(graph.nodes[slug].get("defined", True)) for slug in slugs]
    isolated = [at for at in order if defined[at] and not linked[at]]
    return isolated, [at for at in order if not defined[at]]


def _wider(linked: int) -> float:
    """Give few terms the room that there is: their names are wider than what lies between them."""
    return float(np.clip(np.sqrt(_FEW / linked), 1.0, 6.0))


def _known(slugs: Sequence[str], start: Mapping[str, tuple[float, float]], shelved: list[int]) -> Vector:
    """Give the earlier places on the map; none where they are those of less than half of the terms."""
    known = np.array([start.get(slug, (np.nan, np.nan)) for slug in slugs])
    known[shelved] = np.nan
    is_of_use = 2 * np.isfinite(known[:, 0]).sum() >= len(slugs) - len(shelved)
    return known if is_of_use else np.full_like(known, np.nan)


def _shelf_key(node: Mapping[str, Any], slug: str) -> tuple[str, str, str]:
    return node.get("category", ""), str(node.get("name", slug)).casefold(), slug


def _links(graph: nx.DiGraph[str], slugs: Sequence[str]) -> Links:
    index = {slug: at for at, slug in enumerate(slugs)}
    pairs = np.array([(index[source], index[target]) for source, target in graph.edges()], dtype=np.int64)
    pairs = np.unique(np.sort(pairs.reshape(-1, 2), axis=1), axis=0)
    return Links(len(slugs), *pairs[pairs[:, 0] != pairs[:, 1]].T)


def _components(links: Links) -> list[Indices]:
    """Give the components of two terms and more, the largest first, ties by their first term."""
    matrix = sparse.coo_array((np.ones(len(links.source)), (links.source, links.target)), shape=(links.n, links.n))
    count, label = csgraph.connected_components(matrix.tocsr(), directed=False) if links.n else (0, np.empty(0, int))
    members = np.split(np.argsort(label, kind="stable"), np.cumsum(np.bincount(label, minlength=count))[:-1])
    return sorted((each for each in members if len(each) > 1), key=lambda each: (-len(each), each[0]))


def _place_linked(xy: Vector, links: Links, components: list[Indices], known: Vector, seed: int) -> None:
    largest, *islands = components
    within = _split(links, components)
    xy[largest] = _place_largest(within[0], known[largest], seed)
    shapes = [_place_island(inner, seed) for inner in within[1:]]
    radii = [float(np.linalg.norm(shape, axis=1).max()) for shape in shapes]
    for island, shape, middle in zip(islands, shapes, pack(radii, xy[largest], gap=_GAP), strict=True):
        xy[island] = shape + middle


def _split(links: Links, components: list[Indices]) -> list[Links]:
    """Renumber each component's links from 0."""
    which, place = np.full(links.n, -1), np.zeros(links.n, dtype=np.int64)
    for number, members in enumerate(components):
        which[members], place[members] = number, np.arange(len(members))
    order = np.argsort(which[links.source], kind="stable")
    cuts = np.cumsum(np.bincount(which[links.source], minlength=len(components)))[:-1]
    parts = zip(np.split(links.source[order], cuts), np.split(links.target[order], cuts), components, strict=True)
    return [Links(len(members), place[source], place[target]) for source, target, members in parts]


def _place_largest(links: Links, known: Vector, seed: int) -> Vector:
    is_known = ~np.isnan(known[:, 0])
    if not is_known.any():
        return _level(_room(links, settle(links, seed=seed)))
    xy = _room(links, settle(links, start=_fill_in(links, known)))
    return np.asarray(xy - (xy - known)[is_known].mean(axis=0))


def _room(links: Links, xy: Vector) -> Vector:
    if links.n >= _SPREAD_BELOW:
        return _tuck_in(links, xy, _RADIUS)
    radius = _RADIUS * min(1.0, np.sqrt(_CROWDED / links.n))
    radii = radius * np.minimum(1 + np.sqrt(degree(links)) / 8, 2)
    return spread(_tuck_in(links, spread(xy, radii), radius), radii)


def _tuck_in(links: Links, xy: Vector, radius: float) -> Vector:
    """Draw a term with a single link close to the one it hangs on, in the direction in which it is."""
    degrees = degree(links)
    end, on = np.r_[links.source, links.target], np.r_[links.target, links.source]
    single = degrees[end] == 1
    end, on = end[single], on[single]
    reach = 2.5 * radius * np.sqrt(1 + np.bincount(on, minlength=links.n)[on] / 6)
    way = xy[end] - xy[on]
    length = np.linalg.norm(way, axis=1) + 1e-9
    tucked = xy.copy()
    tucked[end] = xy[on] + way * np.minimum(1, reach / length)[:, None]
    return tucked


def _level(xy: Vector) -> Vector:
    """Turn the map so that it is largest on a screen of 5 to 4, its heavier ends right and below."""
    xy = xy - xy.mean(axis=0)
    angles = np.arange(36) * np.pi / 36
    turns = [np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) for angle in angles]
    needs = [(np.ptp(xy @ turn, axis=0) / (1.25, 1.0)).max() for turn in turns]
    turned = xy @ turns[int(np.argmin(needs))]
    return np.asarray(turned * np.where((turned**3).sum(axis=0) < 0, -1.0, 1.0))


def _fill_in(links: Links, known: Vector) -> Vector:
    """Start a new term in the middle of its known neighbours, wave after wave."""
    xy = known.copy()
    one, other = np.r_[links.source, links.target], np.r_[links.target, links.source]
    while (missing := np.isnan(xy[:, 0])).any():
        use = missing[one] & ~missing[other]
        count = np.bincount(one[use], minlength=links.n)
        sums = np.stack([np.bincount(one[use], axis, links.n) for axis in xy[other[use]].T], axis=1)
        reached = count > 0
        xy[reached] = sums[reached] / count[reached, None] + _RADIUS
    return xy


def _place_island(links: Links, seed: int) -> Vector:
    if links.n > _SMALL:
        return _level(_room(links, settle(links, seed=seed)))
    return _rings(links)


def _rings(links: Links) -> Vector:
    """Stand the best connected term in the middle, its neighbours on a ring, theirs on the next."""
    matrix = sparse.coo_array((np.ones(len(links.source)), (links.source, links.target)), shape=(links.n, links.n))
    hub = int(np.argmax(degree(links)))
    steps = csgraph.dijkstra(matrix.tocsr(), directed=False, unweighted=True, indices=[hub])[0]
    xy = np.zeros((links.n, 2))
    for ring in range(1, int(steps.max()) + 1):
        members = np.flatnonzero(steps == ring)
        turn = 2 * np.pi * (np.arange(len(members)) / len(members) + ring / 7)
        radius = max(ring * 1.2, len(members) / 6) * _PITCH
        xy[members] = np.stack([np.cos(turn), np.sin(turn)], axis=1) * radius
    return np.asarray(xy - (xy.min(axis=0) + xy.max(axis=0)) / 2)
