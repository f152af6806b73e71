"""SPARQL over a glossary, answered by Oxigraph."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, cast

from termatlas.errors import UsageError
from termatlas.export.blocks import PREFIXES
from termatlas.export.iris import checked_base
from termatlas.export.rdf import to_store
from termatlas.model import Glossary
from termatlas.query.mistakes import refuse_mistakes
from termatlas.query.named import query_text
from termatlas.query.parameters import refuse_values, with_values
from termatlas.query.results import Solutions, Triples, solutions, triples
from termatlas.query.tokens import Token, in_order, is_ordered, named_graphs, tokens

if TYPE_CHECKING:
    import pyoxigraph

#: Prefixes that a query need not declare, beside ``term``, the glossary's base IRI.
USUAL_PREFIXES = {
    **PREFIXES,
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "iso-thes": "http://purl.org/iso25964/skos-thes#",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "void": "http://rdfs.org/ns/void#",
}

_ANY_BASE = "https://example.org/glossary/"
_BASE = """SELECT ?base { GRAPH ?scheme { ?scheme a skos:ConceptScheme ; vann:preferredNamespaceUri ?base } }
ORDER BY ?scheme LIMIT 1"""


def query(source: Glossary | pyoxigraph.Store, text: str, /, **values: str) -> Solutions | Triples | bool:
    """Ask a glossary a question in SPARQL 1.1, or a named one of `NAMED_QUERIES` with values for its parameters.

    SELECT gives `Solutions`, with `columns` and `rows`; ASK a `bool`; CONSTRUCT and DESCRIBE give `Triples`. The
    usual prefixes need not be declared. Rows without ORDER BY are sorted, so the same glossary gives the same
    answer. For several questions make the store once, by ``to_store(glossary)``, and ask that.

    Raises `UsageError` for a text with a mistake, with its place; for updates, SERVICE and graphs that are not
    there; and where a value is missing; `UnknownTerm` where a value names no term.

    >>> from termatlas.model import Term
    >>> glossary = Glossary(terms=(Term(slug="clip", name="CLIP"), Term(slug="vit", name="ViT", aliases=("ViT-L",))))
    >>> query(glossary, "SELECT ?name { ?term a skos:Concept ; skos:prefLabel ?name }").rows
    [('CLIP',), ('ViT',)]
    >>> query(glossary, "ASK { term:clip ta:linksTo ?other }")
    False
    """
    store = to_store(source) if isinstance(source, Glossary) else source
    prefixes = prefixes_of(source)
    base = prefixes.get("term")
    written = with_values(store, query_text(text), values)
    refuse_mistakes(written, prefixes, base)
    return _answer(store, written, prefixes)


def checked(text: str, values: Collection[str] | None = None) -> str:
    """Give the text of a query or named query that can be asked; with `values`, of exactly these parameters.

    Raises `UsageError`, as `query` does, without a glossary at hand.
    """
    found = query_text(text)
    refuse_mistakes(found, {**USUAL_PREFIXES, "term": _ANY_BASE}, _ANY_BASE)
    if values is not None:
        refuse_values(found, values)
    return found


def prefixes_of(source: Glossary | pyoxigraph.Store) -> dict[str, str]:
    """Give the prefixes that queries of a glossary, or of its store, need not declare.

    >>> prefixes_of(Glossary())["term"]
    'https://example.org/glossary/'
    """
    if isinstance(source, Glossary):
        return {**USUAL_PREFIXES, "term": checked_base(source.base_iri)}
    found = cast("Iterable[pyoxigraph.QuerySolution]", source.query(_BASE, prefixes=PREFIXES))
    bases = [row["base"].value for row in found]
    return {**USUAL_PREFIXES, "term": bases[0]} if bases else USUAL_PREFIXES


def _answer(store: pyoxigraph.Store, text: str, prefixes: Mapping[str, str]) -> Solutions | Triples | bool:
    import pyoxigraph

    pieces, base = tokens(text), prefixes.get("term")
    graphs = named_graphs(pieces)  # Oxigraph would overlook FROM for the union of all
    _refuse_graphs(store, graphs, base or "")
    found = store.query(text, prefixes=dict(prefixes), base_iri=base, use_default_graph_as_union=not graphs)
    if isinstance(found, pyoxigraph.QueryBoolean):
        return bool(found)
    if isinstance(found, pyoxigraph.QueryTriples):
        return triples(tuple(triple) for triple in found)
    columns = in_order([variable.value for variable in found.variables], pieces)
    return solutions(columns, (tuple(row[name] for name in columns) for row in found), ordered=is_ordered(pieces))


def _refuse_graphs(store: pyoxigraph.Store, asked: Iterable[Token], base: str) -> None:
    known = sorted(graph.value for graph in store.named_graphs())
    for token in asked:
        if token.kind == "iri" and token.text[1:-1] not in known and base + token.text[1:-1] not in known:
            there = f"there is {', '.join(f'<{iri}>' for iri in known)}" if known else "there is none"
            raise UsageError(f"FROM names the graph {token.text}; {there}, and nothing is fetched")
