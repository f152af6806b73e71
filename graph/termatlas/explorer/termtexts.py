"""The texts of a survey, term by term: labels, definitions, and what stands below them in a term's panel."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from termatlas.explorer.blocks import sound
from termatlas.findings import RULES
from termatlas.suggest import Suggestion
from termatlas.survey import Survey

_OWN: Final = re.compile("[\ue000\ue001]")  # letters for private use: `densecodes.py` takes them for words
_REASONS: Final = 3  # that the panel names of a suggested link

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
    nodes = (survey.graph.nodes[slug] for slug in order)
    return [without(node["name"], node["definition"]) for node in nodes]


def without(own: str, text: str) -> str:
    r"""Put a sign wherever a text has its term's own name; where the text has such signs, mark these and leave names.

    >>> without("U-Net", "U-Net is a net"), without("a", "a \ue000")
    ('\ue000 is a net', 'a \ue001\ue000')
    """
    if _OWN.search(text):
        return _OWN.sub("\ue001\\g<0>", text)
    return text.replace(own, "\ue000") if own else text


def details(survey: Survey, order: Sequence[str]) -> list[Any]:
    """Give explanation, questions with answers, place and findings of each term; 0 where it has none of them."""
    found = _findings(survey, {slug: at for at, slug in enumerate(order)})
    rows = ((*_page(survey, slug), found.get(slug, [])) for slug in order)
    return [list(row) if any(row) else 0 for row in rows]


def evidence(survey: Survey) -> list[list[str]]:
    """Give what speaks for each suggested link: reasons, then a sentence in three parts, the mention in the middle.

    Where no reason has a sentence, nothing follows the reasons.
    """
    links = survey.suggested.links if survey.suggested else ()
    return [["; ".join(reason.message for reason in each.reasons[:_REASONS]), *_sentence(each)] for each in links]


def _sentence(suggestion: Suggestion) -> tuple[str, ...]:
    for reason in suggestion.reasons:
        if reason.sentence:
            text, start, end = reason.sentence, reason.start, reason.end
            return text[:start], text[start:end], text[end:]
    return ()


def _page(survey: Survey, slug: str) -> tuple[str, list[tuple[str, str]], str]:
    term = survey.glossary.get(slug)
    if term is None:
        return "", [], ""
    questions = [(each.question, each.answer) for each in term.questions]
    return without(term.name, term.explanation), questions, without(slug, str(term.where))


def found_rules(survey: Survey) -> list[str]:
    """List the rules that found something, and that of one-way links, which the page finds by itself."""
    found = {finding.rule for finding in survey.findings} | {"one-way-link"}
    return [rule for rule in RULES if rule in found]


def _findings(survey: Survey, place: Mapping[str, int]) -> dict[str, list[tuple[int, int, str]]]:
    """Give the findings of each term as rule, target (-1 where there is none) and message, without one-way links."""
    number = {rule: at for at, rule in enumerate(found_rules(survey))}
    found = defaultdict(list)
    for each in survey.findings:
        if each.rule != "one-way-link":
            found[each.term].append((number[each.rule], place.get(each.target, -1), each.message))
    return found


def _lines(aliases: Sequence[str]) -> str:
    return "\n".join(" ".join(alias.splitlines()) for alias in aliases)
