"""Which pairs of terms a hierarchy joins, at any distance."""

from __future__ import annotations

from collections.abc import Collection, Mapping

_BATCH = 1024  # starting points that one pass carries, a bit each

Edges = Mapping[str, Collection[str]]


def joined(parents: Edges, children: Edges, pairs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Find the pairs (a, b) where a way leads up from a to b; `children` are the inverse of `parents`.

    A pass over the strongly connected components, from the bottom up, carries a set of up to 1,024
    starting points as the bits of one number: linear in the hierarchy for each batch, however deep it is.

    >>> up, down = {"cat": ["mammal"], "mammal": ["animal"]}, {"mammal": ["cat"], "animal": ["mammal"]}
    >>> joined(up, down, [("cat", "animal"), ("animal", "cat")])
    {('cat', 'animal')}
    """
    if not pairs:
        return set()
    component = _components(parents, children)
    upward: list[set[int]] = [set() for _ in range(max(component.values()) + 1)]
    for node, above in parents.items():
        upward[component[node]].update(component[higher] for higher in above)
    asked: dict[int, list[tuple[str, str]]] = {}
    for pair in pairs:
        asked.setdefault(component[pair[0]], []).append(pair)
    starts = list(asked)
    found: set[tuple[str, str]] = set()
    for first in range(0, len(starts), _BATCH):
        batch = starts[first : first + _BATCH]
        carried = _carried(batch, upward)
        for bit, start in enumerate(batch):
            found.update(pair for pair in asked[start] if carried[component[pair[1]]] >> bit & 1)
    return found


def _carried(starts: Collection[int], upward: list[set[int]]) -> list[int]:
    """Carry the bits of starting points up: component → the starting points below it or in it."""
    carried = [0] * len(upward)
    for bit, start in enumerate(starts):
        carried[start] |= 1 << bit
    for component, above in enumerate(upward):
        if bits := carried[component]:
            for higher in above:
                carried[higher] |= bits
    return carried


def _components(parents: Edges, children: Edges) -> dict[str, int]:
    """Give each node the number of its strongly connected component, from the bottom up (Kosaraju and Sharir)."""
    seen: set[str] = set()
    finished = [node for start in parents for node in _walk(start, parents, seen)]
    seen = set()
    numbers: dict[str, int] = {}
    for start in reversed(finished):
        if start not in seen:
            numbers.update(dict.fromkeys(_walk(start, children, seen), len(numbers)))
    return numbers


def _walk(start: str, edges: Edges, seen: set[str]) -> list[str]:
    """List the nodes, not seen before, that edges lead to: each after those behind it."""
    if start in seen:
        return []
    seen.add(start)
    finished: list[str] = []
    stack = [(start, iter(edges.get(start, ())))]
    while stack:
        node, ahead = stack[-1]
        if (step := next((near for near in ahead if near not in seen), None)) is None:
            finished.append(node)
            stack.pop()
        else:
            seen.add(step)
            stack.append((step, iter(edges.get(step, ()))))
    return finished
