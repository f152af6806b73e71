"""Markdown: one file a term, with front matter or without."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from termatlas.errors import SourceError
from termatlas.model import Reference, Term
from termatlas.sources.fields import legal, select, term_from
from termatlas.sources.files import SourceFile, translated
from termatlas.sources.frontmatter import Page, split
from termatlas.sources.markdowntext import markdown_blocks
from termatlas.sources.options import Options
from termatlas.sources.places import PAGE_SUFFIXES, category_of, is_page_file, page_of, slug_of, target_of
from termatlas.sources.reader import Reader
from termatlas.sources.signs import head_text, is_foreign
from termatlas.sources.text import Block, Found, joined

_FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\n(?:[^\n]*\n)*?\1[ \t]*(?:\n|\Z)")
_ABOUT_THE_PROJECT = frozenset({
    "readme", "index", "contributing", "contributors", "changelog", "code_of_conduct", "pull_request_template",
})  # fmt: skip
_ABOUT_IN_CAPITALS = frozenset({
    "AUTHORS", "CODEOWNERS", "GOVERNANCE", "HISTORY", "INSTALL", "LICENCE", "LICENSE", "MAINTAINERS", "NEWS", "NOTICE",
    "ROADMAP", "SECURITY", "SUMMARY", "SUPPORT", "TEMPLATE", "TODO",
})  # fmt: skip
_NOT_FOR_TERMS = frozenset({
    ".github", ".obsidian", ".trash", "_drafts", "_includes", "_layouts", "_templates", "node_modules", "templates",
})  # fmt: skip
_LARGEST = 10_000_000
_IMPORTS = re.compile(r"\A(?:[ \t]*(?:(?:import|export)\s[^\n]*)?\n)+")
_SHORTCODE = re.compile(r"""\{\{[<%]\s*(?:rel)?ref\s+["']?([^\s"'>%]+)["']?\s*[>%]\}\}|\{%\s*link\s+(\S+)\s*%\}""")
_WIKILINKS = re.compile(r"\s*(?:\[\[[^\[\]]+\]\][\s,;]*)+")
_WIKILINK = re.compile(r"\[\[([^\[\]|]+?)(?:#[^\[\]|]+)?(?:\|[^\[\]]*)?\]\]")


def read_markdown(file: SourceFile, options: Options) -> Iterator[Term]:
    """Read the term of a page.

    Front matter gives its fields; its first heading, or its file's name, the name where no field
    does; the first paragraph that is no admonition the definition where no field does, the rest the
    explanation; the file's name the slug, the folder the category, the path an anchor.

    Raises `SourceError` for front matter that cannot be read and for a file larger than a page can be.
    """
    _refuse_large(file)
    page = split(file.text(), file.label)
    title, blocks = _title(_blocks(page, file))
    found = select(page.fields, options.fields)
    line = page.lines.get(found["name"][0], 1) if "name" in found else title.line + page.body_line if title else 1
    stem = page_of(file).name
    term = term_from(
        _record(page.fields),
        options,
        file=file.label,
        line=line,
        slug=slug_of(stem),
        name=title.text if title else stem,
        categories=[category] if (category := category_of(file)) else [],
    )
    if term is not None:
        links = [link for block in (title, *blocks) if block for link in block.links]
        yield _placed(_with_text(term, blocks), page, links, file)


def knows_markdown(file: SourceFile, head: bytes) -> bool:
    """Know a page by its file's name or its front matter."""
    text = head_text(head)
    suffix = file.path.suffix.lower()
    if suffix in PAGE_SUFFIXES:
        return not is_foreign(text)
    return suffix in {"", ".txt", ".text"} and bool(_FRONT_MATTER.match(text))


def leaves_out(file: SourceFile) -> str:
    """Say why a page describes no term: it is about the project, a template or a list of pages."""
    stem = file.path.stem
    if stem.lower() == "index" and _is_bundle(file):
        return ""
    if stem.lower() in _ABOUT_THE_PROJECT or stem in _ABOUT_IN_CAPITALS:
        return f"{file.path.name} is about the glossary, not a term"
    if stem.startswith("_"):
        return "a name that begins with _ marks a template or a list of pages"
    folder = next((part for part in file.relative.parts[:-1] if part.lower() in _NOT_FOR_TERMS), "")
    return f"the folder {folder} holds no terms" if folder else ""


