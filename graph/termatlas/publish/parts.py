"""Lists that are too long for one page, cut into parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple, TypeVar

from termatlas.publish.addresses import address_of

Item = TypeVar("Item")

#: Bytes of a page's own matter; what stands around it is a sixth of that.
ROOM: Final = 46_000
_NEAR = 2  #: parts that a pager names on either side


class Step(NamedTuple):
    """A part that a pager leads to; `number` 0 stands for those left out."""

    number: int
    address: str
    here: bool


def parts(items: Iterable[Item], size: Callable[[Item], int], room: int = ROOM) -> list[list[Item]]:
    """Cut a list into parts that fit, each with at least one item; an empty list has one part.

    >>> parts(["aa", "b", "cccc", "d"], len, 3)
    [['aa', 'b'], ['cccc'], ['d']]
    """
    found: list[list[Item]] = [[]]
    used = 0
    for item in items:
        needs = size(item)
        if found[-1] and used + needs > room:
            found.append([])
            used = 0
        found[-1].append(item)
        used += needs
    return found


def fitting(items: Sequence[Item], size: Callable[[Item], int], room: int) -> tuple[list[Item], int]:
    """Take items from the front while they fit; give them and the room that is left.

    >>> fitting(["aa", "b", "cccc"], len, 4)
    (['aa', 'b'], 1)
    """
    kept: list[Item] = []
    for item in items:
        room -= size(item)
        if room < 0:
            return kept, room + size(item)
        kept.append(item)
    return kept, room


def weight(text: str) -> int:
    """Count the bytes of a text in a page, where quotes and angles take five."""
    return len(text.encode("utf-8", "surrogatepass")) + 4 * sum(map(text.count, "&<>'\""))


def part_path(stem: str, number: int) -> str:
    """Give the path of a part: the first is a file beside the folder of the others.

    >>> part_path("a-z/c", 1), part_path("a-z/c", 2)
    ('a-z/c.html', 'a-z/c/2.html')
    """
    return f"{stem}.html" if number == 1 else f"{stem}/{number}.html"


def pager(stem: str, number: int, count: int) -> list[Step]:
    """List the parts that a part leads to: the first, the last and those near it.

    >>> [step.number for step in pager("a-z/c", 9, 30)]
    [1, 0, 7, 8, 9, 10, 11, 0, 30]
    """
    if count == 1:
        return []
    near = sorted({1, count, *range(max(number - _NEAR, 1), min(number + _NEAR, count) + 1)})
    steps: list[Step] = []
    for before, part in zip([0, *near], near, strict=False):
        if part > before + 1:
            steps.append(Step(0, "", False))
        steps.append(Step(part, address_of(part_path(stem, part)), part == number))
    return steps
