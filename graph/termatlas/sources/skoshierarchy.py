"""Above and below in a hierarchy, by however many steps."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    #: Numbers of nodes; two of one length are pairs.
    Numbers = NDArray[np.int64]

Node = TypeVar("Node", str, int)

#: Concept → the concepts directly above it.
Up = Mapping[str, Collection[str]]


def lines(up: Up, pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield those pairs of which one is above the other, each once and sorted, as (below, above).

    >>> list(lines({"a": {"b"}, "b": {"c"}}, [("a", "c"), ("c", "a"), ("c", "b"), ("a", "x")]))
    [('a', 'c'), ('b', 'c')]
    """
    import numpy as np

    number: dict[str, int] = {}
    edges = [(low, high) for low, highs in up.items() for high in highs]
    for edge in edges:
        for node in edge:
            number.setdefault(node, len(number))
    inside = [(number[one], number[other]) for one, other in pairs if one in number and other in number]
    low, high = np.array([(number[low], number[high]) for low, high in edges], np.int64).reshape(-1, 2).T
    one, other = np.array(inside, np.int64).reshape(-1, 2).T
    names = list(number)
    yield from sorted((names[below], names[above]) for below, above in numbered_lines(low, high, one, other))


def numbered_lines(low: Numbers, high: Numbers, one: Numbers, other: Numbers) -> set[tuple[int, int]]:
    """Give those pairs of nodes of which one is above the other, as (below, above); nodes are numbers from 0."""
    import numpy as np

    if not (low.size and one.size):
        return set()
    hierarchy = _hierarchy(low, high)
    below, above = np.concatenate([one, other]), np.concatenate([other, one])
    place, end = hierarchy.place, hierarchy.end
    certain = (place[above] < place[below]) & (place[below] < end[above])
    found = set(zip(below[certain].tolist(), above[certain].tolist(), strict=True))
    open_ = ~certain & hierarchy.several[below]
    return found | set(_walked(hierarchy.up, set(zip(below[open_].tolist(), above[open_].tolist(), strict=True))))


def _walked(up: Mapping[int, Collection[int]], pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of (below, above) that a walk up confirms."""
    last, above = -1, set[int]()
    for low, high in sorted(pairs):
        if low != last:
            last, above = low, reached(up, low)
        if high in above:
            yield low, high


def reached(up: Mapping[Node, Collection[Node]], node: Node) -> set[Node]:
    """Give all that lies above a node by one step or more; in a cycle it lies above itself.

    >>> sorted(reached({"a": {"b"}, "b": {"c", "a"}}, "a"))
    ['a', 'b', 'c']
    """
    seen: set[Node] = set()
    waiting = list(up.get(node, ()))
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += up.get(here, ())
    return seen


class _Hierarchy(NamedTuple):
    """A hierarchy, and in it one way up from each node, walked from the tops down so that what is below follows."""

    up: Mapping[int, Collection[int]]
    place: Numbers  #: by node: when the walk comes to it
    end: Numbers  #: by node: when the walk has left all below it
    several: NDArray[np.bool_]  #: by node: whether there are other ways up, from it or from a node above it


def _hierarchy(low: Numbers, high: Numbers) -> _Hierarchy:
    import numpy as np

    count = int(max(low.max(), high.max())) + 1
    up: dict[int, list[int]] = {}
    for below, above in zip(low.tolist(), high.tolist(), strict=True):
        up.setdefault(below, []).append(above)
    parent = [-1] * count
    below_: dict[int, list[int]] = {}
    for node, highs in up.items():
        parent[node] = highs[0]
        below_.setdefault(highs[0], []).append(node)
    several = [len(set(up.get(node, ()))) > 1 for node in range(count)]
    walk = _walk(parent, below_, several)
    place, end = _spans(walk, parent, count)
    for node in set(range(count)).difference(walk):  # in a cycle, or below one: no walk from a top meets it
        several[node] = True
    return _Hierarchy(up, np.array(place, np.int64), np.array(end, np.int64), np.array(several, bool))


def _walk(parent: list[int], below: Mapping[int, list[int]], several: list[bool]) -> list[int]:
    """Give the nodes in the order of a walk from the tops down, and hand `several` down."""
    order: list[int] = []
    waiting = [node for node in below if parent[node] < 0]
    while waiting:
        node = waiting.pop()
        order.append(node)
        if node in below:
            if several[node]:
                for low in below[node]:
                    several[low] = True
            waiting += below[node]
    return order


def _spans(walk: list[int], parent: list[int], count: int) -> tuple[list[int], list[int]]:
    """Say when the walk comes to each node and when it has left all below it; nodes that it does not meet are alone."""
    size = [1] * count
    for node in reversed(walk):
        if parent[node] >= 0:
            size[parent[node]] += size[node]
    place = [-1] * count
    for when, node in enumerate(walk):
        place[node] = when
    return place, [when + size[node] if when >= 0 else -1 for node, when in enumerate(place)]
