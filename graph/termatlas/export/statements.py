"""What the vocabularies of a glossary say, as N-Triples: as it was, with what is ours to add.

A term that is as it was read is written word for word. Beside that stands nothing in SKOS, only ``ta:linksTo``, so that
one question about links holds for every source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from termatlas.export.blocks import PREFIXES, Plan
from termatlas.export.changed import changed, without_members
from termatlas.export.unsaid import also_written
from termatlas.model import Term

_TA = PREFIXES["ta"]
_REACHED = re.compile(rb"^(?:<[^>]*> (_:\S+)|<http://www\.w3\.org/2008/05/skos-xl#[^>]*> <([^>]*)>) \.$", re.MULTILINE)


def imported_ntriples(plan: Plan) -> Iterator[bytes]:
    """Yield what vocabularies say, one thing at a time."""
    vocabularies = plan.glossary.vocabularies
    done: set[str] = set()
    for vocabulary in vocabularies:
        for node in vocabulary.statements:
            if node not in plan.imported.gone and node not in done:
                yield _subject(node, _said(plan, node))
                if len(vocabularies) > 1:
                    done.add(node)
    for slug, node in plan.imported.nodes.items():
        if slug in plan.links.wanted:
            yield _subject(node, f'<{_TA}status> "wanted" .\n'.encode())


def term_ntriples(plan: Plan, slug: str) -> Iterator[bytes]:
    """Yield what vocabularies say about one term, and about the labels and blank nodes that it leads to."""
    node = plan.nodes[slug]
    if slug in plan.imported.nodes and slug in plan.links.wanted:
        yield _subject(node, f'<{_TA}status> "wanted" .\n'.encode())
    waiting, done = [node], {node}
    while waiting:
        said = _said(plan, here := waiting.pop(0))
        yield _subject(here, said)
        found = ((blank or label).decode() for blank, label in _REACHED.findall(said))
        new = [other for other in dict.fromkeys(found) if other not in done]
        done.update(new)
        waiting += new


def _said(plan: Plan, node: str) -> bytes:
    """Give what all vocabularies say about a node, each statement once, and what is ours to add."""
    texts = [text for one in plan.glossary.vocabularies if (text := one.statements.get(node))]
    said = texts[0] if len(texts) == 1 else b"".join(dict.fromkeys(chain.from_iterable(map(_lines, texts))))
    if node not in plan.imported.terms:
        return without_members(said, plan.imported.regrouped) if plan.imported.regrouped else said
    was, now = plan.imported.terms[node]
    if was != now:
        said = changed(plan, said, was, now)
    return said + "".join(_ours(plan, now)).encode()


def _lines(text: bytes) -> list[bytes]:
    return text.splitlines(keepends=True)


def _ours(plan: Plan, term: Term) -> Iterator[str]:
    for slug in sorted({link.target for link in term.related}):
        node = plan.nodes[slug]
        yield f"<{_TA}linksTo> {node if node.startswith('_:') else f'<{node}>'} .\n"
    if plan.glossary.get(term.slug) is term and (others := plan.own.get(term.slug)):
        yield from (f"<{_TA}alsoWritten> {_quoted(text)} .\n" for text in also_written(others, plan.labels))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _subject(node: str, said: bytes) -> bytes:
    start = (node if node.startswith("_:") else f"<{node}>").encode() + b" "
    return b"".join([start + line for line in _lines(said)])


def joined(parts: Iterable[bytes], at_least: int = 1 << 20) -> Iterator[bytes]:
    """Join texts until a megabyte is full."""
    held: list[bytes] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size >= at_least:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)
