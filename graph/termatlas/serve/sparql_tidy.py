"""What Oxigraph writes → what a reader can rely on: prefixes that are used, in order; XML that is XML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

_PREFIXES = re.compile(rb"(?:@prefix [^\n]*\n)+")
_NO_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")  # XML 1.0, 2.2; UTF-8 has them nowhere else
_INSTEAD: Final = "\ufffd".encode()


def tidy(syntax: str, body: bytes) -> bytes:
    r"""Put the prefixes of Turtle and TriG in order, without those that nothing uses; replace what XML cannot hold.

    >>> tidy("turtle", b"@prefix b: <urn:b:> .\n@prefix c: <urn:c:> .\n@prefix a: <urn:a:> .\na:x b:y 1 .\n").decode()
    '@prefix a: <urn:a:> .\n@prefix b: <urn:b:> .\na:x b:y 1 .\n'
    """
    return _TIDIED[syntax](body) if syntax in _TIDIED else body


def _prefixed(body: bytes) -> bytes:
    found = _PREFIXES.match(body)
    if not found:
        return body
    said = body[found.end() :]
    used = [line for line in sorted(found[0].splitlines(keepends=True)) if line.split()[1] in said]
    return b"".join(used) + said


def _fit_for_xml(body: bytes) -> bytes:
    return _NO_XML.sub(_INSTEAD, body)


_TIDIED: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "turtle": _prefixed,
    "trig": _prefixed,
    "xml": _fit_for_xml,
}
