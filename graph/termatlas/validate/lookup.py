"""What a source says about a few things, as the reader of vocabularies has it."""

from __future__ import annotations

from collections.abc import Set
from functools import cache
from typing import Any

from termatlas.sources.rdffile import Facts, Text, Value, short_name
from termatlas.validate.model import Given
from termatlas.validate.nodes import Named, coder, namer, statements_of

_KINDS = ("rdfs:subPropertyOf", "rdfs:subClassOf")


def facts_about(given: Given, things: Set[int]) -> Facts:
    """Read the statements of which a thing is the subject or the object, and the source's own kinds of properties.

    `things` are hashes. Raises `SourceError`.
    """
    import pyoxigraph

    named, named_short = namer(), cache(short_name)
    code = coder(named)
    facts: Facts = {}
    for subject, predicate, value in statements_of(given.quads(), named):
        text = type(value) is pyoxigraph.Literal
        about = code(subject) in things or (not text and code(value) in things)
        name = named_short(predicate.value)
        if about or name in _KINDS:
            facts.setdefault(named(subject), {}).setdefault(name, []).append(_value(named, value, text=text))
    return facts


def _value(named: Named, value: Any, *, text: bool) -> Value:
    return Text(value.value, value.language or "") if text else named(value)
