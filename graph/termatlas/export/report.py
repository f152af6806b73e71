"""The report: one page that an editor reads and works through."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from termatlas.export.report_counts import counts, measured, tables
from termatlas.export.report_first import first_steps
from termatlas.export.report_lists import Listing, gaps, others
from termatlas.export.report_plots import figures
from termatlas.export.report_suggestions import suggestion_lists
from termatlas.export.report_view import View, view_of
from termatlas.export.report_words import opening
from termatlas.look import TOKENS_CSS

if TYPE_CHECKING:
    import jinja2

    from termatlas.survey import Survey

SHOWN = 25  #: rows of a list before the fold

# What an HTML page cannot hold: controls, lone surrogates and non-characters.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def report_page(survey: Survey) -> str:
    """Write the report of a glossary as one HTML page that makes no request; the same survey gives the same text."""
    return _page(view_of(survey))


def _page(view: View) -> str:
    lists = gaps(view)
    findings = others(view)
    suggestions = suggestion_lists(view)
    overviews = tables(view)
    page = _template().render(
        view=view,
        css=_css(*lists, *suggestions, *findings, *overviews),
        opening=opening(view.stats),
        steps=first_steps(view),
        counts=counts(view),
        figures=figures(view),
        overviews=overviews,
        lists=lists,
        suggestions=suggestions,
        findings=findings,
        measures=measured(view),
        shown=SHOWN,
    )
    return _UNFIT.sub("\ufffd", page)


@cache
def _template() -> jinja2.Template:
    import jinja2

    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    return environment.from_string(_read("report.html.j2"))


def _css(*lists: Listing) -> str:
    """Give the style of the page; on a small screen, where headings are hidden, cells say what they hold."""
    return TOKENS_CSS + _read("report.css") + f"@media (max-width: 699px) {{\n{''.join(map(_labels, lists))}}}\n"


def _labels(listing: Listing) -> str:
    return "".join(
        f'#{listing.anchor} td:nth-child({rank}):not(:empty)::before {{ content: "{column.title}: "; }}\n'
        for rank, column in enumerate(listing.columns, start=1)
        if column.kind != "name" and column.title not in {"Where", "Category"}
    )


def _read(name: str) -> str:
    return files("termatlas.export").joinpath(name).read_text("utf-8")
