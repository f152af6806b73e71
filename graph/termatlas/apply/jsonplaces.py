"""Where the values of a JSON text stand: found from the outside in, what lies beside the way is skipped."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


class Member(NamedTuple):
    """A member of an object: its key, and the places of key and value."""

    key: str
    key_start: int
    key_end: int
    start: int
    end: int


def value_at(text: str, start: int) -> tuple[Any, int]:
    """Read the value that begins at a place; give it and the place where it ends."""
    return _DECODER.raw_decode(text, start)


def after_space(text: str, place: int) -> int:
    """Skip white space."""
    found = _SPACE.match(text, place)
    return found.end() if found else place


def members(text: str, start: int) -> list[Member]:
    """List the members of the object that begins at a place.

    >>> members('{"a": [1]}', 0)
    [Member(key='a', key_start=1, key_end=4, start=6, end=9)]
    """
    found: list[Member] = []
    place = after_space(text, start + 1)
    while text[place] != "}":
        key, key_end = value_at(text, place)
        value = after_space(text, after_space(text, key_end) + 1)
        end = value_at(text, value)[1]
        found.append(Member(key, place, key_end, value, end))
        place = after_space(text, end)
        if text[place] == ",":
            place = after_space(text, place + 1)
    return found


def items(text: str, start: int) -> list[tuple[int, int]]:
    """List the places of the items of the array that begins at a place.

    >>> items("[1, {}]", 0)
    [(1, 2), (4, 6)]
    """
    found: list[tuple[int, int]] = []
    place = after_space(text, start + 1)
    while text[place] != "]":
        end = value_at(text, place)[1]
        found.append((place, end))
        place = after_space(text, end)
        if text[place] == ",":
            place = after_space(text, place + 1)
    return found


@dataclass(frozen=True)
class Places:
    """Find places by JSON pointer (RFC 6901); what was found on the way is kept for the next one."""

    text: str
    starts: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.starts[""] = after_space(self.text, 0)

    def start(self, pointer: str) -> int:
        """Give the place where the value at a pointer begins.

        >>> Places('{"a": [1, 2]}').start("/a/1")
        10
        """
        if pointer not in self.starts:
            parent = pointer.rpartition("/")[0]
            self._open(parent, self.start(parent))
        return self.starts[pointer]

    def _open(self, pointer: str, start: int) -> None:
        if self.text[start] == "[":
            self.starts.update((f"{pointer}/{number}", span[0]) for number, span in enumerate(items(self.text, start)))
        else:
            for member in members(self.text, start):
                key = member.key.replace("~", "~0").replace("/", "~1")
                self.starts[f"{pointer}/{key}"] = member.start
