"""Any string becomes text that an XML parser gives back unchanged, or nearly: XML 1.0 has no place for some signs.

Those are control characters, lone surrogates, U+FFFE and U+FFFF (XML 1.0, section 2.2).
"""

from __future__ import annotations

import re

_ILLEGAL = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_SPECIAL = re.compile(f'[&<>"\t\n\r{_ILLEGAL}]')
_REFUSED = re.compile(f"[{_ILLEGAL}]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def escaped(text: str) -> str:
    r"""Escape for an attribute or an element; a sign that XML refuses becomes U+FFFD.

    White space is escaped too, because a parser turns a line break in an attribute into a space
    (XML 1.0, section 3.3.3).

    >>> escaped('a<b & "c"\x00')
    'a&lt;b &amp; &quot;c&quot;\ufffd'
    """
    return _SPECIAL.sub(lambda match: _ESCAPES.get(match[0], "\ufffd"), text)


def identifier(slug: str) -> str:
    r"""Escape a slug; a sign that XML refuses becomes U+FFFD and its number, so that two slugs stay two.

    >>> identifier("a\x00") == identifier("a\x01")
    False
    """
    return escaped(_REFUSED.sub(lambda match: f"\ufffd{ord(match[0]):04x}", slug))


def word(value: object) -> str:
    """Write a value as XML does: ``true``, ``12``, ``0.5``; lists are joined by "; ".

    >>> word(["a", "b&c"]), word(False), word(1e-12)
    ('a; b&amp;c', 'false', '1e-12')
    """
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, list):
        return escaped("; ".join(value))
    return str(value).lower()
