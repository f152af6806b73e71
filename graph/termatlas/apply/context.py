"""What has to be known of a glossary to write into its sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from termatlas.apply.csvrows import Table, table_of
from termatlas.apply.edits import as_read
from termatlas.apply.markdown import house_of_pages
from termatlas.apply.spelling import House, house_of, place_of
from termatlas.apply.yamlnodes import Layout
from termatlas.model import Glossary, Term
from termatlas.resolve import Index
from termatlas.sources import Options
from termatlas.sources.csvfile import delimiter_of, is_links
from termatlas.sources.fields import folded


@dataclass(frozen=True, kw_only=True)
class Context:
    """A glossary, how it was read, and what follows from both for writing."""

    glossary: Glossary
    options: Options

    @cached_property
    def index(self) -> Index:
        """Index what the terms answer to."""
        return Index(self.glossary.terms, self.options.home)

    @cached_property
    def readers(self) -> dict[str, str]:
        """Map files to the names of their readers."""
        return {source.file: source.reader for source in self.glossary.sources}

    @cached_property
    def terms_of(self) -> dict[str, list[Term]]:
        """Map files to their terms."""
        terms: defaultdict[str, list[Term]] = defaultdict(list)
        for term in self.glossary.terms:
            terms[term.file].append(term)
        return terms

    @cached_property
    def linked_readers(self) -> frozenset[str]:
        """List the readers whose terms carry links in fields of their own."""
        return frozenset(
            self.readers.get(term.file, "") for term in self.glossary.terms if any(map(place_of, term.related))
        )

    @cached_property
    def link_tables(self) -> tuple[str, ...]:
        """List the files that are tables of links."""
        tables = (source.file for source in self.glossary.sources if source.reader == "csv" and source.sha256)
        return tuple(file for file in tables if is_links(self._columns(file)))

    def _columns(self, file: str) -> frozenset[str]:
        return frozenset(folded(name) for name in self.table(file, as_read(Path(file).read_bytes())).header)

    def table(self, file: str, text: str) -> Table:
        """Look at a file as a table."""
        return table_of(text, delimiter_of(text[:65_536], Path(file).suffix.lower(), self.options))

    def house(self, near: Sequence[Term]) -> House:
        """Find out how links are written, in `near` if it has some."""
        return house_of(self.glossary.terms, self.index, self.options, near)

    @cached_property
    def pages(self) -> tuple[House, Layout]:
        """Find out how Markdown pages write links and lay them out."""
        pages = list(self._terms_read_by("markdown"))
        return house_of_pages(pages, self.house(pages))

    def _terms_read_by(self, reader: str) -> Iterator[Term]:
        return (term for term in self.glossary.terms if self.readers.get(term.file) == reader)

    def destination(self, term: Term) -> str:
        """Give the file that takes a term's links: its own, or a table of links where only that has some."""
        reader = self.readers.get(term.file, "")
        is_elsewhere = term.file in self.link_tables or reader not in self.linked_readers
        return self.link_tables[0] if self.link_tables and is_elsewhere else term.file
