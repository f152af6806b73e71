"""What the custom types of a payload become."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from termatlas.sources.devalue_values import UNDEFINED
from termatlas.sources.jsontext import NotJsonError, loads

#: Makes the value of a custom type from what it wraps.
Reviver = Callable[[Any], Any]

_FALSE = {"_": UNDEFINED, "0n": 0}


def itself(value: Any) -> Any:
    """Give what a custom type wraps: the reviver for types that only matter to a page's scripts."""
    return value


def empty_ref(text: Any) -> Any:
    """Revive Nuxt's EmptyRef, which wraps a false value as a string of JSON.

    >>> empty_ref('""'), empty_ref("_"), empty_ref("0n")
    ('', UNDEFINED, 0)
    """
    if not isinstance(text, str) or text in _FALSE:
        return _FALSE.get(text, text) if isinstance(text, str) else text
    try:
        return loads(text)
    except NotJsonError:
        return text


#: The revivers of Nuxt itself.
NUXT: Mapping[str, Reviver] = {
    "NuxtError": itself,
    "EmptyShallowRef": empty_ref,
    "EmptyRef": empty_ref,
    "ShallowRef": itself,
    "ShallowReactive": itself,
    "Ref": itself,
    "Reactive": itself,
    "Island": itself,
}
