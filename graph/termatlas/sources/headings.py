"""Glossaries that come in by exports of ours: which one names the whole, and what the others keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from termatlas.model import Term
from termatlas.sources.options import Options
from termatlas.sources.reader import Heading


def heading_settings(options: Options, headings: Sequence[Heading]) -> dict[str, str]:
    """Take title, language and base from the options, else from what the first file that says so says."""
    names = ("title", "language", "base_iri")
    said = {name: getattr(headings[0], name) for name in names} if headings else {}
    return said | {name: value for name in names if (value := getattr(options, name))}


def at_home(terms: list[Term], headings: Sequence[Heading], settings: Mapping[str, str]) -> list[Term]:
    """Have terms of a glossary that becomes part of another keep their IRI and their language."""
    of_file = {heading.file: heading for heading in headings}
    for position, term in enumerate(terms if headings else ()):
        heading = of_file.get(term.file)
        if heading and term.field.startswith(heading.namespace):
            iri = term.iri if _is_home(heading, settings) else term.field
            language = term.language or ("" if heading.language == settings["language"] else heading.language)
            terms[position] = replace(term, iri=iri, language=language)
    return terms


def _is_home(heading: Heading, settings: Mapping[str, str]) -> bool:
    return settings["base_iri"] in (heading.base_iri, heading.namespace, heading.namespace[:-1])


def is_one_export(headings: Sequence[Heading], terms: Sequence[Term]) -> bool:
    """Tell whether all terms come from one export of ours: they are spelt as they should be."""
    return len(headings) == 1 and all(term.file == headings[0].file for term in terms)
