"""TermAtlas: a glossary goes in, and out comes a graph that its editors can see, question, repair and publish.

>>> import termatlas as ta
>>> glossary = ta.read()
>>> graph = ta.build(glossary)
>>> ta.orphans(graph)["wanted"]
[]
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from termatlas.version import __version__

if TYPE_CHECKING:
    from termatlas.align import Mapping, Mappings, align, check_mappings, read_mappings
    from termatlas.analysis import (
        articulation_terms,
        bridges,
        central,
        communities,
        components,
        find_term,
        islands,
        layout,
        mixing,
        one_way_links,
        orphans,
        path,
        reciprocity,
        stats,
        status,
        strong_components,
    )
    from termatlas.apply import Accepted, apply_links
    from termatlas.build import build
    from termatlas.checklist import checklist_csv, read_checklist
    from termatlas.decisions import Decision, open_suggestions, read_decisions
    from termatlas.diff import diff
    from termatlas.errors import OutputError, SourceError, TermAtlasError, UnknownTerm, UsageError
    from termatlas.explorer import explore
    from termatlas.export import to_pyvis, to_rdf
    from termatlas.export.rdf import to_store
    from termatlas.findings import RULES, Finding, check, fingerprint, only_new, read_findings
    from termatlas.model import Glossary, Question, Reference, Term
    from termatlas.publish.job import publish
    from termatlas.query import Solutions, Triples, named_queries, query
    from termatlas.serve.app import web_app
    from termatlas.show import show
    from termatlas.sources import READERS, Options, read
    from termatlas.suggest.duplicates import suggest_duplicates
    from termatlas.suggest.links import suggest_links
    from termatlas.suggest.score import score
    from termatlas.suggest.terms import suggest_terms
    from termatlas.validate import validate

#: Public name → the module that has it; loaded on first use, so that ``import termatlas`` is quick.
_HOME = {
    "Mapping": "align",
    "Mappings": "align",
    "align": "align",
    "check_mappings": "align",
    "read_mappings": "align",
    "READERS": "sources",
    "Options": "sources",
    "read": "sources",
    "build": "build",
    "Glossary": "model",
    "Question": "model",
    "Reference": "model",
    "Term": "model",
    "OutputError": "errors",
    "SourceError": "errors",
    "TermAtlasError": "errors",
    "UnknownTerm": "errors",
    "UsageError": "errors",
    "RULES": "findings",
    "Finding": "findings",
    "check": "findings",
    "articulation_terms": "analysis",
    "bridges": "analysis",
    "central": "analysis",
    "communities": "analysis",
    "components": "analysis",
    "explore": "explorer",
    "find_term": "analysis",
    "islands": "analysis",
    "layout": "analysis",
    "mixing": "analysis",
    "one_way_links": "analysis",
    "orphans": "analysis",
    "path": "analysis",
    "reciprocity": "analysis",
    "stats": "analysis",
    "status": "analysis",
    "strong_components": "analysis",
    "score": "suggest.score",
    "show": "show",
    "web_app": "serve.app",
    "Solutions": "query",
    "Triples": "query",
    "named_queries": "query",
    "query": "query",
    "publish": "publish.job",
    "suggest_duplicates": "suggest.duplicates",
    "suggest_links": "suggest.links",
    "suggest_terms": "suggest.terms",
    "to_pyvis": "export",
    "to_rdf": "export",
    "validate": "validate",
    "to_store": "export.rdf",
    "diff": "diff",
    "fingerprint": "findings",
    "only_new": "findings",
    "read_findings": "findings",
    "Accepted": "apply",
    "apply_links": "apply",
    "Decision": "decisions",
    "open_suggestions": "decisions",
    "read_decisions": "decisions",
    "checklist_csv": "checklist",
    "read_checklist": "checklist",
}

__all__ = [
    "READERS",
    "RULES",
    "Accepted",
    "Decision",
    "Finding",
    "Glossary",
    "Mapping",
    "Mappings",
    "Options",
    "OutputError",
    "Question",
    "Reference",
    "Solutions",
    "SourceError",
    "Term",
    "TermAtlasError",
    "Triples",
    "UnknownTerm",
    "UsageError",
    "__version__",
    "align",
    "apply_links",
    "articulation_terms",
    "bridges",
    "build",
    "central",
    "check",
    "check_mappings",
    "checklist_csv",
    "communities",
    "components",
    "diff",
    "explore",
    "find_term",
    "fingerprint",
    "islands",
    "layout",
    "mixing",
    "named_queries",
    "one_way_links",
    "only_new",
    "open_suggestions",
    "orphans",
    "path",
    "publish",
    "query",
    "read",
    "read_checklist",
    "read_decisions",
    "read_findings",
    "read_mappings",
    "reciprocity",
    "score",
    "show",
    "stats",
    "status",
    "strong_components",
    "suggest_duplicates",
    "suggest_links",
    "suggest_terms",
    "to_pyvis",
    "to_rdf",
    "to_store",
    "validate",
    "web_app",
]


class _Face(ModuleType):
    """A package whose functions stay: importing ``termatlas.build`` would put the module in the function's place."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value
