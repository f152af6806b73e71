"""An Oxigraph store for rdflib whose plain texts equal rdflib's own; loaded on use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from oxrdflib.store import OxigraphStore
from rdflib import XSD, Literal


class PlainStringStore(OxigraphStore):
    """Give plain texts without a datatype.

    oxrdflib gives them ``xsd:string``; the two are one in RDF 1.1, yet rdflib holds them apart, and
    so would find no text that a caller compares with ``Literal("clip")``.
    """

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        """Find triples, as `rdflib.store.Store` defines it."""
        for (subject, predicate, value), contexts in super().triples(triple_pattern, context):
            if isinstance(value, Literal) and value.datatype == XSD.string:
                yield (subject, predicate, Literal(str(value))), contexts
            else:
                yield (subject, predicate, value), contexts

    def __len__(self, context: Any = None) -> int:
        """Count triples without making them: a hundred thousand terms have millions."""
        name = getattr(context, "identifier", None)
        if name is None:
            return len(self._inner)
        counted: Any = self._inner.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH {name.n3()} {{ ?s ?p ?o }} }}")
        return next(int(row["n"].value) for row in counted)
