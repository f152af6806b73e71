"""What a data set consists of, counted from its N-Triples: the figures that VoID asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from termatlas.export.blocks import PREFIXES

_TYPE = f"<{PREFIXES['rdf']}type>".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How large a data set is, and of what; IRIs without brackets."""

    triples: int
    subjects: int
    entities: int  #: subjects that have an IRI
    classes: Mapping[str, int]  #: class → things of it, in order
    properties: Mapping[str, int]  #: property → triples that have it, in order

    @property
    def vocabularies(self) -> list[str]:
        """Give the namespaces of the classes and properties, in order."""
        return sorted({iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in (*self.classes, *self.properties)})


def extent(lines: Iterable[bytes]) -> Extent:
    """Count the lines of a file in N-Triples, as TermAtlas writes it: a triple a line, one space between its parts.

    >>> found = extent([b'<urn:a> <urn:ns/name> "A b" .', b"<urn:a> <urn:ns/link> <urn:b> ."])
    >>> found.triples, found.subjects, found.vocabularies
    (2, 1, ['urn:ns/'])
    """
    subjects: set[bytes] = set()
    classes: Counter[bytes] = Counter()
    properties: Counter[bytes] = Counter()
    for line in lines:
        subject, name, value = line.split(b" ", 2)
        subjects.add(subject)
        properties[name] += 1
        if name == _TYPE:
            classes[value.rstrip(b" .\n")] += 1
    return Extent(
        triples=properties.total(),
        subjects=len(subjects),
        entities=sum(subject.startswith(b"<") for subject in subjects),
        classes=_iris(classes),
        properties=_iris(properties),
    )


def _iris(counts: Mapping[bytes, int]) -> dict[str, int]:
    return {name[1:-1].decode(): count for name, count in sorted(counts.items()) if name.startswith(b"<")}
