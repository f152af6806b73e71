"""Which pairs of terms a hierarchy joins, at any distance."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

_BATCH = 1024  # sources that one pass carries, a bit each; memory is an eighth of that in bytes for each component


def joined(parents: Mapping[str, Iterable[str]], pairs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Find the pairs (a, b) where a way leads up from a to b.

    A pass over the strongly connected components, from the bottom up, carries a set of up to 1,024
    starting points as the bits of one number: linear in the hierarchy for each batch, however deep it is.

    >>> joined({"cat": ["mammal"], "mammal": ["animal"]}, [("cat", "animal"), ("animal", "cat")])
    {('cat', 'animal')}
    """
    if not pairs:
        return set()
    component, upward = _components(parents)
    wanted: dict[int, list[tuple[str, str]]] = {}
    for pair in sorted(pairs):
        wanted.setdefault(component[pair[0]], []).append(pair)
    starts = sorted(wanted)
    found: set[tuple[str, str]] = set()
    for first in range(0, len(starts), _BATCH):
        batch = starts[first : first + _BATCH]
        reached = _carried(batch, upward)
        found.update(
            pair for bit, start in enumerate(batch) for pair in wanted[start] if reached[component[pair[1]]] >> bit & 1
        )
    return found


def _components(parents: Mapping[str, Iterable[str]]) -> tuple[dict[str, int], list[set[int]]]:
    """Give nodes the number of their strongly connected component, from the bottom up, and list what is above each."""
    import networkx as nx

    condensed = nx.condensation(nx.DiGraph((low, high) for low, above in parents.items() for high in above))
    order = {number: place for place, number in enumerate(nx.topological_sort(condensed))}
    upward = [{order[above] for above in condensed.successors(number)} for number in order]
    return {node: order[number] for node, number in condensed.graph["mapping"].items()}, upward


def _carried(starts: list[int], upward: list[set[int]]) -> list[int]:
    reached = [0] * len(upward)
    for bit, start in enumerate(starts):
        reached[start] |= 1 << bit
    for place, above in enumerate(upward):
        if mask := reached[place]:
            for higher in above:
                reached[higher] |= mask
    return reached
