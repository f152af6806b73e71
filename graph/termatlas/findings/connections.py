"""What is wrong with the shape: terms that nothing leads to or that lead nowhere, islands, one-way links."""

from __future__ import annotations

from collections.abc import Iterator

from termatlas.analysis import Csr, islands, one_way_links, status
from termatlas.findings.model import Hit
from termatlas.model import Glossary, Reference, Term, Where


def find_wanted(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the targets that no page defines, with the links that want them."""
    wanting: dict[str, list[tuple[Term, Reference]]] = {}
    for term in glossary.terms:
        for link in term.related:
            if link.target not in glossary:
                wanting.setdefault(link.target, []).append((term, link))
    for slug, links in wanting.items():
        first, link = links[0]
        sources = sorted({term.slug for term, _ in links})
        named = ", ".join(sources[:3]) + (f" and {len(sources) - 3:,} more" if len(sources) > 3 else "")
        do = "links" if len(sources) == 1 else "link"
        message = f'no page defines "{link.name or slug}", which {named} {do} to'
        yield Hit(first.where_of(link), message, slug, weight=len(sources))


def find_isolated(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the terms with no link in and none out."""
    return _with_status(glossary, rows, "isolated", "no link leads to it and none leads out")


def find_orphans(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the defined terms that no link leads to, other than isolated ones."""
    return _with_status(glossary, rows, "orphan", "no link leads to it")


def find_dead_ends(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the defined terms that no link leads out of; orphans among them count as isolated."""
    return _with_status(glossary, rows, "dead-end", "no link leads out of it")


def _with_status(glossary: Glossary, rows: Csr, name: str, message: str) -> Iterator[Hit]:
    for slug, value in status(rows).items():
        if value == name:
            term = glossary.get(slug)
            yield Hit(_where(term), f'"{term.name if term else slug}": {message}', slug)


def find_one_way_links(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the links A → B between defined terms without B → A."""
    left = set(one_way_links(rows))
    for term in glossary.terms:
        for link in term.related:
            if (term.slug, link.target) in left:
                left.remove((term.slug, link.target))
                message = f"{term.slug} links to {link.target}, which does not link back"
                yield Hit(term.where_of(link), message, term.slug, link.target)


def find_islands(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the groups of two terms or more that no link joins to the largest group."""
    for island in islands(rows):
        if len(island) > 1:
            members = sorted(island, key=lambda slug: (slug not in glossary, slug))
            named = ", ".join(members[:5]) + (f" and {len(members) - 5:,} more" if len(members) > 5 else "")
            message = f"an island of {len(members):,} terms: {named}"
            yield Hit(_where(glossary.get(members[0])), message, members[0], weight=len(members))


def _where(term: Term | None) -> Where:
    """Give the place of a term; none where the graph has terms that the glossary has not."""
    return term.where if term else Where(file="")
