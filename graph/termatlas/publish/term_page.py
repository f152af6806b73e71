"""The page of a term."""

from __future__ import annotations

from typing import Final, NamedTuple
from urllib.parse import quote

from termatlas.export.iris import is_iri
from termatlas.model import Question, Term
from termatlas.publish.letters import INDEX
from termatlas.publish.links import Neighbour, words_of
from termatlas.publish.neighbourhood import WIDTH, neighbourhood
from termatlas.publish.page import Crumb, way, written
from termatlas.publish.parts import fitting, weight
from termatlas.publish.site import Site
from termatlas.publish.structured import structured
from termatlas.publish.texts import paragraphs, short
from termatlas.sources.skostexts import language_tag

# Bytes of what a glossary says on one page; the frame, the picture and the JSON-LD take up to 20,000 more.
_ROOM: Final = 40_000
_MOST_TEXT: Final = 14_000
_MOST_QUESTIONS: Final = 9_000
ENTRY: Final = 160  #: bytes of markup around the name of a linked term
MOST_NAME: Final = 120  #: characters of its name


class Content(NamedTuple):
    """What of a term a page has room for."""

    aliases: list[str]
    definition: str
    paragraphs: list[str]
    questions: list[Question]
    targets: list[Neighbour]
    origins: list[Neighbour]


def term_page(site: Site, slug: str) -> str:
    """Write the page of a term.

    Raises `UnknownTerm` where no page is the term's, `SourceError` where a template of the user's is wrong.
    """
    term = site.term(slug)
    whole = content(site, term)
    shown = shortened(whole)
    address = f"{site.addresses[slug]}.html"
    crumbs = way(site, [_above(site, term), Crumb(site.name(slug), address)])
    language = term.language if language_tag(term.language) else site.language
    return written(
        site,
        "term",
        address,
        site.name(slug),
        summary=term.definition or term.explanation or f"{site.name(slug)} in {site.glossary.title}",
        language=language,
        crumbs=crumbs,
        structured=structured(site, term, address, crumbs, shown.questions),
        term=term,
        shown=shown,
        whole=whole,
        more=more_stem(site, slug) if shown != whole else "",
        picture=neighbourhood(site, whole.targets, whole.origins),
        picture_width=WIDTH,
        colour=site.colour(slug),
        one_way=any(near.one_way for near in (*shown.targets, *shown.origins)),
        fragment=f"#t={quote(slug.encode('utf-8', 'surrogatepass'), safe='')}",
        categories=[site.categories[name] for name in dict.fromkeys(term.categories) if name][:12],
        iri=site.plan.iris[slug],
        mappings=[(name.partition(":")[2], iri) for name, iri in site.mappings.get(slug, ()) if is_link(iri)][:40],
        source=term.iri if is_link(term.iri) else "",
        data=f"{site.addresses[slug]}.ttl",
        before=_beside(site, slug, -1),
        after=_beside(site, slug, 1),
    )


def content(site: Site, term: Term) -> Content:
    """Gather all that is to be said of a term."""
    aliases = [alias for alias in dict.fromkeys(term.aliases) if alias and alias != term.name]
    asked = [question for question in term.questions if question.question or question.answer]
    told = paragraphs(term.explanation)
    return Content(aliases, term.definition.strip(), told, asked, site.targets(term.slug), site.origins(term.slug))


def shortened(whole: Content) -> Content:
    """Leave out what a page has no room for: links have the room that texts leave."""
    aliases, _ = fitting(whole.aliases, lambda alias: weight(alias) + 30, 1_500)
    definition = short(whole.definition, 2_000) if weight(whole.definition) > 6_000 else whole.definition
    told, left = fitting(whole.paragraphs, lambda text: weight(text) + 12, _MOST_TEXT)
    room = _ROOM - (_MOST_TEXT - left)
    asked, left = fitting(whole.questions, _size_of_question, _MOST_QUESTIONS)
    room -= _MOST_QUESTIONS - left
    targets, left = fitting(whole.targets, size_of_link, room // 2)
    origins, _ = fitting(whole.origins, size_of_link, room - room // 2 + left)
    return Content(aliases, definition, told, asked, targets, origins)


def _size_of_question(question: Question) -> int:
    """Count a question twice: it stands in the JSON-LD as well."""
    return 2 * (weight(question.question) + weight(question.answer)) + 180


def size_of_link(near: Neighbour) -> int:
    """Count the bytes that a linked term takes in a list."""
    return weight(short(near.name, MOST_NAME)) + len(near.address) + weight(words_of(near.kinds)) + ENTRY


def more_stem(site: Site, slug: str) -> str:
    """Give the name of the page with all that is said of a term."""
    return f"more/{site.files[slug]}"


def is_link(iri: str) -> bool:
    """Tell whether an IRI is one that a reader can follow, and not a script.

    >>> is_link("https://example.org/a"), is_link("javascript:alert(1)")
    (True, False)
    """
    return iri[:8].lower().startswith(("https://", "http://")) and is_iri(iri)


def _above(site: Site, term: Term) -> Crumb:
    if term.category:
        return Crumb(term.category, site.categories[term.category].address)
    return Crumb("A–Z", INDEX)


def _beside(site: Site, slug: str, step: int) -> Crumb | None:
    place = site.places[slug] + step
    if not 0 <= place < len(site.order):
        return None
    other = site.order[place]
    return Crumb(site.name(other), f"{site.addresses[other]}.html")