READER = Reader(name="markdown", read=read_markdown, knows=knows_markdown, leaves_out=leaves_out)


def _refuse_large(file: SourceFile) -> None:
    with translated(file.label):
        size = file.path.stat().st_size
    if size > _LARGEST:
        problem = f"{size / 1e6:,.0f} MB are too many for the page of one term"
        raise SourceError(file.label, problem, "split it into one file a term, or leave it out")


def _is_bundle(file: SourceFile) -> bool:
    """Tell whether ``clip/index.md`` is the page of ``clip``: no other page lies in or under the folder."""
    pages = (path for path in file.path.parent.rglob("*") if path.suffix.lower() in PAGE_SUFFIXES)
    return bool(file.relative.parent.name) and not any(path != file.path for path in pages)


def _blocks(page: Page, file: SourceFile) -> list[Block]:
    body = _SHORTCODE.sub(lambda match: match[1] or match[2], page.body)
    if file.path.suffix.lower() == ".mdx" and (imports := _IMPORTS.match(body)):
        body = "\n" * imports[0].count("\n") + body[imports.end() :]
    return markdown_blocks(legal(body))


def _title(blocks: list[Block]) -> tuple[Block | None, list[Block]]:
    """Part the heading that a page begins with from what it heads."""
    if blocks and blocks[0].kind == "heading":
        return blocks[0], blocks[1:]
    return None, blocks


def _with_text(term: Term, blocks: Sequence[Block]) -> Term:
    """Give a term the text of its page."""
    first = None if term.definition else _first(blocks)
    rest, _ = joined(block for block in blocks if block is not first)
    return replace(
        term,
        definition=first.text if first else term.definition,
        explanation="\n\n".join(filter(None, (term.explanation, rest))),
    )


def _first(blocks: Sequence[Block]) -> Block | None:
    """Find the paragraph that defines: the first one, else the first quotation or item."""
    for kinds in (("paragraph",), ("quote", "item")):
        if found := next((block for block in blocks if block.kind in kinds and block.text), None):
            return found
    return None


def _placed(term: Term, page: Page, links: Iterable[Found], file: SourceFile) -> Term:
    """Give a term its addresses, the links of its text and the lines of all its links."""
    path = page_of(file)
    addresses = [path.as_posix(), path.name, *filter(_is_path, (term.slug, term.iri, *term.aliases))]
    slug = term.slug.strip("/").rpartition("/")[2] if _is_path(term.slug) else term.slug
    return replace(
        term,
        slug=slug or slug_of(path.name),
        iri="" if _is_path(term.iri) else term.iri,
        aliases=tuple(alias for alias in term.aliases if not _is_path(alias)),
        anchors=tuple(dict.fromkeys(address.strip("/") for address in addresses)),
        related=(
            *(_from_field(reference, term, page, path.parent) for reference in term.related),
            *_from_text(links, page, path.parent),
        ),
    )


def _is_path(address: str) -> bool:
    """Tell whether a field holds an address on the site, as static site generators use ``aliases`` and ``slug``."""
    return address.startswith("/")


def _from_field(reference: Reference, term: Term, page: Page, folder: Path) -> Reference:
    line = page.lines.get(reference.field) or page.lines.get(reference.field.partition("[")[0]) or term.line
    path = reference.written if is_page_file(reference.written) else ""
    return replace(reference, line=line, written=target_of(path, folder) or reference.written)


def _from_text(links: Iterable[Found], page: Page, folder: Path) -> Iterator[Reference]:
    for position, link in enumerate(links, start=1):
        is_name = link.wiki and not is_page_file(link.target)
        if written := link.target if is_name else target_of(link.target, folder):
            yield Reference(
                written=sys.intern(written),
                name=link.label,
                kind="inline",
                line=page.body_line + link.line,
                field=f"text link {position}",
            )


def _record(value: Any) -> Any:
    """Take the brackets off ``[[wikilinks]]`` in front matter."""
    if isinstance(value, Mapping):
        return {key: _record(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_record(entry) for entry in value]
    if isinstance(value, str) and _WIKILINKS.fullmatch(value):
        targets = [target.strip() for target in _WIKILINK.findall(value)]
        return targets[0] if len(targets) == 1 else targets
    return value
