"""Links put into YAML: into a term's mapping, by the places that the parser gives its nodes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from termatlas.apply.edits import list_edit
from termatlas.apply.model import Adding, Edit, NotWritable
from termatlas.apply.records import joined_to, link_key, new_items
from termatlas.apply.spelling import House

_NULLS = frozenset({"", "~", "null"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a glossary lays out its lists of links in YAML."""

    block: bool = False  #: an item a line, not ``[a, b]``
    indent: int = 0  #: of the dashes, beyond the key
    gap: str = " "  #: after a dash
    style: str = ""  #: the quotation mark around items, "" for none


def compose(text: str) -> Node | None:
    """Parse one YAML document into nodes that know their places."""
    return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def layout_seen(text: str, key: Node, value: SequenceNode) -> Layout:
    """Give the layout of a list of links: of its last item, where that is a text."""
    last = value.value[-1] if value.value else None
    style = last.style or "" if isinstance(last, ScalarNode) else ""
    if value.flow_style:
        return Layout(style=style)
    return Layout(
        block=True, indent=value.start_mark.column - key.start_mark.column, gap=_gap(text, value), style=style
    )


def plain(node: Node) -> Any:
    """Give the value of a node as the reader does: texts, None, lists and dicts."""
    match node:
        case SequenceNode():
            return [plain(item) for item in node.value]
        case MappingNode():
            return {key.value: plain(value) for key, value in node.value}
        case ScalarNode(style=style, value=value):
            return None if not style and value in _NULLS else value


def yaml_edits(text: str, node: MappingNode, adding: Adding, house: House, layout: Layout) -> list[Edit]:
    """Give the edits that add links to the term that a mapping describes.

    Raises `NotWritable`.
    """
    key = link_key(plain(node), house)
    found = next(((name, value) for name, value in node.value if name.value == key), None)
    if found is None:
        return [_new_field(text, node, key, adding, house, layout)]
    name, value = found
    _refuse_shared(text, name, value)
    match value:
        case ScalarNode():
            return [_scalar_edit(text, key, value, adding, house, layout)]
        case SequenceNode():
            return [_list_edit(text, key, value, adding, house, layout)]
    raise NotWritable(f"{key} is a mapping")


def _refuse_shared(text: str, name: ScalarNode, value: Node) -> None:
    """Refuse what stands elsewhere, too: an alias, or what has an anchor."""
    start = value.start_mark.index
    if start < name.end_mark.index or text[start : start + 1] in {"&", "!"}:
        raise NotWritable(f"{name.value} has an anchor, an alias or a tag")


def _scalar_edit(text: str, key: str, value: ScalarNode, adding: Adding, house: House, layout: Layout) -> Edit:
    """Add links to a field that holds a text or nothing."""
    start, end = value.start_mark.index, value.end_mark.index
    if plain(value) is None:
        items = _items_text(new_items(adding.term, key, [], adding.targets, house), layout)
        gap = "" if text[start - 1 : start].isspace() else " "
        return Edit(start, end, f"{gap}[{', '.join(items)}]")
    more = joined_to(value.value, adding.term, key, adding.targets, house)
    if value.style == "'":
        return Edit(end - 1, end - 1, more.replace("'", "''"))
    if value.style == '"':
        return Edit(end - 1, end - 1, json.dumps(more, ensure_ascii=False)[1:-1])
    if value.style or not _is_plain(text[start:end] + more, flow=False):
        raise NotWritable(f"{key} is a text that cannot go on on its line")
    return Edit(end, end, more)


def _list_edit(text: str, key: str, value: SequenceNode, adding: Adding, house: House, layout: Layout) -> Edit:
    items = [plain(item) for item in value.value]
    raws = [_raw(text, item) for item in value.value]
    made = new_items(
        adding.term, key, [raw or item for raw, item in zip(raws, items, strict=True)], adding.targets, house
    )
    last = value.value[-1] if value.value else None
    if last is not None and last.start_mark.index < value.start_mark.index:
        raise NotWritable(f"the last of its links in {key} is an alias")
    style = last.style or "" if isinstance(last, ScalarNode) else layout.style
    if value.flow_style:
        spans = [(item.start_mark.index, item.end_mark.index) for item in value.value]
        return list_edit(text, value.start_mark.index, spans, _items_text(made, Layout(style=style)), ", ")
    indent = value.start_mark.column
    return _lines_edit(text, value, _block_lines(made, indent, Layout(gap=_gap(text, value), style=style)))


