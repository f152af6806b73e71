"""Find the entries of a glossary in a JSON document, wherever they lie.

Entries stand in a list, or in a mapping whose keys stand in for their slugs, or as the nodes of a
node-link graph. One of them makes the others entries, too: an entry without a definition is a gap
in a glossary, not a record of another sort. A record that stands alone is an entry if its keys are
a glossary's, and else only where the document holds no list of entries (it describes the document).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from termatlas.sources.fields import LINK_FIELDS, is_term, select
from termatlas.sources.recognize import is_sure_term

_OTHERS = frozenset({"questions", *LINK_FIELDS})  #: fields whose records are not entries of the document
_TEXTS_AND_LINKS = frozenset({"definition", "explanation", *LINK_FIELDS})


class Entry(NamedTuple):
    """A record, the JSON pointer to it and the key that it stands under where that is its slug."""

    pointer: str
    record: Any
    key: str = ""


def find_entries(document: Any, fields: Mapping[str, str]) -> list[list[Entry]]:
    """Find the groups of entries that stand together; groups with a glossary's keys drive out others.

    >>> [[entry]] = find_entries({"data": {"clip": {"definition": "…"}}}, {})
    >>> entry
    Entry(pointer='/data/clip', record={'definition': '…'}, key='clip')
    """
    groups: list[list[Entry]] = []
    alone: list[list[Entry]] = []
    stack = [Entry("", document)]
    while stack:
        found = stack.pop()
        if group := _group(found, fields):
            groups.append(group)
            continue
        is_alone = isinstance(found.record, Mapping) and is_term(found.record, fields)
        if is_alone:
            alone.append([found])
        stack.extend(reversed(_parts(found, fields) if is_alone else _children(found)))
    sure = [group for group in groups if any(is_sure_term(entry.record, fields) for entry in group)]
    return sure or groups or _outermost(alone)


def _group(found: Entry, fields: Mapping[str, str]) -> list[Entry]:
    """Give the entries that a value is made of, none where it is made of something else."""
    value = found.record
    if isinstance(value, list):
        return _children(found) if any(is_term(item, fields) for item in value) else []
    if not isinstance(value, Mapping):
        return []
    if is_sure_term(value, fields):
        return [found]
    return _nodes(found) or (_keyed(found) if _is_keyed(value, fields) else [])


def _is_keyed(value: Mapping[str, Any], fields: Mapping[str, str]) -> bool:
    """Tell a mapping of slugs to entries: more than half of its values are entries but for their name."""
    described = sum(
        isinstance(item, Mapping) and not _TEXTS_AND_LINKS.isdisjoint(select(item, fields)) for item in value.values()
    )
    return 2 * described > len(value)


def _keyed(found: Entry) -> list[Entry]:
    children = zip(found.record, _children(found), strict=True)
    return [child._replace(key=key) for key, child in children if isinstance(child.record, Mapping)]


def _nodes(found: Entry) -> list[Entry]:
    """Give the nodes of a node-link graph with their links; a node that says it is not defined is none."""
    document = found.record
    nodes, links = document.get("nodes"), document.get("links", document.get("edges"))
    if not (isinstance(nodes, list) and isinstance(links, list) and all(isinstance(node, dict) for node in nodes)):
        return []
    related = _links_by_source(links)
    return [
        Entry(f"{found.pointer}/nodes/{place}", {"related": related.get(node.get("id"), []), **node})
        for place, node in enumerate(nodes)
        if node.get("defined") is not False
    ]


def _links_by_source(links: list[Any]) -> dict[Any, list[dict[str, Any]]]:
    related: defaultdict[Any, list[dict[str, Any]]] = defaultdict(list)
    for link in links:
        if isinstance(link, dict) and isinstance(link.get("source"), str | int):
            related[link["source"]].append({"slug": link.get("target"), "kind": link.get("kind")})
    return related


def _children(found: Entry) -> list[Entry]:
    value = found.record
    if isinstance(value, list):
        return [Entry(f"{found.pointer}/{place}", item) for place, item in enumerate(value)]
    if isinstance(value, Mapping):
        return [Entry(f"{found.pointer}/{_escaped(key)}", item) for key, item in value.items()]
    return []


def _parts(found: Entry, fields: Mapping[str, str]) -> list[Entry]:
    """List what a record holds beside its links and questions."""
    own = {id(value) for field, (_, value) in select(found.record, fields).items() if field in _OTHERS}
    return [child for child in _children(found) if id(child.record) not in own]


def _escaped(key: str) -> str:
    """Escape a key for a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


def _outermost(alone: list[list[Entry]]) -> list[list[Entry]]:
    """Drop what lies inside another; the pointers come from the outside in."""
    kept: list[list[Entry]] = []
    for (entry,) in alone:
        if not any(entry.pointer.startswith(f"{outer.pointer}/") for (outer,) in kept):
            kept.append([entry])
    return kept
