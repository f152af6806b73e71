"""A term as search engines read it: JSON-LD in the words of schema.org, within the page.

https://schema.org/DefinedTerm, https://schema.org/BreadcrumbList, https://schema.org/FAQPage.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from termatlas.export.iris import is_iri
from termatlas.model import Question, Term
from termatlas.publish.site import Site
from termatlas.publish.texts import short

_MOST = 600  #: characters of a text: the page itself has the whole
#: What could end the element or, in old readers, the line.
_APART: Final = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def structured(
    site: Site, term: Term, address: str, crumbs: Iterable[tuple[str, str]], questions: Sequence[Question]
) -> str:
    """Write what schema.org's words can say of a term, its way from the start page and the questions on its page."""
    things = [_term(site, term, address), _way(site, crumbs)]
    if questions:
        things.append(_questions(site, term, address, questions))
    return embedded({"@context": "https://schema.org", "@graph": things})


def embedded(data: Mapping[str, Any]) -> str:
    r"""Write JSON that can stand in a page, whatever its texts hold.

    >>> embedded({"a": "</script>"})
    '{"a":"\\u003c/script\\u003e"}'
    """
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_APART)


def _term(site: Site, term: Term, address: str) -> dict[str, Any]:
    return _filled(
        {
            "@type": "DefinedTerm",
            "@id": site.plan.iris[term.slug],
            "name": short(site.name(term.slug), _MOST),
            "alternateName": [short(alias, _MOST) for alias in term.aliases[:20] if alias.strip()],
            "description": short(term.definition or term.explanation, _MOST),
            "termCode": short(term.slug, _MOST),
            "url": page_address(site, address),
            "inLanguage": term.language or site.language,
            "sameAs": [
                iri for name, iri in site.mappings.get(term.slug, ()) if name == "skos:exactMatch" and is_iri(iri)
            ],
            "inDefinedTermSet": glossary_thing(site),
        }
    )


def glossary_thing(site: Site) -> dict[str, Any]:
    """Name the glossary."""
    return {
        "@type": "DefinedTermSet",
        "@id": site.plan.scheme,
        "name": short(site.glossary.title, _MOST),
        "url": page_address(site, site.start),
    }


def page_address(site: Site, address: str) -> str:
    """Give the whole address of a page; a folder stands for the start page in it."""
    return site.root + ("" if address == "index.html" else address)


def _way(site: Site, crumbs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    steps = [
        {"@type": "ListItem", "position": place, "name": short(name, _MOST) or "-", "item": page_address(site, address)}
        for place, (name, address) in enumerate(crumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _questions(site: Site, term: Term, address: str, questions: Sequence[Question]) -> dict[str, Any]:
    return {
        "@type": "FAQPage",
        "@id": f"{page_address(site, address)}#questions",
        "about": {"@id": site.plan.iris[term.slug]},
        "mainEntity": [
            {
                "@type": "Question",
                "name": question.question,
                "acceptedAnswer": {"@type": "Answer", "text": question.answer},
            }
            for question in questions
        ],
    }


def _filled(thing: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in thing.items() if value}
