"""Glossary → linked data: an `rdflib.Graph`, triples, or files in five syntaxes.

Every form comes from `blocks`, so all of them hold the same triples, without blank nodes, in the
same order: the same glossary gives the same bytes, whatever the order of its terms.
"""

from __future__ import annotations

import difflib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import TYPE_CHECKING, BinaryIO

from termatlas.collector import collector_paused
from termatlas.errors import UnknownTerm, UsageError
from termatlas.export.blocks import Block, Plan, Property, blocks, plan, term_blocks
from termatlas.export.foreign import parsed, prefixes, write_foreign
from termatlas.export.statements import imported_ntriples, joined, term_ntriples
from termatlas.export.syntaxes import SUFFIXES, expanded, ntriples, writers
from termatlas.model import Glossary

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

    from termatlas.align import Mappings

_AT_ONCE = 500  # blocks whose text is held before it is written, a megabyte or two


def to_rdf(glossary: Glossary) -> rdflib.Graph:
    """Give a glossary as an `rdflib.Graph`, held by Oxigraph, which answers SPARQL on it.

    Raises `UsageError` where the glossary's base IRI is none.

    >>> from termatlas.model import Term
    >>> graph = to_rdf(Glossary(terms=(Term(slug="clip", name="CLIP"),)))
    >>> [str(row.name) for row in graph.query("SELECT ?name { ?x a skos:Concept ; skos:prefLabel ?name }")]
    ['CLIP']
    """
    import rdflib

    from termatlas.export.plain_strings import PlainStringStore

    known = plan(glossary)
    graph = rdflib.Graph(PlainStringStore(store=_store(known)), rdflib.URIRef(known.scheme), bind_namespaces="none")
    for prefix, iri in prefixes(known).items():
        graph.bind(prefix, iri)
    return graph


def to_store(glossary: Glossary, mappings: Mappings | None = None) -> pyoxigraph.Store:
    """Give a glossary as an Oxigraph store, in a graph named after the glossary; mappings stand in one of their own.

    Raises `UsageError` where the glossary's base IRI is none.

    >>> from termatlas.model import Term
    >>> store = to_store(Glossary(terms=(Term(slug="clip", name="CLIP"),)))
    >>> [graph.value for graph in store.named_graphs()]
    ['https://example.org/glossary']
    """
    known = plan(glossary)
    store = _store(known)
    if mappings:
        from termatlas.export.mappings import mapping_quads

        store.bulk_extend(mapping_quads(mappings, known))
    return store


def _store(known: Plan) -> pyoxigraph.Store:
    import pyoxigraph

    store, name = pyoxigraph.Store(), pyoxigraph.NamedNode(known.scheme)
    # As text: handing triples over as Python objects takes longer.
    with collector_paused():
        for part in _ntriples(known):
            store.bulk_load(part, pyoxigraph.RdfFormat.N_TRIPLES, to_graph=name, lenient=True)
    return store


def _ntriples(known: Plan) -> Iterator[bytes]:
    """Yield all that there is to say in N-Triples, a megabyte or two at a time."""
    rendering = ntriples()
    for texts in _texts([rendering], blocks(known)):
        yield "".join(texts[rendering]).encode()
    yield from joined(imported_ntriples(known))


def term_rdf(known: Plan, slug: str, syntax: str, further: Iterable[Block] = ()) -> bytes:
    """Give what is said about one term of a glossary, in one syntax; make `known` once, with `plan`.

    `further` blocks come after that, such as those of mappings.

    Raises `UnknownTerm` for a slug that no term has, `UsageError` for an unknown syntax.

    >>> from termatlas.model import Term
    >>> known = plan(Glossary(terms=(Term(slug="clip", name="CLIP"),)))
    >>> term_rdf(known, "clip", "nt").decode().splitlines()[2]
    '<https://example.org/glossary/clip> <http://www.w3.org/2004/02/skos/core#prefLabel> "CLIP"@en .'
    """
    if slug not in known.iris:
        raise UnknownTerm(slug, difflib.get_close_matches(slug, known.iris))
    if syntax not in SUFFIXES:
        raise UsageError(f'"{syntax}" is no syntax of linked data; there are {", ".join(sorted(SUFFIXES))}')
    if known.glossary.vocabularies:
        stream = io.BytesIO()
        own = "".join(map(ntriples(), (*term_blocks(known, slug), *further))).encode()
        write_foreign(known, [own, *term_ntriples(known, slug)], syntax, stream)
        return stream.getvalue()
    writer = writers(known)[syntax]
    texts = map(writer.block, (*term_blocks(known, slug), *further))
    return (writer.head + writer.between.join(texts) + writer.tail).encode()


