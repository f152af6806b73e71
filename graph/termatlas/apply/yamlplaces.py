"""Where the terms of a YAML file stand in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from termatlas.apply.model import NotWritable
from termatlas.apply.spelling import House
from termatlas.apply.yamlnodes import Layout, layout_seen, plain
from termatlas.model import Term


def roots_of(text: str) -> list[Node]:
    """Parse the documents of a file into nodes that know their places."""
    return list(yaml.compose_all(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def node_of(roots: Sequence[Node], term: Term) -> MappingNode:
    """Find the mapping that describes a term, by its line (which document?) and its pointer.

    Raises `NotWritable` where the pointer leads through an alias, or to none.
    """
    node: Node | None = [root for root in roots if root.start_mark.line < term.line][-1]
    for step in term.field.split("/")[1:]:
        node = _child(node, step.replace("~1", "/").replace("~0", "~"))
    if not isinstance(node, MappingNode):
        raise NotWritable("its place in the YAML is lent from another by an alias")
    return node


def _child(node: Node | None, step: str) -> Node | None:
    """Give a child of a node; None where it is elsewhere."""
    children: list[tuple[str, Node]] = []
    if isinstance(node, MappingNode):
        children = [(key.value, value) for key, value in node.value if isinstance(key, ScalarNode)]
    elif isinstance(node, SequenceNode):
        children = [(str(position), item) for position, item in enumerate(node.value)]
    found = [child for key, child in children if key == step]
    if node is None or not found or found[-1].start_mark.index < node.start_mark.index:
        return None
    return found[-1]


def layout_of(text: str, roots: Sequence[Node], house: House) -> Layout:
    """Find out how a file lays out its lists of links."""
    seen = Counter(layout_seen(text, key, value) for key, value in _lists(roots, house.key))
    return seen.most_common(1)[0][0] if seen else Layout()


def sample_of(roots: Sequence[Node], key: str) -> Mapping[str, Any]:
    """Give a link as a file writes it where it writes links as mappings; else an empty one."""
    lasts = (value.value[-1] for _, value in _lists(roots, key) if value.value)
    first = next(lasts, None)
    return plain(first) if isinstance(first, MappingNode) else {}


def _lists(roots: Sequence[Node], name: str) -> Iterator[tuple[Node, SequenceNode]]:
    """Yield the lists that stand under a key of this name, anywhere, each once."""
    done: set[int] = set()
    stack = list(reversed(roots))
    while stack:
        node = stack.pop()
        if id(node) in done or isinstance(node, ScalarNode):
            continue
        done.add(id(node))
        pairs = node.value if isinstance(node, MappingNode) else [(None, item) for item in node.value]
        for key, value in pairs:
            if key is not None and key.value == name and isinstance(value, SequenceNode):
                yield key, value
        stack.extend(value for _, value in reversed(pairs))
