"""An index of a glossary's names in small files, of which a search loads a few: no server, no large download.

The index is a trie over the words of names. A node with few terms is one file with all of them; a larger one is
a file with the most central of them, and its terms are sorted on by their next letter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from termatlas.publish.site import Site
from termatlas.publish.texts import folded, short

_LEAF: Final = 250  #: terms that one file lists in full
_BEST: Final = 60  #: the most central terms in a file that cannot list all
_DEEPEST: Final = 12  #: letters; words that still agree then are not told apart
_WORD: Final = re.compile(r"[^\W_]+")
# Writing without spaces between words: a search may begin at any sign of them.
_UNSPACED: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def search_files(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the files of the index: first the list of the others, then a file for each node of the trie."""
    entries = [_entry(site, slug) for slug in site.ranked]
    nodes = dict(_nodes("", [(word, number) for number, slug in enumerate(site.ranked) for word in _words(site, slug)]))
    categories = [[short(category.name, 60), category.colour] for category in site.categories.values()]
    whole = sorted(prefix for prefix, (complete, _) in nodes.items() if complete)
    partial = sorted(prefix for prefix, (complete, _) in nodes.items() if not complete)
    yield "site/search/index.js", _call("index", {"categories": categories, "whole": whole, "part": partial})
    for prefix, (_, numbers) in sorted(nodes.items()):
        yield f"site/search/{file_of(prefix)}.js", _call("shard", [prefix, [entries[number] for number in numbers]])


def file_of(prefix: str) -> str:
    """Name the file of a node: the same on every file system.

    >>> file_of("at"), file_of("注")
    ('6174', 'e6b3a8')
    """
    return prefix.encode().hex() or "all"


def _words(site: Site, slug: str) -> set[str]:
    term = site.glossary[slug]
    found = {word for name in (term.name, *term.aliases) for word in _WORD.findall(folded(name))}
    return found | {word[start:] for word in found if _UNSPACED.search(word) for start in range(1, min(len(word), 24))}


def _entry(site: Site, slug: str) -> list[Any]:
    """Describe a term: name, address, number of its category, other names."""
    term = site.glossary[slug]
    number = list(site.categories).index(term.category) if term.category else -1
    aliases = [short(alias, 60) for alias in term.aliases[:8] if alias]
    return [short(site.name(slug), 100), site.addresses[slug], number, *aliases]


def _nodes(prefix: str, found: list[tuple[str, int]]) -> Iterator[tuple[str, tuple[bool, list[int]]]]:
    """Yield the nodes from one down: what begins with it, whether these are all, and the terms."""
    numbers = sorted({number for _, number in found})
    if not numbers:
        return
    complete = len(numbers) <= _LEAF
    yield prefix, (complete, numbers if complete else numbers[:_BEST])
    if not complete and len(prefix) < _DEEPEST:
        for letter, below in _by_letter(len(prefix), found).items():
            yield from _nodes(prefix + letter, below)


def _by_letter(place: int, found: Iterable[tuple[str, int]]) -> dict[str, list[tuple[str, int]]]:
    groups: dict[str, list[tuple[str, int]]] = {}
    for word, number in found:
        if len(word) > place:
            groups.setdefault(word[place], []).append((word, number))
    return groups


def _call(name: str, value: object) -> str:
    """Write a call of the script's function, as ASCII: a file opened from disk has no encoding."""
    return f"termatlas.{name}({json.dumps(value, separators=(',', ':'))});\n"