def to_triples(glossary: Glossary) -> Iterator[pyoxigraph.Triple]:
    """Yield a glossary's triples, each once, thing by thing: terms in the order of their slugs.

    Raises `UsageError` where the glossary's base IRI is none.
    """
    import pyoxigraph

    known = plan(glossary)
    for block in blocks(known):
        subject = pyoxigraph.NamedNode(block.subject)
        types: Property = (("rdf:type",), None, [expanded(name) for name in block.types])
        for names, tag, values in (types, *block.properties):
            for name, value in product(names, values):
                yield pyoxigraph.Triple(subject, pyoxigraph.NamedNode(expanded(name)), _object(tag, value))
    yield from parsed(joined(imported_ntriples(known)))


def write_rdf(glossary: Glossary, outputs: Mapping[str, BinaryIO]) -> None:
    """Write a glossary in several syntaxes at once: name of the syntax → the stream for it.

    Raises `UsageError` for an unknown syntax or where the glossary's base IRI is none.
    """
    if unknown := sorted(set(outputs) - set(SUFFIXES)):
        raise UsageError(f'"{unknown[0]}" is no syntax of linked data; there are {", ".join(sorted(SUFFIXES))}')
    with collector_paused():
        _write(glossary, outputs)


def _write(glossary: Glossary, outputs: Mapping[str, BinaryIO]) -> None:
    known = plan(glossary)
    if glossary.vocabularies:
        for syntax, output in outputs.items():
            write_foreign(known, _ntriples(known), syntax, output)
        return
    chosen = {syntax: writer for syntax, writer in writers(known).items() if syntax in outputs}
    for syntax, writer in chosen.items():
        outputs[syntax].write(writer.head.encode())
    first = True
    for texts in _texts({writer.block for writer in chosen.values()}, blocks(known)):
        for syntax, writer in chosen.items():
            text = writer.between.join(texts[writer.block])
            outputs[syntax].write((text if first else writer.between + text).encode())
        first = False
    for syntax, writer in chosen.items():
        outputs[syntax].write(writer.tail.encode())


def rdf_bytes(glossary: Glossary, syntax: str) -> bytes:
    """Give a glossary in one syntax: ``turtle``, ``nt``, ``xml``, ``jsonld`` or ``trig``.

    Raises `UsageError` for an unknown syntax or where the glossary's base IRI is none.

    >>> from termatlas.model import Term
    >>> b'term:clip a skos:Concept' in rdf_bytes(Glossary(terms=(Term(slug="clip", name="CLIP"),)), "turtle")
    True
    """
    stream = io.BytesIO()
    write_rdf(glossary, {syntax: stream})
    return stream.getvalue()


def _texts(
    renderings: Iterable[Callable[[Block], str]], blocks: Iterable[Block]
) -> Iterator[dict[Callable[[Block], str], list[str]]]:
    """Render blocks one by one and hand on the texts of some hundreds at a time."""
    texts: dict[Callable[[Block], str], list[str]] = {rendering: [] for rendering in renderings}
    for number, block in enumerate(blocks, start=1):
        for rendering, rendered in texts.items():
            rendered.append(rendering(block))
        if number % _AT_ONCE == 0:
            yield texts
            for rendered in texts.values():
                rendered.clear()
    if any(texts.values()):
        yield texts


def _object(tag: str | None, value: str) -> pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal:
    import pyoxigraph

    if tag is None:
        return pyoxigraph.BlankNode(value[2:]) if value.startswith("_:") else pyoxigraph.NamedNode(value)
    if tag[:1] == "@":
        return pyoxigraph.Literal(value, language=tag[1:])
    return (
        pyoxigraph.Literal(value, datatype=pyoxigraph.NamedNode(expanded(tag[2:])))
        if tag
        else pyoxigraph.Literal(value)
    )
