"""Decode devalue, the format in which Nuxt and SvelteKit send a page's data.

The text is a JSON array of values that refer to each other by their index; the first is the root.
Negative references are constants, and an array that begins with a string is of the type that the
string names. https://github.com/sveltejs/devalue (version 5.9) defines the format.

JavaScript's values become Python's:

==============================  ==================================================================
undefined, a hole in an array   `UNDEFINED`
null                            None
BigInt                          int
Date                            datetime with a time zone, None if it is invalid
Set, Map                        list, list of pairs, in the order of insertion
Object(1), a boxed primitive    the primitive
Object.create(null)             dict
an array encoded as sparse      `SparseArray`
ArrayBuffer                     bytes
typed arrays, DataView          memoryview of the bytes that they show; ``.cast("H")`` gives numbers
RegExp                          `RegExp`, not compiled: the two languages differ
URL, URLSearchParams, Temporal  str
==============================  ==================================================================

Shared objects stay shared and cycles stay cycles. What is decoded takes memory in proportion to
the text, whatever lengths the text declares, and nesting is limited by memory alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterable, Mapping
from functools import partial
from itertools import zip_longest
from typing import Any, Final, NamedTuple

from termatlas.sources.devalue_revivers import NUXT, Reviver, empty_ref, itself
from termatlas.sources.devalue_values import (
    ITEM_SIZES,
    LEAVES,
    UNDEFINED,
    DevalueError,
    RegExp,
    SparseArray,
    buffer_of,
    part,
)
from termatlas.sources.jsontext import NotJsonError, loads

__all__ = [
    "NUXT",
    "UNDEFINED",
    "DevalueError",
    "RegExp",
    "Reviver",
    "SparseArray",
    "decode",
    "empty_ref",
    "itself",
    "parse",
]


class _Reading(NamedTuple):
    """A payload that is being decoded."""

    values: list[Any]
    decoded: dict[int, Any]  #: by reference: the constants and what has been decoded
    revivers: Mapping[str, Reviver]
    unknown: Reviver | None


#: Decodes one value: yields the references that it needs, gets their values, returns its own.
_Steps = Generator[Any, Any, Any]

_HOLE = -2
_SPARSE = -7
_CONSTANTS = {-1: UNDEFINED, -2: UNDEFINED, -3: math.nan, -4: math.inf, -5: -math.inf, -6: -0.0}
_NOWHERE = _HOLE  #: a reference to no value
_MAX_LENGTH = 2**32 - 1  # ECMA-262, ArrayCreate
_MISSING: Final = object()  #: has not been decoded
_BEGUN: Final = object()  #: waits for what it wraps


def parse(text: str, revivers: Mapping[str, Reviver] | None = None, unknown: Reviver | None = None) -> Any:
    """Decode a payload.

    `revivers` make values of custom types from what these wrap (for Nuxt's own, pass `NUXT`);
    `unknown` does so for types that have no reviver, where it is None such a type is an error.

    Raises `DevalueError`.

    >>> parse('[{"tags":1,"twice":1,"when":-1},["Set",2,3],"a","b"]')
    {'tags': ['a', 'b'], 'twice': ['a', 'b'], 'when': UNDEFINED}
    """
    return decode(text, revivers, unknown)[0]


def decode(text: str, revivers: Mapping[str, Reviver] | None = None, unknown: Reviver | None = None) -> dict[int, Any]:
    """Decode a payload into all the values that its root leads to, by their index; the root is 0.

    Takes and raises what `parse` does.

    >>> decode('[[2],"unused","a"]')
    {0: ['a'], 2: 'a'}
    """
    try:
        values = loads(text)
    except NotJsonError as error:
        raise DevalueError(error.problem, place=error.place) from error
    if type(values) is int and values in _CONSTANTS and values != _HOLE:
        return {0: _CONSTANTS[values]}
    if not isinstance(values, list) or not values:
        raise DevalueError("the payload is not an array of values")
    reading = _Reading(values, dict(_CONSTANTS), revivers or {}, unknown)
    _run(reading)
    return {index: value for index, value in reading.decoded.items() if index >= 0}


def _run(reading: _Reading) -> None:
    """Decode from the root on; a stack of generators stands in for recursion."""
    if _known(reading, 0) is not _MISSING:
        return
    stack = [(0, _steps(reading, 0))]
    answer: Any = None
    while stack:
        index, steps = stack[-1]
        try:
            reference = _reference(steps.send(answer), index)
        except StopIteration as end:
            answer = reading.decoded[index] = end.value
            stack.pop()
            continue
        answer = _known(reading, reference)
        if answer is _MISSING:
            stack.append((reference, _steps(reading, reference)))
            answer = None


def _reference(written: Any, index: int) -> int:
    """Check a reference that the value at `index` holds."""
    if type(written) is int:
        return written
    if type(written) is not float:
        raise DevalueError("a reference is missing or not a number", index=index)
    return int(written) if written.is_integer() else _NOWHERE


def _known(reading: _Reading, reference: int) -> Any:
    """Give a value that is there already or needs no other one, else `_MISSING`."""
    found = reading.decoded.get(reference, _MISSING)
    if found is _BEGUN:
        return _tied(reading, reference)
    if found is not _MISSING:
        return found
    value = reading.values[reference] if 0 <= reference < len(reading.values) else UNDEFINED
    if isinstance(value, list) and (leaf := _leaf(reading, value)):
        value = leaf(value, reference)
    elif isinstance(value, list | dict):
        return _MISSING
    reading.decoded[reference] = value
    return value


def _leaf(reading: _Reading, value: list[Any]) -> Callable[[list[Any], int], Any] | None:
    tag = value[0] if value else None
    return LEAVES.get(tag) if isinstance(tag, str) and tag not in reading.revivers else None


def _steps(reading: _Reading, index: int) -> _Steps:
    """Choose how to decode a value that refers to others."""
    value = reading.values[index]
    if isinstance(value, dict):
        return _object(reading, index, value.items())
    tag = value[0] if value else None
    if isinstance(tag, str):
        known = None if tag in reading.revivers else _TYPES.get(tag)
        return (known or _custom)(reading, index, value)
    return (_sparse if tag == _SPARSE else _array)(reading, index, value)


def _array(reading: _Reading, index: int, value: list[Any]) -> _Steps:
    array: list[Any] = []
    reading.decoded[index] = array
    for reference in value:
        array.append((yield reference))
    return array


def _object(reading: _Reading, index: int, items: Iterable[tuple[Any, Any]]) -> _Steps:
    record: dict[str, Any] = {}
    reading.decoded[index] = record
    for key, reference in items:
        if key == "__proto__":
            raise DevalueError('an object has the key "__proto__", which is an attack on scripts', index=index)
        record[str(key)] = yield reference
    return record


def _null_object(reading: _Reading, index: int, value: list[Any]) -> _Steps:
    return _object(reading, index, zip_longest(value[1::2], value[2::2]))


def _set(reading: _Reading, index: int, value: list[Any]) -> _Steps:
    members: list[Any] = []
    reading.decoded[index] = members
    for reference in dict.fromkeys(map(partial(_reference, index=index), value[1:])):
        members.append((yield reference))
    return members


def _map(reading: _Reading, index: int, value: list[Any]) -> _Steps:
    pairs: list[tuple[Any, Any]] = []
    reading.decoded[index] = pairs
    for key, reference in zip_longest(value[1::2], value[2::2]):
        pairs.append(((yield key), (yield reference)))
    return pairs


def _sparse(reading: _Reading, index: int, value: list[Any]) -> _Steps:
    length = value[1] if len(value) > 1 else None
    if type(length) is not int or not 0 <= length <= _MAX_LENGTH:
        raise DevalueError("a sparse array has no valid length", index=index)
    array = reading.decoded[index] = SparseArray(length, {})
    for place, reference in zip_longest(value[2::2], value[3::2]):
        if type(place) is not int or not 0 <= place < length:
            raise DevalueError("a sparse array has an item at no valid place", index=index)
        array.items[place] = yield reference
    return array


def _boxed(reading: _Reading, index: int, value: list[Any]) -> _Steps:
    wrapped = _target(reading, value, index)
    if isinstance(wrapped, list | dict) and _tag(wrapped) != "BigInt":
        raise DevalueError("a boxed primitive wraps no primitive", index=index)
    return (yield value[1])


def _view(reading: _Reading, index: int, value: list[Any]) -> _Steps:
    """Show a part of a buffer; before version 5.4 the buffer's text stood in the value itself."""
    if isinstance(value[1] if len(value) > 1 else None, str):
        return memoryview(buffer_of(value, index))
    if _tag(_target(reading, value, index)) != "ArrayBuffer":
        raise DevalueError(f"the {value[0]} shows no ArrayBuffer", index=index)
    return part((yield value[1]), value, index)


def _custom(reading: _Reading, index: int, value: list[Any]) -> _Steps:
    """Revive a custom type; what it wraps is referred to, or stands in the value itself as a type's does."""
    reviver = _reviver(reading, index)
    reading.decoded[index] = _BEGUN
    if len(value) < 2 or type(value[1]) is not int:
        reading.values.append(value[1] if len(value) > 1 else UNDEFINED)
        value[1:] = [len(reading.values) - 1]
    wrapped = yield value[1]
    revived = reading.decoded[index]
    return reviver(wrapped) if revived is _BEGUN else revived


def _tied(reading: _Reading, reference: int) -> Any:
    """Revive what a cycle leads back to before it is complete: what it wraps is there, half filled."""
    chain: dict[int, None] = {}
    while reading.decoded[reference] is _BEGUN:
        if reference in chain:
            raise DevalueError("a custom type wraps itself", index=reference)
        chain[reference] = None
        reference = reading.values[reference][1]
    value = reading.decoded[reference]
    for wrapper in reversed(chain):
        value = reading.decoded[wrapper] = _reviver(reading, wrapper)(value)
    return value


def _reviver(reading: _Reading, index: int) -> Reviver:
    tag = reading.values[index][0]
    reviver = reading.revivers.get(tag, reading.unknown)
    if reviver is None:
        raise DevalueError(f'nothing knows the type "{tag}"', index=index)
    return reviver


def _target(reading: _Reading, value: list[Any], index: int) -> Any:
    """Give, undecoded, what a wrapper refers to."""
    reference = _reference(value[1] if len(value) > 1 else None, index)
    return reading.values[reference] if 0 <= reference < len(reading.values) else UNDEFINED


def _tag(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else None


_TYPES: dict[str, Callable[[_Reading, int, list[Any]], _Steps]] = {
    "Set": _set,
    "Map": _map,
    "null": _null_object,
    "Object": _boxed,
    **dict.fromkeys(ITEM_SIZES, _view),
}
