"""Exports: one format, one file."""

from __future__ import annotations

from importlib import import_module

_HOME = {"to_pyvis": "network", "to_rdf": "rdf"}

__all__ = ["to_pyvis", "to_rdf"]


def __getattr__(name: str) -> object:
    """Load a format's module when it is first asked for: rdflib and pyvis are slow to import."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
