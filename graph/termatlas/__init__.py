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
    from termatlas.build import build
    from termatlas.errors import OutputError, SourceError, TermAtlasError, UnknownTerm, UsageError
    from termatlas.explorer import explore
    from termatlas.export import to_pyvis, to_rdf
    from termatlas.findings import RULES, Finding, check
    from termatlas.model import Glossary, Question, Reference, Term
    from termatlas.show import show
    from termatlas.sources import READERS, Options, read

#: Public name → the module that has it; loaded on first use, so that ``import termatlas`` is quick.
_HOME = {
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
    "show": "show",
    "to_pyvis": "export",
    "to_rdf": "export",
}

__all__ = [
    "READERS",
    "RULES",
    "Finding",
    "Glossary",
    "Options",
    "OutputError",
    "Question",
    "Reference",
    "SourceError",
    "Term",
    "TermAtlasError",
    "UnknownTerm",
    "UsageError",
    "__version__",
    "articulation_terms",
    "bridges",
    "build",
    "central",
    "check",
    "communities",
    "components",
    "explore",
    "find_term",
    "islands",
    "layout",
    "mixing",
    "one_way_links",
    "orphans",
    "path",
    "read",
    "reciprocity",
    "show",
    "stats",
    "status",
    "strong_components",
    "to_pyvis",
    "to_rdf",
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
