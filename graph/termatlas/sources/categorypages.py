"""Pages that say what belongs to a category: the ``_index.md`` of a folder of Markdown pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from termatlas.errors import SourceError
from termatlas.model import Description
from termatlas.sources.files import SourceFile
from termatlas.sources.frontmatter import split
from termatlas.sources.text import plain

NAME = "_index.md"


def with_category_pages(description: Description, files: Iterable[SourceFile]) -> Description:
    """Add what pages say of the categories that the description says nothing of."""
    pages = dict(page for file in files if file.path.name == NAME for page in _pages(file))
    return replace(description, categories=tuple((pages | dict(description.categories)).items()))


def _pages(file: SourceFile) -> Iterator[tuple[str, str]]:
    try:
        page = split(file.text(), file.label)
    except SourceError:  # it holds no term, so it need not be readable
        return
    category = page.fields.get("category")
    text, _ = plain(page.body, "markdown")
    if isinstance(category, str) and text:
        yield category, text
