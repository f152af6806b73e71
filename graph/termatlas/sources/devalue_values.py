"""The values of JavaScript that Python does not have, and how devalue writes those that refer to no others."""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from termatlas.errors import TermAtlasError

_INTEGER = re.compile(r"-?[0-9]{1,4300}", re.ASCII)  # as many digits as int() reads by default


class DevalueError(TermAtlasError, ValueError):
    """Say which value of a payload is wrong.

    >>> str(DevalueError('nothing knows the type "Nope"', index=17))
    'value 17: nothing knows the type "Nope"'
    """

    def __init__(self, problem: str, *, index: int | None = None, place: str = "") -> None:
        self.problem = problem
        self.index = index
        self.place = place or ("" if index is None else f"value {index}")
        super().__init__(problem)

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}" if self.place else self.problem


class _Undefined:
    """Be JavaScript's undefined: one, false, and nothing when printed as text."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNDEFINED"

    def __str__(self) -> str:
        return ""

    def __bool__(self) -> bool:
        return False

    def __reduce__(self) -> str:
        return "UNDEFINED"


UNDEFINED: Final = _Undefined()


class RegExp(NamedTuple):
    """A regular expression of JavaScript, as it is written."""

    source: str
    flags: str = ""


class SparseArray:
    """An array that holds few of the many items that it is long; the others are `UNDEFINED`.

    It is no `Sequence` on purpose: what walks through all sequences must not walk through this one.

    >>> array = SparseArray(100_000_000, {3: "x"})
    >>> len(array), array[3], array[-1], array
    (100000000, 'x', UNDEFINED, SparseArray(100000000, {3: 'x'}))
    """

    def __init__(self, length: int, items: dict[int, Any]) -> None:
        self.length = length
        self.items = items

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self._at(place) for place in range(self.length)[index]]
        return self._at(range(self.length)[index])

    def __iter__(self) -> Iterator[Any]:
        return map(self._at, range(self.length))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, SparseArray):
            return self.length == other.length and self.items == other.items
        return isinstance(other, list) and self.length == len(other) and list(self) == other

    __hash__ = None  # type: ignore[assignment] # it can change, so it has none

    def __repr__(self) -> str:
        return f"SparseArray({self.length}, {self.items})"

    def _at(self, place: int) -> Any:
        return self.items.get(place, UNDEFINED)


def part(buffer: bytes, value: list[Any], index: int) -> memoryview:
    """Cut out the bytes that a view shows: ``[tag, buffer, byte offset, length in items]``."""
    size = ITEM_SIZES[value[0]]
    offset, length = (*value[2:4], None, None)[:2]
    start = 0 if offset is None else offset
    if type(start) is int and 0 <= start <= len(buffer):
        stop = len(buffer) if length is None else start + length * size if type(length) is int else -1
        if start <= stop <= len(buffer) and (stop - start) % size == 0:
            return memoryview(buffer)[start:stop]
    raise DevalueError(f"the {value[0]} does not fit its ArrayBuffer", index=index)


def buffer_of(value: list[Any], index: int) -> bytes:
    """Decode the base64 that a buffer is written in."""
    text = _text(value, index)
    try:
        return binascii.a2b_base64(text + "=" * (-len(text) % 4), strict_mode=True)
    except ValueError as error:
        raise DevalueError(f"the {value[0]} is not valid base64", index=index) from error


def _date(value: list[Any], index: int) -> datetime | None:
    try:
        date = datetime.fromisoformat(_text(value, index))
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _bigint(value: list[Any], index: int) -> int:
    text = _text(value, index)
    if not _INTEGER.fullmatch(text):
        raise DevalueError("a BigInt is no integer of at most 4,300 digits", index=index)
    return int(text)


def _regexp(value: list[Any], index: int) -> RegExp:
    flags = value[2] if len(value) > 2 else ""
    if not isinstance(flags, str):
        raise DevalueError("a RegExp has no valid flags", index=index)
    return RegExp(_text(value, index), flags)


def _text(value: list[Any], index: int) -> str:
    """Give the text that a type's value carries."""
    if len(value) > 1 and isinstance(value[1], str):
        return value[1]
    raise DevalueError(f"the {value[0]} holds no text", index=index)


#: Types whose values refer to no others → how to decode them.
LEAVES: dict[str, Callable[[list[Any], int], Any]] = {
    "Date": _date,
    "BigInt": _bigint,
    "RegExp": _regexp,
    "ArrayBuffer": buffer_of,
    "URL": _text,
    "URLSearchParams": _text,
    "Temporal.Duration": _text,
    "Temporal.Instant": _text,
    "Temporal.PlainDate": _text,
    "Temporal.PlainDateTime": _text,
    "Temporal.PlainMonthDay": _text,
    "Temporal.PlainTime": _text,
    "Temporal.PlainYearMonth": _text,
    "Temporal.ZonedDateTime": _text,
}

#: Types that show a part of an ArrayBuffer → how many bytes an item takes.
ITEM_SIZES = {
    "Int8Array": 1,
    "Uint8Array": 1,
    "Uint8ClampedArray": 1,
    "Int16Array": 2,
    "Uint16Array": 2,
    "Float16Array": 2,
    "Int32Array": 4,
    "Uint32Array": 4,
    "Float32Array": 4,
    "Float64Array": 8,
    "BigInt64Array": 8,
    "BigUint64Array": 8,
    "DataView": 1,
}
