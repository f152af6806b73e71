"""Above and below in a hierarchy, by however many steps."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

#: Concept → the concepts directly above it.
Up = Mapping[str, Collection[str]]


def lines(up: Up, pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield those pairs of which one is above the other, each once and sorted, as (below, above).

    >>> list(lines({"a": {"b"}, "b": {"c"}}, [("a", "c"), ("c", "a"), ("c", "b"), ("a", "x")]))
    [('a', 'c'), ('b', 'c')]
    """
    pairs = list(pairs)
    above: dict[str, set[str]] = {}
    for low, high in sorted(_likely(_forest(up), pairs)):
        if low not in above:
            above = {low: reached(up, low)}  # of the last one alone, for pairs are sorted
        if high in above[low]:
            yield low, high


def _likely(forest: _Forest, pairs: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """Give the pairs that can be (below, above), few as a rule, without a walk for each."""
    import numpy as np

    number = forest.number.get
    ends, several = np.array([*forest.end, 0], np.int64), np.array([*forest.several, False], bool)
    numbers = np.fromiter((number(node, -1) for pair in pairs for node in pair), np.int64, 2 * len(pairs))
    one, other = numbers[::2], numbers[1::2]
    inside = (one >= 0) & (other >= 0)
    here = inside & (((other < one) & (one < ends[other])) | several[one])
    there = inside & (((one < other) & (other < ends[one])) | several[other])
    found = {pairs[at] for at in np.flatnonzero(here).tolist()}
    return found | {(pairs[at][1], pairs[at][0]) for at in np.flatnonzero(there).tolist()}


def reached(up: Up, node: str) -> set[str]:
    """Give all that lies above a node by one step or more; in a cycle it lies above itself.

    >>> sorted(reached({"a": {"b"}, "b": {"c", "a"}}, "a"))
    ['a', 'b', 'c']
    """
    seen: set[str] = set()
    waiting = list(up.get(node, ()))
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += up.get(here, ())
    return seen


class _Forest(NamedTuple):
    """A hierarchy reduced to one way up from each node, numbered so that all below a node follow it at once."""

    number: dict[str, int]  #: in the order of a walk from the tops down
    end: list[int]  #: by number: the first number that is not below it
    several: list[bool]  #: by number: whether there are other ways up, from it or from a node above it


def _forest(up: Up) -> _Forest:
    below: dict[str, list[str]] = {}
    for low, highs in up.items():
        below.setdefault(next(iter(highs)), []).append(low)
        for high in highs:
            below.setdefault(high, [])
    number: dict[str, int] = {}
    several: list[bool] = []
    parent: list[int] = []
    waiting = [(node, -1, False) for node in below if node not in up]
    while waiting:
        node, above, forks = waiting.pop()
        forks = forks or len(up.get(node, ())) > 1
        here = number[node] = len(parent)
        parent.append(above)
        several.append(forks)
        waiting += [(low, here, forks) for low in below.get(node, ())]
    return _with_cycles(up, number, parent, several)


def _with_cycles(up: Up, number: dict[str, int], parent: list[int], several: list[bool]) -> _Forest:
    """Give the ends, and numbers to nodes in or below cycles, which no walk from a top meets."""
    size = [1] * len(parent)
    for here in range(len(parent) - 1, -1, -1):
        if parent[here] >= 0:
            size[parent[here]] += size[here]
    end = [here + each for here, each in enumerate(size)]
    for node in up:
        if node not in number:
            number[node] = len(end)
            end.append(len(end))
            several.append(True)
    return _Forest(number, end, several)
