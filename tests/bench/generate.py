"""Generate a glossary of a given size, as JSON Lines: the same size and seed give the same bytes.

It has the traits that cost time in real ones: about five links a term, given more often to terms that have many
already (preferential attachment: Barabási and Albert, Emergence of scaling in random networks, 1999), four of five
of them within the term's category, one in fifty to a page that nobody wrote; a text of about forty words.

Usage: python tests/bench/generate.py 10k GLOSSARY.jsonl
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import accumulate, product
from pathlib import Path
from random import Random
from typing import Any

SEED = 1
_LINKS = (0, 2, 3, 4, 5, 5, 5, 6, 7, 8, 10)  # of a term: five on average
_WITHIN = 0.8
_WANTED = 0.02
_TEXT = 40  # words
_WORDS = 6_000


def main(size: str, path: str) -> None:
    """Write a generated glossary to a file."""
    with Path(path).open("w", encoding="utf-8") as stream:
        for term in terms(count_of(size)):
            stream.write(json.dumps(term, ensure_ascii=False) + "\n")


def count_of(size: str) -> int:
    """Read a size: ``500``, ``10k``."""
    return int(size.removesuffix("k")) * (1_000 if size.endswith("k") else 1)


def terms(count: int, seed: int = SEED) -> Iterator[dict[str, Any]]:
    """Generate the terms of a glossary, in the shape of the pages of real ones."""
    chance = Random(seed)
    words = _words(chance)
    names = _names(count, words, chance)
    slugs = [name.lower().replace(" ", "-") for name in names]
    places = max(2, round(count**0.5 / 4))
    category_of = [chance.randrange(places) for _ in names]
    links = _links(category_of, places, chance)
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))  # Zipf's law
    for at, name in enumerate(names):
        text = chance.choices(words, cum_weights=weights, k=_TEXT)
        yield {
            "slug": slugs[at],
            "term": name,
            "aliases": [_initials(name)] if at % 10 == 0 else [],
            "category": f"subject {category_of[at] + 1}",
            "definition": f"{name} is {' '.join(text[:10])}.",
            "explanation": f"{' '.join(text[10:]).capitalize()}.",
            "relatedTerms": [_target(slugs, other, chance) for other in links[at]],
        }


def _words(chance: Random) -> list[str]:
    """Make words that no language has, in an order that tells which are frequent."""
    syllables = ["".join(letters) for letters in product("bdfgklmnprstvz", "aeiou")]
    pairs = ["".join(pair) for pair in product(syllables, repeat=2)]
    threes = ["".join(chance.choices(syllables, k=3)) for _ in range(_WORDS)]
    return list(dict.fromkeys(chance.sample(pairs, _WORDS // 3) + threes))


def _names(count: int, words: Sequence[str], chance: Random) -> list[str]:
    names: dict[str, None] = {}
    while len(names) < count:
        names[" ".join(chance.choices(words, k=chance.choice((2, 2, 3)))).capitalize()] = None
    return list(names)


def _links(category_of: Sequence[int], places: int, chance: Random) -> list[list[int]]:
    """Choose whom each term links to; -1 is a wanted term. A term is in an urn once, and once for each link to it."""
    everyone = list(range(len(category_of)))
    urns: list[list[int]] = [[] for _ in range(places)]
    for at, category in enumerate(category_of):
        urns[category].append(at)
    chosen: list[list[int]] = [[] for _ in category_of]
    for at in chance.sample(everyone, len(everyone)):
        targets: dict[int, None] = {}
        for _ in range(chance.choice(_LINKS)):
            target = chance.choice(urns[category_of[at]] if chance.random() < _WITHIN else everyone)
            if chance.random() < _WANTED:
                targets[-1] = None
            elif target != at and target not in targets:
                targets[target] = None
                urns[category_of[target]].append(target)
                everyone.append(target)
        chosen[at] = list(targets)
    return chosen


def _target(slugs: Sequence[str], at: int, chance: Random) -> str:
    return f"{chance.choice(slugs)}-unwritten" if at < 0 else slugs[at]


def _initials(name: str) -> str:
    return "".join(word[:2] for word in name.split()).upper()


if __name__ == "__main__":
    main(*sys.argv[1:])
