"""What things are called: IRIs, and blank nodes in the order in which they come."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from termatlas.validate.model import Quads

_RANDOM = re.compile(r"[0-9a-f]{20,32}")

#: What names a node of a statement, and what gives the hash that stands for one.
Named = Callable[[Any], str]
Code = Callable[[Any], int]


def namer() -> Named:
    """Give what names the things of one reading: by their IRIs, or as ``_:`` and an id that stays.

    The parser gives anonymous blank nodes another random id each time; here they are numbered.
    """
    from pyoxigraph import BlankNode, NamedNode

    numbers: dict[str, str] = {}

    def named(node: Any) -> str:
        kind = type(node)
        if kind is NamedNode:
            iri: str = node.value
            return iri
        if kind is not BlankNode:  # a statement about a statement (RDF 1.2)
            return str(node)
        random = _RANDOM.fullmatch(node.value)
        return numbers.setdefault(node.value, f"_:n{len(numbers)}") if random else f"_:{node.value}"

    return named


def coder(named: Named) -> Code:
    """Give what gives the hash of the things of one reading, the same in each."""
    from pyoxigraph import NamedNode

    return lambda node: hash(node if type(node) is NamedNode else named(node))


def statements_of(quads: Quads, named: Named) -> Iterator[tuple[Any, Any, Any]]:
    """Yield subjects, predicates and objects, with all blank nodes named in the order of the source."""
    from pyoxigraph import BlankNode

    for subject, predicate, value, _ in quads:
        if type(subject) is BlankNode:
            named(subject)
        if type(value) is BlankNode:
            named(value)
        yield subject, predicate, value