def _raw(text: str, item: Node) -> str:
    """Give ``[[wikilink]]`` for what YAML takes for a list in a list; else ""."""
    raw = text[item.start_mark.index : item.end_mark.index]
    return raw if isinstance(item, SequenceNode) and raw.startswith("[[") else ""


def _gap(text: str, value: SequenceNode) -> str:
    """Give what stands between the last dash and its item."""
    start = value.value[-1].start_mark.index
    before = text[text.rfind("\n", 0, start) + 1 : start]
    gap = before[before.rfind("-") + 1 :]
    return gap if "-" in before and not gap.strip(" ") and gap else " "


def _items_text(made: Sequence[str | dict[str, str]], layout: Layout) -> list[str]:
    """Lay out items for a list on a line."""
    return [
        "{" + ", ".join(f"{key}: {scalar(value, layout.style, flow=True)}" for key, value in item.items()) + "}"
        if isinstance(item, dict)
        else scalar(item, layout.style, flow=True)
        for item in made
    ]


def _block_lines(made: Sequence[str | dict[str, str]], indent: int, layout: Layout) -> list[str]:
    """Lay out items a line each, a mapping's keys on a line each."""
    lines: list[str] = []
    for item in made:
        dash = " " * indent + "-" + layout.gap
        if isinstance(item, str):
            lines.append(dash + scalar(item, layout.style, flow=False))
        else:
            pairs = [f"{key}: {scalar(value, layout.style, flow=False)}" for key, value in item.items()]
            lines += [dash + pairs[0], *(" " * len(dash) + pair for pair in pairs[1:])]
    return lines


def _new_field(text: str, node: MappingNode, key: str, adding: Adding, house: House, layout: Layout) -> Edit:
    made = new_items(adding.term, key, [], adding.targets, house)
    name = scalar(key, "", flow=False)
    if node.flow_style:
        place = _end(node.value[-1][1]) if node.value else node.start_mark.index + 1
        items = ", ".join(_items_text(made, layout))
        return Edit(place, place, f"{', ' if node.value else ''}{name}: [{items}]")
    column = node.start_mark.column
    return _lines_edit(text, node, field_lines(name, made, column, layout))


def field_lines(name: str, made: Sequence[str | dict[str, str]], column: int, layout: Layout) -> list[str]:
    """Lay out a new field with its links."""
    if layout.block:
        return [" " * column + f"{name}:", *_block_lines(made, column + layout.indent, layout)]
    return [" " * column + f"{name}: [{', '.join(_items_text(made, layout))}]"]


def _lines_edit(text: str, node: Node, lines: Sequence[str]) -> Edit:
    """Put lines after the last line of a block."""
    end = _end(node)
    if end and text[end - 1] == "\n":
        return Edit(end, end, "".join(f"{line}\n" for line in lines))
    place = text.find("\n", end)
    place = len(text) if place < 0 else place
    return Edit(place, place, "".join(f"\n{line}" for line in lines))


def _end(node: Node) -> int:
    """Give the place where a node's own text ends: the parser counts the blank lines after a block, too."""
    if not isinstance(node, CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    children = [child for item in node.value for child in (item if isinstance(item, tuple) else (item,))]
    return max(_end(child) for child in children if child.start_mark.index >= node.start_mark.index)


def scalar(value: str, style: str, *, flow: bool) -> str:
    """Write a text, without quotation marks where it stays the text that it is.

    >>> [scalar(text, "", flow=True) for text in ("a b", "a, b", "No", "[[A]]")]
    ['a b', '"a, b"', '"No"', '"[[A]]"']
    """
    if style == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if style != '"' and _is_plain(value, flow=flow):
        return value
    return json.dumps(value, ensure_ascii=not value.isprintable())


def _is_plain(value: str, *, flow: bool) -> bool:
    try:
        return bool(yaml.safe_load(f"[{value}]" if flow else f"- {value}") == [value])
    except yaml.YAMLError:
        return False
