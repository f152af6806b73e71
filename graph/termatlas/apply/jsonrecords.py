"""Links put into JSON: into a term's object, by the places of its members."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from termatlas.apply.edits import list_edit
from termatlas.apply.jsonplaces import Member, Places, items, members, value_at
from termatlas.apply.model import Adding, Edit, NotWritable
from termatlas.apply.records import joined_to, link_key, new_items
from termatlas.apply.spelling import House, is_link_key, spelled

_INDENT = re.compile(r"\n([ \t]+)")


def json_edits(text: str, start: int, adding: Adding, house: House) -> list[Edit]:
    """Give the edits that add links to the term that the object at a place describes.

    Raises `NotWritable`.
    """
    record = _record(text, start)
    if record is None:
        raise NotWritable("it is not found again where it was read from")
    key = link_key(record, house)
    value = record.get(key)
    found = next((member for member in reversed(members(text, start)) if member.key == key), None)
    if found is None or value is None:
        made = new_items(adding.term, key, [], adding.targets, house)
        return [_new_list(text, start, key, found, [_item(text, house.sample_text, item) for item in made], house)]
    if isinstance(value, str):
        more = joined_to(value, adding.term, key, adding.targets, house)
        return [Edit(found.end - 1, found.end - 1, _dumps(text, more)[1:-1])]
    if not isinstance(value, list):
        raise NotWritable(f"{key} is no list")
    made = new_items(adding.term, key, value, adding.targets, house)
    spans = items(text, found.start)
    sample = text[slice(*spans[-1])] if spans else house.sample_text
    written = [_item(text, sample, item) for item in made]
    return [list_edit(text, found.start, spans, written, _comma(text, start))]


def _record(text: str, start: int) -> Mapping[str, Any] | None:
    """Read the object at a place; None where there is none: a carriage return in JSON Lines moves the lines."""
    try:
        record, _ = value_at(text, start)
    except json.JSONDecodeError:
        return None
    return record if isinstance(record, Mapping) else None


def node_edits(text: str, places: Places, pointer: str, adding: Adding, house: House) -> list[Edit]:
    """Give the edits that add links to a node of a node-link graph, whose links stand in a list of their own."""
    start = places.start(pointer)
    found = {member.key: member for member in members(text, start)}
    member = found.get("links") or found["edges"]
    spans = items(text, member.start)
    if not spans:
        raise NotWritable("the graph has no link to write others like it")
    last, _ = value_at(text, spans[-1][0])
    node, _ = value_at(text, places.start(adding.term.field))
    written = []
    for target in adding.targets:
        own = {"source": node.get("id"), "target": spelled(adding.term, target, house), "kind": house.kind}
        made = {key: value for key, value in own.items() if key in last}
        written.append(_item(text, text[slice(*spans[-1])], made))
    return [list_edit(text, member.start, spans, written, _comma(text, start))]


def graph_of(text: str, places: Places, pointer: str) -> str | None:
    """Give the pointer of the node-link graph of which the value at `pointer` is a node; None where it is none."""
    graph, nodes, number = ("//" + pointer).rpartition("/nodes/")
    if not nodes or "/" in number:
        return None
    keys = {member.key for member in members(text, places.start(graph.removeprefix("//")))}
    return graph.removeprefix("//") if keys & {"links", "edges"} else None


def _new_list(text: str, start: int, key: str, found: Member | None, made: Sequence[str], house: House) -> Edit:
    """Give a record a list of links: in place of its null, or as a new member after the others."""
    others = members(text, start)
    lead = text[start + 1 : others[0].key_start] if others else ""
    written = _list(text, made, lead, _comma(text, start), house)
    if found:
        return Edit(found.start, found.end, written)
    if not others:
        return Edit(start + 1, start + 1, f"{_dumps(text, key)}: {written}")
    between = "," + lead if "\n" in lead else _comma(text, start)
    colon = text[others[-1].key_end : others[-1].start]
    return Edit(others[-1].end, others[-1].end, f"{between}{_dumps(text, key)}{colon}{written}")


def _list(text: str, made: Sequence[str], lead: str, comma: str, house: House) -> str:
    """Write a list: an item a line where the text has other lists so."""
    indent = _INDENT.search(text)
    if "\n" in lead and indent and house.in_lines:
        deeper = lead + indent[1]
        return "[" + deeper + ("," + deeper).join(made) + lead + "]"
    return "[" + comma.join(made) + "]"


def with_sample(house: House, text: str, start: int) -> House:
    """Note how the record at a place writes its links: as mappings or as texts, on one line or on several."""
    record = _record(text, start)
    if record is None:
        return house
    keys = {
        key for key, value in record.items() if is_link_key(key, house.options) and value and isinstance(value, list)
    }
    found = next((member for member in reversed(members(text, start)) if member.key in keys), None)
    if found is None:
        return house
    key = found.key
    last = items(text, found.start)[-1]
    in_lines = "\n" in text[found.start : last[0]]
    if not isinstance(record[key][-1], Mapping):
        return replace(house, in_lines=in_lines)
    return replace(house, sample=record[key][-1], sample_text=text[slice(*last)], in_lines=in_lines)


def _comma(text: str, start: int) -> str:
    """Give the comma as an object has it between its members: with a space or without."""
    found = members(text, start)
    is_tight = len(found) > 1 and text[found[0].end : found[1].key_start] == ","
    return "," if is_tight else ", "


def _item(text: str, sample: str, item: Mapping[str, object] | str) -> str:
    """Write an item as another one is laid out."""
    dumps = partial(_dumps, text)
    if isinstance(item, str):
        return dumps(item)
    found = members(sample, 0)
    lead = sample[1 : found[0].key_start]
    between = sample[found[0].end : found[1].key_start] if len(found) > 1 else ", "
    colon = sample[found[0].key_end : found[0].start]
    tail = sample[found[-1].end : -1]
    return "{" + lead + between.join(f"{dumps(key)}{colon}{dumps(value)}" for key, value in item.items()) + tail + "}"


def _dumps(text: str, value: object) -> str:
    """Write a value; what is not ASCII as escapes where the text has it so."""
    return json.dumps(value, ensure_ascii=text.isascii() and "\\u" in text)
