"""Sources → Glossary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from termatlas.collector import collector_paused
from termatlas.errors import SourceError, UsageError
from termatlas.model import Description, Glossary, Problem, Reference, Source, Term, Violation, Vocabulary, Where
from termatlas.resolve import Index, find, resolve, unify_categories
from termatlas.slugs import slugify
from termatlas.sources import csvfile, jsonfile, markdown, nuxt, skos, yamlfile
from termatlas.sources.categorypages import with_category_pages
from termatlas.sources.config import NAME, find_config, load_config
from termatlas.sources.files import SourceFile, find_files
from termatlas.sources.headings import at_home, heading_settings, is_one_export
from termatlas.sources.options import Options
from termatlas.sources.reader import Heading, Item, Link, Reader
from termatlas.sources.shipped import shipped_atlas, shipped_files
from termatlas.sources.vocabularies import with_terms

#: The readers by name, in the order in which they are asked whether they know a file.
READERS: dict[str, Reader] = {
    reader.name: reader
    for reader in (
        nuxt.READER,
        skos.READER,
        jsonfile.JSONL,
        jsonfile.JSON,
        markdown.READER,
        csvfile.CSV,
        yamlfile.YAML,
    )
}
#: The files of TermAtlas itself that can lie among the sources.
_OURS = {
    NAME: "it is the settings file",
    "termatlas.decisions.jsonl": "it holds decisions",
    "termatlas.patch.json": "it holds links to add",
}


@collector_paused()
def read(
    *sources: str | Path,
    options: Options | None = None,
    strict: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Glossary:
    """Read sources (files, folders, globs; none: the shipped atlas) as one glossary.

    `options` default to what a ``termatlas.toml`` in the source's folder or in the current one says.
    A file or an entry that cannot be read becomes a problem of the glossary, unless `strict`.

    Raises `SourceError` where a source leads to no file or nothing can be read, `UsageError` for an
    unknown reader.
    """
    options = settings_for(sources) if options is None else options
    items: list[Item] = []
    seen: list[Source] = []
    files = list(find_files(sources) if sources else shipped_files())
    for file in files:
        progress(f"reading {file.label}")
        seen.append(_read_file(file, options, items, strict=strict))
    problems = tuple(item for item in items if isinstance(item, Problem))
    _refuse_nothing(seen, problems)
    headings = [item for item in items if isinstance(item, Heading)]
    settings = heading_settings(options, headings)
    terms = at_home([item for item in items if isinstance(item, Term)], headings, settings)
    terms = _with_links(terms, [item for item in items if isinstance(item, Link)])
    terms, spellings = (terms, ()) if is_one_export(headings, terms) else unify_categories(terms)
    terms = resolve(terms, options.home)
    return Glossary(
        terms=tuple(terms),
        **settings,
        sources=tuple(seen),
        problems=problems,
        spellings=spellings,
        violations=tuple(item for item in items if isinstance(item, Violation)),
        vocabularies=with_terms([item for item in items if isinstance(item, Vocabulary)], terms),
        description=_description(options.dataset, headings, files),
    )


def _description(given: Description, headings: Sequence[Heading], files: Iterable[SourceFile]) -> Description:
    """Take what settings say, else what the first export of ours does; then what pages of categories say."""
    said = headings[0].description if headings and given == Description() else given
    return with_category_pages(said, files)


def settings_for(sources: Sequence[str | Path]) -> Options:
    """Read the ``termatlas.toml`` that governs sources; the defaults where there is none."""
    config = find_config(sources or (shipped_atlas(),))
    return load_config(config) if config else Options()


def pick_reader(file: SourceFile, options: Options) -> Reader | None:
    """Pick the reader for a file: the one that options name, else the first that knows the content.

    Raises `UsageError` for a name that no reader has.
    """
    if options.reader:
        if options.reader not in READERS:
            raise UsageError(f'there is no reader "{options.reader}"; there are {", ".join(sorted(READERS))}')
        return READERS[options.reader]
    head = file.head()
    return next((reader for reader in READERS.values() if reader.knows(file, head)), None)


def _read_file(file: SourceFile, options: Options, items: list[Item], *, strict: bool) -> Source:
    """Read one file into `items` and say what became of it."""
    start = len(items)
    name = ""
    try:
        left_out, reader = _reader_for(file, options)
        if reader:
            name = reader.name
            for item in reader.read(file, options):
                _refuse(item, strict=strict)
                items.append(item)
            noted = sum(isinstance(item, Violation | Heading | Vocabulary) for item in items[start:])
            left_out = "" if len(items) > start + noted else "it holds no term"
        sha256 = file.sha256()
    except SourceError as error:
        if strict:
            raise
        where = Where(file=error.file, field=error.place)
        items.append(Problem(where=where, problem=error.problem, cure=error.cure))
        return Source(file=file.label, reader=name, left_out="it cannot be read")
    terms = sum(isinstance(item, Term) for item in items[start:])
    return Source(file=file.label, reader=name, terms=terms, sha256=sha256, left_out=left_out)


def _reader_for(file: SourceFile, options: Options) -> tuple[str, Reader | None]:
    """Give why a file is left out, or its reader."""
    if file.path.name in _OURS:
        return _OURS[file.path.name], None
    reader = pick_reader(file, options)
    if reader is None:
        return "no reader knows its format", None
    why = reader.leaves_out(file)
    return why, None if why else reader


def _refuse(item: Item, *, strict: bool) -> None:
    if strict and isinstance(item, Problem):
        raise SourceError(item.where.file, item.problem, item.cure, place=str(item.where).partition(", ")[2])


def _refuse_nothing(seen: list[Source], problems: tuple[Problem, ...]) -> None:
    """Raise where nothing could be read: every file is bad, or the only one has no reader."""
    read_well = [source for source in seen if source.sha256 and source.reader]
    if problems and not read_well:
        first = problems[0]
        place = str(first.where).partition(", ")[2]
        raise SourceError(first.where.file, first.problem, first.cure, place=place)
    if len(seen) == 1 and seen[0].left_out and not seen[0].reader:
        raise SourceError(
            seen[0].file, seen[0].left_out, f"force a reader with --reader ({', '.join(sorted(READERS))})"
        )


def _with_links(terms: list[Term], links: list[Link]) -> list[Term]:
    """Give terms the links of links tables; a source that no term answers to becomes a term."""
    if not links:
        return terms
    index = Index(terms)
    extra: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        found = find(index, link.source).candidates
        extra[found[0] if len(found) == 1 else link.source].append(link)
    joined = [replace(term, related=term.related + _references(extra.pop(term.slug, ()))) for term in terms]
    return joined + [_term_of(name, tuple(group)) for name, group in extra.items()]


def _term_of(name: str, links: tuple[Link, ...]) -> Term:
    first = links[0]
    slug = slugify(name) or name
    return Term(slug=slug, name=name, related=_references(links), file=first.file, line=first.reference.line)


def _references(links: Iterable[Link]) -> tuple[Reference, ...]:
    return tuple(link.reference for link in links)
