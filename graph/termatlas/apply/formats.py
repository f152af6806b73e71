"""One writer a format: a file → a function that gives the edits which add links to one of its terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import islice

from termatlas.apply.context import Context
from termatlas.apply.csvrows import cell_edits
from termatlas.apply.jsonplaces import Places, after_space
from termatlas.apply.jsonrecords import graph_of, json_edits, node_edits, with_sample
from termatlas.apply.linkrows import row_edits
from termatlas.apply.markdown import markdown_edits
from termatlas.apply.model import Adding, Edit
from termatlas.apply.spelling import place_of
from termatlas.apply.yamlnodes import yaml_edits
from termatlas.apply.yamlplaces import layout_of, node_of, roots_of, sample_of
from termatlas.model import Term

#: Give the edits for one term; raises `NotWritable`.
Editor = Callable[[Adding], list[Edit]]


def _markdown(text: str, file: str, context: Context) -> Editor:
    house, layout = context.pages
    return lambda adding: markdown_edits(text, adding, house, layout)


def _yaml(text: str, file: str, context: Context) -> Editor:
    house = context.house(context.terms_of[file])
    roots = roots_of(text)
    house = replace(house, sample=sample_of(roots, house.key))
    layout = layout_of(text, roots, house)
    return lambda adding: yaml_edits(text, node_of(roots, adding.term), adding, house, layout)


def _json(text: str, file: str, context: Context) -> Editor:
    house = context.house(context.terms_of[file])
    places = Places(text)
    for term in _linked(file, context):
        if graph_of(text, places, term.field) is None:
            house = with_sample(house, text, places.start(term.field))

    def edits(adding: Adding) -> list[Edit]:
        pointer = adding.term.field
        graph = graph_of(text, places, pointer)
        if graph is not None:
            return node_edits(text, places, graph, adding, house)
        return json_edits(text, places.start(pointer), adding, house)

    return edits


def _linked(file: str, context: Context) -> list[Term]:
    """Give a term of a file that has links in a field, as an example."""
    linked = (term for term in context.terms_of[file] if any(map(place_of, term.related)))
    return list(islice(linked, 1))


def _json_lines(text: str, file: str, context: Context) -> Editor:
    house = context.house(context.terms_of[file])
    lines = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]

    def line_of(term: Term) -> str:
        return text[lines[term.line - 1] : lines[term.line] - 1]

    for term in _linked(file, context):
        house = with_sample(house, line_of(term), after_space(line_of(term), 0))

    def edits(adding: Adding) -> list[Edit]:
        line, start = line_of(adding.term), lines[adding.term.line - 1]
        found = json_edits(line, after_space(line, 0), adding, house)
        return [Edit(edit.start + start, edit.end + start, edit.text) for edit in found]

    return edits


def _csv(text: str, file: str, context: Context) -> Editor:
    house = context.house(context.terms_of[file])
    table = context.table(file, text)
    if file in context.link_tables:
        return lambda adding: row_edits(table, [adding], house)
    return lambda adding: cell_edits(table, adding, house)


#: By the names of the readers. Payloads and linked data are made by a site or a program: a patch says what to add.
WRITERS: Mapping[str, Callable[[str, str, Context], Editor]] = {
    "markdown": _markdown,
    "yaml": _yaml,
    "json": _json,
    "jsonl": _json_lines,
    "csv": _csv,
}
