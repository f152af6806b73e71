"""A file of mappings → records, each row that cannot be read a problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from termatlas.align.metadata import Metadata, beside, metadata_of, read_metadata
from termatlas.align.model import RELATIONS, Mapping, MappingProblem, Mappings, Relation
from termatlas.align.prefixes import BUILT_IN, known_prefixes
from termatlas.align.rules import problem
from termatlas.align.slots import FIELDS, SLOTS
from termatlas.align.subjects import Finder, near_names, subjects
from termatlas.align.table import Table, read_table
from termatlas.align.targets import Target, target_of
from termatlas.align.values import Values, share, values_of
from termatlas.collector import collector_paused
from termatlas.model import Glossary, Where
from termatlas.sources.fields import folded
from termatlas.sources.files import translated
from termatlas.sources.spreadsheet import Row

_SKOS = re.compile(r"skos:|http://www\.w3\.org/2004/02/skos/core#", re.IGNORECASE)
_UNSPECIFIED = BUILT_IN["semapv"] + "UnspecifiedMatching"
#: What relations are called: exactMatch, exact match, exact.
_RELATION_OF = {folded(name): relation for relation in RELATIONS for name in (relation, relation[: -len("Match")])}

_Said = Iterator[Mapping | MappingProblem]


class Known(NamedTuple):
    """What rows are read by."""

    table: Table
    label: str
    term_of: Finder
    near: Callable[[str], str]
    target: Callable[[str], Target]
    values: Callable[[str, str], Values]
    single: list[tuple[str, int]]  #: slots that have one column
    several: list[tuple[str, list[int]]]
    others: list[str]  #: slots whose cells are read as they are


@collector_paused()
def read_mappings(path: Path | str, glossary: Glossary, *, metadata: Path | None = None) -> Mappings:
    """Read mappings from SSSOM/TSV, with its metadata inside, beside it or in `metadata`, or from a plain table.

    A plain table has a column for the term, one for the target and, if it likes, one for the relation: without one a
    mapping is a closeMatch, for exact matches are transitive, and one that is wrong makes many things one. A row with
    several targets is several mappings.

    Raises `SourceError` where the file, or its metadata, cannot be read, or no column holds terms or targets.
    """
    path = Path(path)
    label = path.as_posix()
    with translated(label):
        data = path.read_bytes()
    table = read_table(data, path.suffix.lower(), label)
    other = metadata or beside(path)
    about = read_metadata(other) if other else metadata_of(table.yaml, label)
    said = list(_read(table, label, glossary, about))
    return Mappings(
        mappings=tuple(each for each in said if isinstance(each, Mapping)),
        problems=(*about.problems, *(each for each in said if isinstance(each, MappingProblem))),
        prefixes=about.prefixes,
        metadata=about.slots,
        file=label,
    )


def _read(table: Table, label: str, glossary: Glossary, about: Metadata) -> _Said:
    prefixes = known_prefixes(about.prefixes)
    known = Known(
        table=table,
        label=label,
        term_of=subjects(glossary, prefixes),
        near=near_names(glossary),
        target=lru_cache(1 << 12)(lambda text: target_of(text, prefixes)),
        values=lru_cache(1 << 12)(lambda slot, cell: values_of(slot, cell, prefixes)),
        single=[(slot, places[0]) for slot, places in table.columns.items() if len(places) == 1],
        several=[(slot, places) for slot, places in table.columns.items() if len(places) > 1],
        others=[slot for slot in _OTHERS if slot in table.columns],
    )
    for name in table.unknown:
        yield problem("unknown-column", Where(file=label, line=table.line), f'no slot of SSSOM is called "{name}"')
    for row in table.rows:
        yield from _row(row, known)


def _row(row: Row, known: Known) -> _Said:
    where = Where(file=known.label, line=row.line)
    if row.unclosed:
        yield problem("unclosed-quote", where, "a quotation mark is opened and not closed")
        return
    if any(row.cells[known.table.width :]):
        yield problem("too-many-cells", where, f"{len(row.cells)} cells, though the table has {known.table.width}")
    written = [*row.cells, *[""] * (known.table.width - len(row.cells))]
    cells = {slot: written[place] for slot, place in known.single}
    cells |= {slot: next(filter(None, (written[place] for place in places)), "") for slot, places in known.several}
    targets = [text for place in known.table.columns.get("object_id", ()) if (text := written[place])]
    subject = cells.get("subject_id") or cells.get("subject_label", "")
    if not (subject and targets):
        yield problem("incomplete-row", where, f"the row names no {'target' if subject else 'term'}")
        return
    yield from _mappings(cells, subject, targets, where, known)


def _mappings(cells: dict[str, str], subject: str, targets: list[str], where: Where, known: Known) -> _Said:
    """Read a row whose cells are there: what it says of the term, once for each target."""
    slugs, relation = known.term_of(subject), _relation(cells.get("predicate_id", ""))
    found = [known.target(text) for text in targets]
    wrong = list(_wrong(cells, slugs, relation, where, known))
    further, refused = _further(cells, where, known)
    yield from wrong
    yield from (problem(target.rule, where, target.said) for target in found if target.rule)
    yield from refused
    for target in found:
        if target.iri and relation and not wrong:
            yield Mapping(
                slug=slugs[0],
                relation=relation,
                target=target.iri,
                negated=bool(cells.get("predicate_modifier")),
                label=cells.get("object_label", "") if len(found) == 1 else "",
                justification=_justification(cells, known),
                confidence=share(cells.get("confidence", "")),
                comment=cells.get("comment", ""),
                further=further,
                where=where,
            )


def _wrong(
    cells: dict[str, str], slugs: tuple[str, ...], relation: Relation | None, where: Where, known: Known
) -> Iterator[MappingProblem]:
    """Say what of a row keeps it from being a mapping, besides its targets."""
    subject = cells.get("subject_id") or cells["subject_label"]
    if len(slugs) > 1:
        yield problem("ambiguous-term", where, f'"{subject}" can mean {", ".join(sorted(slugs))}')
    if not slugs:
        yield problem("unknown-term", where, f'no term is called "{subject}"', cure=known.near(subject))
    if relation is None:
        yield problem("unknown-relation", where, f'"{cells["predicate_id"]}" is no mapping relation')
    if (modifier := cells.get("predicate_modifier", "")).casefold() not in {"", "not"}:
        said = f'"{modifier}" does not modify a relation'
        yield problem("unknown-relation", where, said, cure="write Not, or leave the cell empty")


def _relation(text: str) -> Relation | None:
    """Give the relation that a text names; closeMatch where it is empty."""
    return _RELATION_OF.get(folded(_SKOS.sub("", text, count=1))) if text else "closeMatch"


def _justification(cells: dict[str, str], known: Known) -> str:
    values = known.values("mapping_justification", cells.get("mapping_justification", "")).values
    return values[0] if values and values[0] != _UNSPECIFIED else ""


def _further(
    cells: dict[str, str], where: Where, known: Known
) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], list[MappingProblem]]:
    """Read the slots that a mapping has no field for, and say what is wrong with cells."""
    further: list[tuple[str, tuple[str, ...]]] = []
    wrong: list[MappingProblem] = []
    for slot in known.others:
        if cell := cells[slot]:
            values, refused = known.values(slot, cell)
            if values and slot not in FIELDS:
                further.append((slot, values))
            rule = "bad-confidence" if slot == "confidence" else "bad-value"
            wrong += [problem(rule, where, f'{slot} cannot be "{text}"') for text in refused]
    return tuple(further), wrong


#: The slots whose cells are read as they are, in SSSOM's order.
_OTHERS = [slot for slot in SLOTS if slot not in FIELDS or slot in {"mapping_justification", "confidence"}]
