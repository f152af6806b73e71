"""Glossary → linked data: an `rdflib.Graph`, triples, or files in five syntaxes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from termatlas.errors import UsageError
from termatlas.export.blocks import PREFIXES, Block, blocks, plan
from termatlas.export.syntaxes import SUFFIXES, Writer, expanded, ntriples, writers
from termatlas.model import Glossary

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

_AT_ONCE = 500  # blocks that are held as text before they are written: a megabyte or two


def to_rdf(glossary: Glossary) -> rdflib.Graph:
    """Give a glossary as an `rdflib.Graph` that Oxigraph holds: SPARQL on it runs in Oxigraph.

    >>> from termatlas.model import Term
    >>> graph = to_rdf(Glossary(terms=(Term(slug="clip", name="CLIP"),)))
    >>> [str(row.name) for row in graph.query('SELECT ?name { ?x a skos:Concept ; skos:prefLabel ?name }')]
    ['CLIP']
    """
    import pyoxigraph
    import rdflib
    from oxrdflib.store import OxigraphStore

    known = plan(glossary)
    store = pyoxigraph.Store()
    block = ntriples()
    for text in _texts(map(block, blocks(known))):
        store.bulk_load(
            text.encode(), pyoxigraph.RdfFormat.N_TRIPLES, to_graph=pyoxigraph.NamedNode(known.scheme)
        )
    graph = rdflib.Graph(store=OxigraphStore(store=store), identifier=rdflib.URIRef(known.scheme), bind_namespaces="none")
    for prefix, iri in {**PREFIXES, "term": known.base}.items():
        graph.bind(prefix, iri)
    return graph
