"""Links put into a table of links: a row each."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from termatlas.apply.csvrows import Table, written
from termatlas.apply.model import Adding, Edit
from termatlas.apply.spelling import Form, House, form_of, spelled
from termatlas.resolve import find
from termatlas.sources.csvfile import KINDS, SOURCES, TARGETS
from termatlas.sources.fields import folded
from termatlas.terminal import guarded, unguarded


def row_edits(table: Table, addings: Sequence[Adding], house: House) -> list[Edit]:
    """Give the edit that adds rows to a table of links.

    Raises `NotWritable`.
    """
    columns = {folded(name): place for place, name in reversed(list(enumerate(table.header)))}
    source, target, kind = (
        next((columns[name] for name in names if name in columns), None) for names in (SOURCES, TARGETS, KINDS)
    )
    rows = list(csv.reader(io.StringIO(table.text), delimiter=table.delimiter, skipinitialspace=True))
    from_house = replace(house, forms=_forms(rows, source, house))
    to_house = replace(house, forms=_forms(rows, target, house))
    kinds = Counter(filter(None, (_cell(row, kind) for row in rows[1:])))
    usual = kinds.most_common(1)[0][0] if kinds else "related"
    lines = [
        _line(table, {kind: usual, source: spelled(term, term, from_house), target: spelled(term, other, to_house)})
        for term, others in ((adding.term, adding.targets) for adding in addings)
        for other in others
    ]
    end = len(table.text)
    is_closed = table.text.endswith("\n")
    return [Edit(end, end, "".join(f"{line}\n" if is_closed else f"\n{line}" for line in lines))]


def _cell(row: Sequence[str], place: int | None) -> str:
    return unguarded(row[place].strip()) if place is not None and place < len(row) else ""


def _forms(rows: Sequence[Sequence[str]], place: int | None, house: House) -> tuple[Form, ...]:
    """Give the forms in which a column names terms, the most frequent first."""
    found: Counter[Form] = Counter()
    for cell in filter(None, (_cell(row, place) for row in rows)):
        slugs = find(house.index, cell).candidates
        term = house.by_slug[slugs[0]] if len(slugs) == 1 else None
        if term and (form := form_of(cell, term, term)):
            found[form] += 1
    return tuple(form for form, _ in found.most_common())


def _line(table: Table, values: Mapping[int | None, str]) -> str:
    cells = (written(guarded(values.get(place, "")), table.delimiter) for place in range(len(table.header)))
    return table.delimiter.join(cells)
