"""Mappings → SSSOM/TSV with its metadata inside, so that any table of mappings becomes a valid set.

What SSSOM requires and a file does not say is filled in: the set's id is its graph's IRI, its licence SSSOM's
``unspecified``, a mapping's justification ``semapv:UnspecifiedMatching``. Where the canonical form would round numbers
to three digits they stay as they are, and no slot is moved between rows and metadata: nothing is lost.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from termatlas.align.model import Mapping as Record
from termatlas.align.model import Mappings
from termatlas.align.prefixes import BUILT_IN, USUAL, contract, known_prefixes
from termatlas.align.slots import FIELDS, SET_SLOTS, SLOTS, joined_values
from termatlas.align.values import number_text, texts_of, value_of
from termatlas.export.blocks import Plan
from termatlas.export.mappings import mappings_graph
from termatlas.sources.fields import legal
from termatlas.terminal import guarded

_UNSPECIFIED = BUILT_IN["semapv"] + "UnspecifiedMatching"
_NO_LICENSE = BUILT_IN["sssom"] + "license/unspecified"
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _./-]*(?:://[A-Za-z0-9_./~-]+)?(?<! )")
_NOT_PLAIN = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})

Cells = dict[str, Sequence[str]]


def mappings_sssom(mappings: Mappings, known: Plan) -> Iterator[str]:
    r"""Yield mappings as SSSOM/TSV: the metadata as a comment, the columns that are in use, the rows in order.

    >>> from termatlas.export.blocks import plan
    >>> from termatlas.model import Glossary, Term
    >>> exact = Record(slug="clip", relation="exactMatch", target="http://www.wikidata.org/entity/Q1")
    >>> known = plan(Glossary(terms=(Term(slug="clip", name="CLIP"),)))
    >>> text = "".join(mappings_sssom(Mappings(mappings=(exact,)), known))
    >>> print(text.splitlines()[-1].replace("\t", " "))
    term:clip CLIP skos:exactMatch wd:Q1 semapv:UnspecifiedMatching
    """
    rows = [_cells(each, known) for each in mappings.mappings if each.slug in known.iris]
    about = _about(mappings, known)
    iris = [value for row in rows for slot, values in row.items() if SLOTS[slot].kind == "entity" for value in values]
    iris += [value for slot, values in about.items() if SET_SLOTS[slot].kind == "entity" for value in values]
    curies, used = contract(iris, _prefixes(mappings.prefixes, known))
    yield from _header(about, curies, {name: iri for name, iri in used.items() if name not in BUILT_IN})
    used_slots = _REQUIRED.union(*rows)
    columns = [slot for slot in SLOTS if slot in used_slots]
    yield _table([columns, *sorted([_cell(slot, row.get(slot), curies) for slot in columns] for row in rows)])


_REQUIRED = frozenset({"subject_id", "subject_label", "predicate_id", "object_id", "mapping_justification"})


def _cells(mapping: Record, known: Plan) -> Cells:
    """Give the values of a mapping by slot; only slots that have some."""
    term = known.glossary.get(mapping.slug)
    given: Cells = {
        "subject_id": [known.iris[mapping.slug]],
        "subject_label": [term.name if term else mapping.slug],
        "predicate_id": [BUILT_IN["skos"] + mapping.relation],
        "predicate_modifier": ["Not"] if mapping.negated else [],
        "object_id": [mapping.target],
        "object_label": [mapping.label],
        "mapping_justification": [mapping.justification or _UNSPECIFIED],
        "confidence": [] if mapping.confidence is None else [number_text(mapping.confidence)],
        "comment": [mapping.comment],
        **{slot: values for slot, values in mapping.further if slot not in FIELDS},
    }
    return {slot: values for slot, values in given.items() if any(values)}


def _about(mappings: Mappings, known: Plan) -> Cells:
    prefixes = known_prefixes(mappings.prefixes)
    given: Cells = {"mapping_set_id": [mappings_graph(known)], "license": [_NO_LICENSE]}
    for slot, value in mappings.metadata.items():
        values = [value_of(SET_SLOTS[slot].kind, text, prefixes) for text in texts_of(value)]
        given |= {slot: [each for each in values if each]} if any(values) else {}
    return {slot: given[slot] for slot in SET_SLOTS if slot in given}


def _prefixes(declared: Mapping[str, str], known: Plan) -> dict[str, str]:
    """Give the prefixes to write with: ``term`` for the glossary, unless the file has a name for it or for others."""
    usual = {name: iri for name, iri in USUAL.items() if name != "wikidata"}
    prefixes = {**usual, **declared, **BUILT_IN}
    free = (name for name in ("term", "termatlas", "term-") if name not in prefixes)
    return prefixes if known.base in prefixes.values() else {next(free): known.base, **prefixes}


def _header(about: Cells, curies: Mapping[str, str], prefixes: Mapping[str, str]) -> Iterator[str]:
    """Write the metadata as block YAML, each line behind a ``#`` (SSSOM/TSV, section "Metadata block")."""
    first = [slot for slot in about if slot == "sssom_version"]
    for slot in first:
        yield f"#{slot}: {_scalar(about[slot][0])}\n"
    if prefixes:
        yield "#curie_map:\n"
        yield from (f"#  {name}: {_scalar(iri)}\n" for name, iri in sorted(prefixes.items()))
    for slot in (slot for slot in about if slot not in first):
        values = [_scalar(curies.get(value, value)) for value in about[slot]]
        if SET_SLOTS[slot].many:
            yield f"#{slot}:\n" + "".join(f"#  - {value}\n" for value in values)
        else:
            yield f"#{slot}: {values[0]}\n"


def _scalar(text: str) -> str:
    """Write a text as YAML: plain where nothing in it can mean something else, else in double quotes, as JSON does."""
    is_plain = _PLAIN.fullmatch(text) and text.casefold() not in _NOT_PLAIN
    return text if is_plain else json.dumps(text)


def _cell(slot: str, values: Sequence[str] | None, curies: Mapping[str, str]) -> str:
    """Write the values of a slot; an apostrophe keeps a spreadsheet from taking a text for a formula."""
    if not values:
        return ""
    kind, many, _ = SLOTS[slot]
    texts = [curies[value] for value in values] if kind == "entity" else [legal(value) for value in values]
    written = joined_values(texts) if many else texts[0]
    return guarded(written) if kind == "text" else written


def _table(rows: Iterable[Sequence[str]]) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter="\t", lineterminator="\n").writerows(rows)
    return stream.getvalue()
