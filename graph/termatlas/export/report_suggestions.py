"""The report's suggestions: links, terms and duplicates, as lists to work through."""

from __future__ import annotations

from dataclasses import dataclass

from termatlas.export.report_lists import LIMIT, Column, Listing, Names
from termatlas.export.report_view import View
from termatlas.export.report_words import number
from termatlas.suggest import Suggestion
from termatlas.suggest.suggested import Suggested

_REASONS = 3  # the others are in suggestions.csv
_WHAT_TO_DO = {
    "merge": "two pages to merge",
    "alias": "a short form to keep as the other's alias",
    "confusable": "two things to tell apart by name",
}


@dataclass(frozen=True, slots=True)
class Quote:
    """What speaks for a suggestion: words, and a sentence in three parts, the mention in the middle."""

    words: str
    before: str = ""
    mention: str = ""
    after: str = ""


def suggestion_lists(view: View) -> list[Listing]:
    """List what is suggested; nothing where nobody asked for suggestions."""
    if view.suggested is None:
        return []
    return [_links(view, view.suggested), _terms(view, view.suggested), _duplicates(view, view.suggested)]


def _links(view: View, suggested: Suggested) -> Listing:
    rows = [
        (view.name(each.source), view.name(each.target), f"{100 * each.probability:.0f}\u00a0%", _why(each))
        for each in suggested.links[:LIMIT]
    ]
    return Listing(
        anchor="missing-links",
        title="Missing links",
        total=len(suggested.links),
        definition="Links that the texts, the neighbours and the existing links ask for, the likeliest first. "
        "The percentage is how often a suggestion like it brought back a link that had been hidden.",
        cure="Accept or reject them: termatlas suggest links --format csv, termatlas review, termatlas apply.",
        columns=(Column("From", "name"), Column("To", "text"), Column("How likely", "text"), Column("Why", "quote")),
        rows=rows,
        rest=_rest(len(suggested.links), len(rows), "suggestions.csv"),
        empty="The evidence asks for no link that is not there.",
    )


def _why(suggestion: Suggestion) -> Quote:
    words = "; ".join(reason.message for reason in suggestion.reasons[:_REASONS])
    for reason in suggestion.reasons:
        if text := reason.sentence:
            return Quote(words, text[: reason.start], text[reason.start : reason.end], text[reason.end :])
    return Quote(words)


def _terms(view: View, suggested: Suggested) -> Listing:
    rows = []
    for each in suggested.terms[:LIMIT]:
        first = each.sentences[0] if each.sentences else None
        spoken = f"{number(each.wanted_by)} links" if each.wanted else f"{number(each.texts)} texts"
        quote = Quote("", first.sentence[: first.start], first.sentence[first.start : first.end],
                      first.sentence[first.end :]) if first else Quote("")  # fmt: skip
        rows.append((each.name, spoken, each.category, Names(tuple(map(view.name, each.nearest[:3]))), quote))
    columns = (
        Column("Term", "name"), Column("Asked for by", "text"), Column("Category", "text"), Column("Nearest", "names"),
        Column("In a text", "quote"),
    )  # fmt: skip
    return Listing(
        anchor="missing-terms",
        title="Missing terms",
        total=len(suggested.terms),
        definition="Terms that links want or texts speak of and no page defines, wanted ones first.",
        cure="Write the page where readers would look for it: termatlas new.",
        columns=columns,
        rows=rows,
        rest=_rest(len(suggested.terms), len(rows), "termatlas suggest terms"),
        empty="The texts speak of no term that has no page.",
    )


def _duplicates(view: View, suggested: Suggested) -> Listing:
    rows = [
        (
            view.name(each.first),
            view.name(each.second),
            _WHAT_TO_DO[each.kind],
            "; ".join(reason.message for reason in each.reasons),
            view.where(each.second),
        )
        for each in suggested.duplicates[:LIMIT]
    ]
    columns = (Column("Term", "name"), Column("And", "text"), Column("What to do", "text"), Column("Why", "text"))
    return Listing(
        anchor="duplicates",
        title="Possible duplicates",
        total=len(suggested.duplicates),
        definition="Pairs of terms that may be one, or whose names are easily confused.",
        cure="Look at both pages; nothing is ever merged by itself.",
        columns=(*columns, Column("Where", "place")),
        rows=rows,
        rest=_rest(len(suggested.duplicates), len(rows), "termatlas suggest duplicates"),
        empty="No two terms look like one.",
    )


def _rest(total: int, shown: int, where: str) -> str:
    return f"… the other {number(total - shown)} are in {where}." if total > shown else ""
