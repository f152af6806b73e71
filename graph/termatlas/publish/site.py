"""What the pages of a site share, prepared once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from termatlas.analysis.link_analysis import pagerank
from termatlas.build import build
from termatlas.errors import UnknownTerm
from termatlas.export.blocks import Plan, plan
from termatlas.look import palette
from termatlas.model import Glossary, Term
from termatlas.publish.addresses import address_of, folder_of
from termatlas.publish.files import file_names
from termatlas.publish.links import Neighbour, Outgoing, incoming, outgoing, wanted
from termatlas.publish.templates import environment
from termatlas.publish.texts import folded
from termatlas.slugs import slugify
from termatlas.sources.skostexts import language_tag

if TYPE_CHECKING:
    import jinja2

#: Term → the properties and IRIs that map it to concepts of other schemes.
Mappings = Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category and its pages."""

    name: str
    stem: str  #: of its files in the folder ``category``
    colour: str  #: token of its colour
    slugs: tuple[str, ...]  #: its terms in the order of the alphabet

    @property
    def address(self) -> str:
        """Give the address of its first page."""
        return f"category/{address_of(self.stem)}.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A glossary and all that a page needs to know of the others."""

    glossary: Glossary
    plan: Plan
    root: str  #: the address of the site's folder; "" where it is not known
    language: str  #: of the glossary, as HTML wants it; "" where it is not known
    files: Mapping[str, str]  #: slug → name of the term's files, without suffix
    addresses: Mapping[str, str]  #: slug → address of the term's page from the site's root, without suffix
    order: tuple[str, ...]  #: the slugs in the order of the alphabet
    places: Mapping[str, int]  #: slug → its place in that order
    ranked: tuple[str, ...]  #: the slugs, the most central first
    leading: Outgoing  #: slug → what the term links to
    coming: Mapping[str, Sequence[str]]  #: slug → what links to it, in the order of the alphabet
    wanted: Mapping[str, str]  #: slug → name of the terms without a page
    categories: Mapping[str, Category]  #: the largest first
    mappings: Mappings
    templates: jinja2.Environment
    own_files: Path | None  #: the user's folder of templates
    positions: Mapping[str, tuple[float, float]]  #: slug → its place on the map
    explorer: str | None
    start: str

    def term(self, slug: str) -> Term:
        """Give the term that has a page; raises `UnknownTerm`."""
        if (term := self.glossary.get(slug)) is None:
            import difflib

            raise UnknownTerm(slug, difflib.get_close_matches(slug, self.order))
        return term

    def colour(self, slug: str) -> str:
        """Give the token of the colour of a term's first category."""
        term = self.glossary.get(slug)
        return self.categories[term.category].colour if term and term.category else "none"

    def name(self, slug: str) -> str:
        """Give the name of a term, of a wanted one as well; a term without one goes by its slug."""
        name = self.glossary[slug].name if slug in self.glossary else self.wanted[slug]
        return name if name.strip() else slug if slug.strip() else "(without a name)"

    def targets(self, slug: str) -> list[Neighbour]:
        """List the terms that a term links to, in the order of its page."""
        return [self._neighbour(slug, other, kinds) for other, kinds in self.leading[slug].items()]

    def origins(self, slug: str) -> list[Neighbour]:
        """List the terms that link to a term, in the order of the alphabet."""
        return [self._neighbour(slug, other, self.leading[other][slug]) for other in self.coming.get(slug, ())]

    def _neighbour(self, slug: str, other: str, kinds: tuple[str, ...]) -> Neighbour:
        return Neighbour(
            slug=other,
            name=self.name(other),
            address=self.addresses.get(other, ""),
            colour=self.colour(other),
            kinds=kinds,
            leads_to=other in self.leading[slug],
            leads_back=slug in self.leading.get(other, ()),
        )


def site(  # noqa: PLR0913 -- each is an independent choice of whoever publishes
    glossary: Glossary,
    *,
    root: str = "",
    addresses: Mapping[str, str] | None = None,
    templates: Path | None = None,
    mappings: Mappings | None = None,
    positions: Mapping[str, tuple[float, float]] | None = None,
    explorer: str | None = "explorer.html",
    start: str = "index.html",
    known: Plan | None = None,
) -> Site:
    """Look through a glossary with resolved references for its pages.

    `root` is the address of the site's folder, else that of the base IRI; `addresses` say where the terms'
    pages stand, else beside the start page; with `positions`, those of a survey, the start page has a map.
    `explorer` and `start` are addresses from the root.
    Raises `UsageError` where the base IRI is none or there is no folder `templates`.
    """
    known = known or plan(glossary)
    slugs = sorted({term.slug for term in glossary.terms}, key=lambda slug: (folded(glossary[slug].name), slug))
    files = file_names(slugs)
    places = {slug: place for place, slug in enumerate(slugs)}
    leading = outgoing(glossary)
    return Site(
        glossary=glossary,
        plan=known,
        root=(root if root.endswith("/") else f"{root}/") if root else folder_of(known.base),
        language=_language(glossary.language),
        files=files,
        addresses=addresses or {slug: address_of(stem) for slug, stem in files.items()},
        order=tuple(slugs),
        places=places,
        ranked=_ranked(glossary),
        leading=leading,
        coming={slug: sorted(found, key=places.__getitem__) for slug, found in incoming(leading).items()},
        wanted=wanted(glossary),
        categories=_categories(glossary, slugs),
        mappings=mappings or {},
        templates=environment(templates),
        own_files=templates,
        positions=positions or {},
        explorer=explorer,
        start=start,
    )


def path_of(site: Site, slug: str) -> str:
    """Give the path of a term's page in the site."""
    return f"{unquote(site.addresses[slug])}.html"


def _ranked(glossary: Glossary) -> tuple[str, ...]:
    """Sort terms as the explorer does: by PageRank."""
    rank = pagerank(build(glossary))
    return tuple(sorted((slug for slug in rank if slug in glossary), key=lambda slug: (-rank[slug], slug)))


def _categories(glossary: Glossary, slugs: Iterable[str]) -> dict[str, Category]:
    members: dict[str, list[str]] = {}
    for slug in slugs:
        for name in dict.fromkeys(glossary[slug].categories):
            if name:
                members.setdefault(name, []).append(slug)
    slugged = {name: slugify(name) for name in members}
    uses = Counter(slugged.values())
    names = {name: slug if slug and uses[slug] == 1 else name for name, slug in slugged.items()}
    stems = file_names(names.values(), reserved=("index",))
    colours = palette({name: len(found) for name, found in members.items()})
    return {
        name: Category(name=name, stem=stems[names[name]], colour=colour.token, slugs=tuple(members[name]))
        for name, colour in colours.items()
    }


def _language(tag: str) -> str:
    return tag if language_tag(tag) else ""
