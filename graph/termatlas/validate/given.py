"""What can be validated: an RDF file as it stands, or a glossary as the linked data that it is exported to."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from termatlas.model import Glossary, Where
from termatlas.sources.files import SourceFile
from termatlas.sources.rdfstream import stream_quads
from termatlas.validate.model import Given, Quads


def given_file(file: SourceFile) -> Given:
    """Give an RDF file, read anew each time; reading raises `SourceError` where it is none."""
    return Given(file.label, partial(stream_quads, file), _inside(file.label))


def given_glossary(glossary: Glossary, label: str) -> Given:
    """Give a glossary as its triples, made anew each time; its terms stand where its sources have them.

    Raises `UsageError` where the glossary's base IRI is none.
    """
    from termatlas.export.blocks import plan
    from termatlas.export.rdf import to_triples

    iris = plan(glossary).iris
    elsewhere = _inside(label)

    @cache
    def places() -> dict[str, Where]:
        return {iris[term.slug]: term.where for term in reversed(glossary.terms) if term.slug in iris}

    def quads() -> Quads:
        import pyoxigraph

        return (pyoxigraph.Quad(*triple) for triple in to_triples(glossary))

    return Given(label, quads, lambda node: places().get(node) or elsewhere(node))


def _inside(label: str) -> Callable[[str], Where]:
    return lambda node: Where(file=label, field="" if node.startswith("_:") else node)
