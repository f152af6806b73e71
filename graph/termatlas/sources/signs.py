"""What the first bytes of a file give away about its format."""

from __future__ import annotations

import re

_JSON = re.compile(
    r"""\s*(?:\{\s*(?:"|\}\s*\Z)"""  # an object
    r"""|\[\s*(?:"|-?\d[\d.]*\s*,|\]\s*\Z|\{\s*["}]|\[\s*["\[{\]\d]))"""  # an array of texts, numbers, objects, arrays
)
_MARKUP = re.compile(
    r"\s*<(?:!doctype|!--.*?-->\s*<(?:!doctype|html)|\?xml|html|rdf:RDF|svg)\b", re.IGNORECASE | re.DOTALL
)
_TURTLE = re.compile(
    r"(?:\s*(?:#[^\n]*)?\n)*\s*(?:@(?:prefix|base)\s|(?:PREFIX|BASE)\s[^\n]*<|<[a-z][a-z0-9+.-]*:[^<>\s]*>\s)",
    re.IGNORECASE,
)


def head_text(head: bytes) -> str:
    r"""Decode the start of a file for a look; what is not UTF-8 becomes U+FFFD.

    >>> head_text(b"\xef\xbb\xbfterm\r\n")
    'term\n'
    """
    return head.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def is_foreign(text: str) -> bool:
    """Tell whether a text begins as JSON, HTML, XML or Turtle do.

    >>> is_foreign('[{"term": "CLIP"}]'), is_foreign("@prefix : <#> ."), is_foreign("<!DOCTYPE html>")
    (True, True, True)
    >>> is_foreign("[[CLIP]] is a model"), is_foreign("<b>CLIP</b> is a model")
    (False, False)
    """
    return bool(_JSON.match(text) or _MARKUP.match(text) or _TURTLE.match(text))
