"""SPARQL over a glossary: free queries and named ones."""

from termatlas.query.forms import FORMS, written
from termatlas.query.named import NamedQuery, named_queries, query_text
from termatlas.query.results import Solutions, Triples
from termatlas.query.run import USUAL_PREFIXES, checked, prefixes_of, query

__all__ = [
    "FORMS",
    "USUAL_PREFIXES",
    "NamedQuery",
    "Solutions",
    "Triples",
    "checked",
    "named_queries",
    "prefixes_of",
    "query",
    "query_text",
    "written",
]
