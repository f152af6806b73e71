"""Whether a concept is still to be used."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from termatlas.sources.rdffile import Text, Value

#: What the last segment of a status's IRI, or its text, says of a concept that is no longer to be used.
_ENDED = frozenset({"deprecated", "invalid", "retired", "superseded", "withdrawn"})


def is_deprecated(said: Mapping[str, list[Value]]) -> bool:
    """Tell whether a concept is no longer to be used: it says so (OWL 2, 5.5), is replaced, or its status ended (ADMS).

    >>> is_deprecated({"owl:deprecated": [Text("true", "")]}), is_deprecated({"dct:isReplacedBy": ["https://e.org/b"]})
    (True, True)
    >>> is_deprecated({"adms:status": ["http://purl.org/adms/status/Completed"]})
    False
    """
    if any(isinstance(value, Text) and value.text in ("true", "1") for value in said.get("owl:deprecated", ())):
        return True
    return "dct:isReplacedBy" in said or any(_last(value) in _ENDED for value in said.get("adms:status", ()))


def _last(value: Value) -> str:
    if isinstance(value, Text):
        return value.text.strip().lower()
    parts = urlsplit(value)
    return (parts.fragment or parts.path.rpartition("/")[2]).lower()
