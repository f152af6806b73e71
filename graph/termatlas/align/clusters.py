"""The things that exact matches make one: the symmetric, transitive closure of skos:exactMatch (SKOS, S44 and S45)."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple

_LONGEST = 8  #: a chain that a message can show


class Clusters(NamedTuple):
    """A spanning tree of each cluster: thing → its cluster's first thing, its parent, its depth."""

    first: Mapping[Hashable, Hashable]
    parent: Mapping[Hashable, Hashable]
    depth: Mapping[Hashable, int]

    def are_one(self, one: Hashable, other: Hashable) -> bool:
        """Tell whether two things are exact matches, by however many steps."""
        return one == other or (one in self.first and self.first[one] == self.first.get(other))

    def chain(self, one: Hashable, other: Hashable) -> list[Hashable]:
        """Give things that lead from one to another by exact matches; none where it takes more than a few."""
        up, down = [one], [other]
        while up[-1] != down[-1] and len(up) + len(down) <= _LONGEST:
            side = up if self.depth[up[-1]] >= self.depth[down[-1]] else down
            side.append(self.parent[side[-1]])
        return [*up, *reversed(down[:-1])] if up[-1] == down[-1] else []


def clusters(pairs: Iterable[tuple[Hashable, Hashable]]) -> Clusters:
    """Join pairs of things to clusters, breadth first, so that chains are short.

    >>> found = clusters([("a", "x"), ("b", "x"), ("c", "z")])
    >>> found.are_one("a", "b"), found.are_one("a", "c"), found.chain("a", "b")
    (True, False, ['a', 'x', 'b'])
    """
    beside: dict[Hashable, list[Hashable]] = {}
    for one, other in pairs:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    first: dict[Hashable, Hashable] = {}
    parent: dict[Hashable, Hashable] = {}
    depth: dict[Hashable, int] = {}
    for root in beside:
        if root not in first:
            first[root], depth[root] = root, 0
            waiting = deque([root])
            while waiting:
                thing = waiting.popleft()
                for other in beside[thing]:
                    if other not in first:
                        first[other], parent[other], depth[other] = root, thing, depth[thing] + 1
                        waiting.append(other)
    return Clusters(first, parent, depth)
