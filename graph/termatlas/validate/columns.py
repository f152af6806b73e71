"""Statements → columns of numbers: what the conditions of SKOS need of a file, in a few bytes a statement.

A thing or a text stands as the hash of its characters, so that files of any size fit. Two texts with one hash are as
rare as one in 2⁶⁴; what is found in columns is looked up in the file before it is reported.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Mapping, Set
from typing import TYPE_CHECKING, Any, NamedTuple

from termatlas.sources.rdffile import short_name
from termatlas.sources.skosstatements import COLLECTIONS, PROPERTIES, all_above
from termatlas.validate.model import Quads
from termatlas.validate.nodes import Code, coder, namer, statements_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.int64]

FORM = "skosxl:literalForm"
LABELS = ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel")
_CLASSES = frozenset(("skos:Concept", "skos:ConceptScheme", *COLLECTIONS))
_KINDS = ("rdfs:subPropertyOf", "rdfs:subClassOf")

#: What is done with a subject and an object.
Add = Callable[[Any, Any], None]


class Columns(NamedTuple):
    """What a file says, by property or class: rows of hashes, one after the other, in the order of the file."""

    rows: Mapping[str, array[int]]  #: subject and object; of labels subject, text and language; of classes the thing
    above: Mapping[str, tuple[str, ...]]  #: property or class → those of SKOS that it is a kind of, itself included

    def of(self, names: Collection[str], width: int = 2) -> Table:
        """Give the rows of properties or classes and of their kinds, as a table."""
        import numpy as np

        found = [
            rows for name, rows in self.rows.items() if any(each in names for each in self.above.get(name, (name,)))
        ]
        tables = [np.frombuffer(rows, np.int64).reshape(-1, width) for rows in found]
        return np.concatenate(tables) if tables else np.empty((0, width), np.int64)


def columns_of(read: Callable[[], Quads]) -> Columns:
    """Read the columns of a file: once, or as often as it takes to know its own kinds of properties.

    Raises `SourceError`.
    """
    wanted = {*PROPERTIES, *_CLASSES}
    while True:
        rows: dict[str, array[int]] = {}
        kinds: dict[str, list[str]] = {}
        passed = _collect(read(), wanted, rows, kinds)
        above = all_above(kinds)
        wanted |= {name for name, names in above.items() if not wanted.isdisjoint(names)}
        if wanted.isdisjoint(passed):
            return Columns(rows, above)


def _collect(quads: Quads, wanted: set[str], rows: dict[str, array[int]], kinds: dict[str, list[str]]) -> set[str]:
    """Fill rows and kinds, and give the names of properties and classes that were passed over.

    What the file declares as a kind of what is wanted is wanted from there on.
    """
    passed: set[str] = set()
    adders: dict[str, Add | None] = {}
    named = namer()
    pick = _picker(coder(named), wanted, rows, kinds, passed)
    for subject, predicate, value in statements_of(quads, named):
        property_ = predicate.value
        if property_ not in adders:
            adders[property_] = pick(short_name(property_))
        if add := adders[property_]:
            add(subject, value)
    return passed


def _picker(
    code: Code, wanted: set[str], rows: dict[str, array[int]], kinds: dict[str, list[str]], passed: set[str]
) -> Callable[[str], Add | None]:
    """Give what picks what is done with the statements of a property."""

    def pick(name: str) -> Add | None:
        if name == "rdf:type":
            return _types(code, wanted, rows, passed)
        if name in _KINDS:
            return _kinds(wanted, kinds)
        if name in LABELS or name == FORM:
            return _labels(code, rows.setdefault(name, array("q")))
        if name in wanted:
            return _pairs(code, rows.setdefault(name, array("q")))
        passed.add(name)
        return None

    return pick


def _types(code: Code, wanted: Set[str], rows: dict[str, array[int]], passed: set[str]) -> Add:
    def add(subject: Any, kind: Any) -> None:
        name = short_name(kind.value)
        if name in wanted:
            rows.setdefault(name, array("q")).append(code(subject))
        else:
            passed.add(name)

    return add


def _kinds(wanted: set[str], kinds: dict[str, list[str]]) -> Add:
    def add(below: Any, above: Any) -> None:
        names = short_name(below.value), short_name(above.value)
        kinds.setdefault(names[0], []).append(names[1])
        if names[1] in wanted:
            wanted.add(names[0])

    return add


def _labels(code: Code, row: array[int]) -> Add:
    from pyoxigraph import Literal

    push = row.append

    def add(subject: Any, text: Any) -> None:
        if type(text) is Literal:
            push(code(subject))
            push(hash(text))
            push(hash(text.language))

    return add


def _pairs(code: Code, row: array[int]) -> Add:
    from pyoxigraph import Literal

    push = row.append

    def add(subject: Any, other: Any) -> None:
        if type(other) is not Literal:
            push(code(subject))
            push(code(other))

    return add
