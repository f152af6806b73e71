"""Sources, profiles and shapes → results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from termatlas.collector import collector_paused
from termatlas.errors import SourceError, UsageError
from termatlas.findings.model import LEVELS
from termatlas.model import Glossary
from termatlas.sources import Options, read
from termatlas.sources.files import SourceFile, find_files
from termatlas.sources.rdffile import rdf_syntax
from termatlas.validate.given import given_file, given_glossary
from termatlas.validate.model import Given, Result, Written
from termatlas.validate.profiles import PROFILES
from termatlas.validate.shapes import shape_results


def validate(
    *sources: Glossary | str | Path,
    profiles: Sequence[str] = ("skos",),
    shapes: Sequence[str | Path] = (),
    options: Options | None = None,
) -> list[Result]:
    """Validate RDF files as they stand and all else as the linked data that it is exported to; the worst comes first.

    Sources are as `read` takes them, or glossaries; without one, the shipped atlas is validated. Each RDF file is
    validated by itself. `options` are those of `read`.

    Raises `UsageError` for an unknown profile, `SourceError` where something cannot be read.

    >>> from termatlas.model import Reference, Term
    >>> wanted = Glossary(terms=(Term(slug="a", name="A", related=(Reference(written="b", target="b"),)),))
    >>> [(result.rule, result.level, result.name) for result in validate(wanted, profiles=["skohub"])][:2]
    [('scheme-description', 'error', 'Glossary'), ('scheme-license', 'warning', 'Glossary')]
    """
    glossaries = [source for source in sources if isinstance(source, Glossary)]
    paths = [source for source in sources if not isinstance(source, Glossary)]
    given = [given_glossary(glossary, glossary.title) for glossary in glossaries]
    if paths or not glossaries:
        given += given_sources(paths, lambda: read(*paths, options=options))
    return results_of(given, profiles, shapes)


def results_of(given: Iterable[Given], profiles: Sequence[str], shapes: Sequence[str | Path] = ()) -> list[Result]:
    """Validate what is given by profiles and shapes, each result once; the worst comes first.

    Raises `UsageError` for an unknown profile, `SourceError` where something cannot be read.
    """
    if unknown := [name for name in profiles if name not in PROFILES]:
        raise UsageError(f'there is no profile "{unknown[0]}"; there are {", ".join(PROFILES)}')
    found: dict[Result, None] = {}
    for each in given:
        _refuse_empty(each)
        with collector_paused():
            found |= dict.fromkeys(_results(each, profiles, shapes))
    return sorted(found, key=_order)


def _results(given: Given, profiles: Sequence[str], shapes: Sequence[str | Path]) -> Iterator[Result]:
    for name in dict.fromkeys(profiles):
        yield from PROFILES[name](given)
    for path in dict.fromkeys(shapes):
        yield from shape_results(given, Path(path))


def _refuse_empty(given: Given) -> None:
    if next(iter(given.quads()), None) is None:
        raise SourceError(given.label, "it holds no statement", "name a file that holds a vocabulary")


def _order(result: Result) -> tuple[object, ...]:
    value = result.value.text if isinstance(result.value, Written) else result.value
    place = (result.profile, result.rule, result.where.file, result.where.line, result.concept)
    return LEVELS.index(result.level), *place, result.path, value, result.component, result.message


def given_sources(sources: Sequence[str | Path], read_rest: Callable[[], Glossary]) -> list[Given]:
    """Give each RDF file among sources, and what else they hold as one glossary.

    Raises `SourceError` where a source leads to no file or nothing can be read.
    """
    files = list(find_files(sources)) if sources else []
    rdf = [file for file in files if _is_rdf(file)]
    given = [given_file(file) for file in rdf]
    if len(rdf) == len(files) and files:
        return given
    glossary = read_rest()
    labels = {file.label for file in rdf}
    if rdf:
        glossary = replace(
            glossary, terms=tuple(term for term in glossary.terms if term.file not in labels), vocabularies=()
        )
    where = " ".join(map(str, sources)) or "the shipped atlas"
    return [*given, given_glossary(glossary, where)] if glossary.terms or not rdf else given


def _is_rdf(file: SourceFile) -> bool:
    return bool(rdf_syntax(file, file.head().removeprefix(b"\xef\xbb\xbf")))
