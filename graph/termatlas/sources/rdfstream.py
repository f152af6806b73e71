"""An RDF file as it stands → its statements, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from termatlas.model import Glossary
from termatlas.sources.files import SourceFile
from termatlas.sources.rdffile import explained, opened, rdf_syntax, refuse_entities

if TYPE_CHECKING:
    import pyoxigraph


def stream_quads(file: SourceFile) -> Iterator[pyoxigraph.Quad]:
    """Yield the statements of an RDF file, strictly by the grammar; the file is not held in memory.

    Relative IRIs are completed with the default base IRI. Nothing is ever fetched.

    Raises `SourceError`.
    """
    import pyoxigraph

    syntax = rdf_syntax(file, file.head().removeprefix(b"\xef\xbb\xbf")) or "trig"
    if syntax == "rdf":
        refuse_entities(file)
    form = pyoxigraph.RdfFormat.from_extension(syntax)
    with opened(file) as stream:
        try:
            yield from pyoxigraph.parse(stream, form, base_iri=Glossary().base_iri)
        except SyntaxError as error:
            looked_up = file.bytes() if syntax in ("rdf", "jsonld") else b""
            raise explained(error, looked_up, syntax, file.label) from error
