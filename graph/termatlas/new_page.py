"""A new term's page: in the right place, with the fields that the other pages of the glossary have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from termatlas.errors import UsageError
from termatlas.model import Glossary, Term
from termatlas.resolve import Index, find
from termatlas.slugs import slugify
from termatlas.sources import read
from termatlas.sources.fields import select
from termatlas.sources.frontmatter import split
from termatlas.terminal import safe

_USUAL = ("term", "aliases", "category", "related")
_HINT = "<!-- One sentence that says what it is and what sets it apart; then, after a blank line, the explanation. -->"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPage:
    """A page to write: its path, its text, and the terms that link to it already."""

    path: Path
    slug: str
    text: str
    wanted_by: tuple[str, ...]  #: slugs


def new_page(folder: Path, name: str, *, category: str = "") -> NewPage:
    """Make the page of a new term for a glossary of Markdown files; nothing is written.

    Raises `UsageError` where the glossary has the term already, holds no page in Markdown, or has no such category.
    """
    glossary = read(folder)
    slug = _free_slug(glossary, name)
    pages = {term.slug: term for term in glossary.terms if Path(term.file).suffix.lower() in {".md", ".markdown"}}
    if not pages:
        raise UsageError(f"{folder} holds no page in Markdown; name the folder of such a glossary")
    home, spelt = _home(folder, list(pages.values()), category)
    fields = _fields([Path(term.file) for term in pages.values()])
    return NewPage(
        path=home / f"{slug}.md",
        slug=slug,
        text=_text(fields, {"name": name, "categories": spelt}),
        wanted_by=tuple(sorted({t.slug for t in glossary.terms for link in t.related if link.target == slug})),
    )


def _free_slug(glossary: Glossary, name: str) -> str:
    slug = slugify(name)
    if not slug:
        raise UsageError(f'"{safe(name)}" is no name for a term; give one with a letter or a digit')
    for candidate in find(Index(glossary.terms), name).candidates:
        raise UsageError(f'there is a term "{glossary[candidate].name}" already: {glossary[candidate].where}')
    return slug


def _home(folder: Path, terms: Sequence[Term], category: str) -> tuple[Path, str]:
    """Give the folder where most terms of the category lie, and the category as they spell it."""
    spelt = {term.category for term in terms if term.category}
    folders = {each for each in folder.iterdir() if each.is_dir()}
    if not category and len(spelt) > 1:
        raise UsageError(f"say which category it belongs to: --category; there are {', '.join(sorted(spelt))}")
    same = [term for term in terms if slugify(term.category) == slugify(category)] if category else list(terms)
    if same:
        parent = Counter(Path(term.file).parent for term in same).most_common(1)[0][0]
        return parent, same[0].category
    for each in folders:
        if each.name == slugify(category):
            return each, category
    raise UsageError(
        f'no term is in a category "{safe(category)}"; there are {", ".join(sorted(spelt)) or "none"}; '
        f"to begin a new one, make its folder: {folder / slugify(category)}"
    )


def _fields(files: Iterable[Path]) -> tuple[str, ...]:
    """List the fields that at least half of the pages have, in the order of the first page that has them all."""
    pages = [tuple(map(str, split(file.read_text("utf-8-sig"), str(file)).fields)) for file in files]
    counts = Counter(key for keys in pages for key in keys)
    usual = {key for key, count in counts.items() if 2 * count >= len(pages)}
    return next((tuple(key for key in keys if key in usual) for keys in pages if usual <= {*keys}), ()) or _USUAL


def _text(fields: Sequence[str], known: Mapping[str, str]) -> str:
    import yaml

    names = {key: field for field, (key, _) in select(dict.fromkeys(fields, "?"), {}).items()}
    lines = []
    for key in fields:
        field = names.get(key, "")
        value: str | list[str] | None = known.get(field, "") or ([] if field in {"aliases", "related"} else None)
        written = yaml.safe_dump(value, allow_unicode=True, width=10_000, default_flow_style=True)
        lines.append(f"{key}:\n" if value is None else f"{key}: {written.splitlines()[0]}\n")
    return f"---\n{''.join(lines)}---\n\n{_HINT}\n"
