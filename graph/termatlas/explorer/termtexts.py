"""The texts of a survey, term by term: labels, definitions, and what stands below them in a term's panel."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from termatlas.explorer.blocks import sound
from termatlas.findings import RULES, Finding
from termatlas.survey import Survey

#: What the finding of a one-way link says: `texts.js` fills it in, for there can be as many as links.
ONE_WAY: Final = "{source} links to {target}, which does not link back"


def labels(survey: Survey, order: Sequence[str]) -> list[str]:
    """Give slug, name and aliases of each term, one after the other; line breaks lie between aliases.

    Where a name tells its slug, "" stands for the slug: see `usual_slug`.
    """
    rows = ((slug, sound(survey.graph.nodes[slug]["name"]), survey.graph.nodes[slug]["aliases"]) for slug in order)
    return [
        label
        for slug, name, aliases in rows
        for label in ("" if usual_slug(name) == slug else slug, name, _lines(aliases))
    ]


def usual_slug(name: str) -> str:
    """Make the slug that most names have, as `data.js` does.

    >>> usual_slug("U-Net (2D)"), usual_slug("Café")
    ('u-net-2d', 'caf')
    """
    return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")


def definitions(survey: Survey, order: Sequence[str]) -> list[str]:
    """Give the definition of each term, "" where it has none."""
    return [survey.graph.nodes[slug]["definition"] for slug in order]


def details(survey: Survey, order: Sequence[str]) -> list[Any]:
    """Give explanation, questions with answers, place and findings of each term; 0 where it has none of them."""
    found = _findings(survey.findings, {slug: at for at, slug in enumerate(order)})
    rows = ((*_page(survey, slug), found.get(slug, [])) for slug in order)
    return [list(row) if any(row) else 0 for row in rows]


def _page(survey: Survey, slug: str) -> tuple[str, list[tuple[str, str]], str]:
    term = survey.glossary.get(slug)
    if term is None:
        return "", [], ""
    return term.explanation, [(each.question, each.answer) for each in term.questions], str(term.where)


def _findings(findings: Sequence[Finding], place: Mapping[str, int]) -> dict[str, list[tuple[int, int, str]]]:
    """Give the findings of each term as rule, target (-1 where there is none) and message, without one-way links."""
    number = {rule: at for at, rule in enumerate(RULES)}
    found = defaultdict(list)
    for each in findings:
        if each.rule != "one-way-link":
            found[each.term].append((number[each.rule], place.get(each.target, -1), each.message))
    return found


def _lines(aliases: Sequence[str]) -> str:
    return "\n".join(" ".join(alias.splitlines()) for alias in aliases)
