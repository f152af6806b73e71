"""Generate a glossary whose texts mention terms: the same size and seed give the same bytes.

The texts of `generate` are words alone, in which no term's name stands but by chance. Here they name four of five
of the terms that the page links to, and as many others that it does not, so that there is something to find.

Usage: python tests/bench/generate_mentions.py 100k GLOSSARY.jsonl
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import generate

_NAMED = 0.8


def main(size: str, path: str) -> None:
    """Write a generated glossary to a file."""
    with Path(path).open("w", encoding="utf-8") as stream:
        for term in terms(generate.count_of(size)):
            stream.write(json.dumps(term, ensure_ascii=False) + "\n")


def terms(count: int, seed: int = generate.SEED) -> Iterator[dict[str, Any]]:
    """Generate the terms of a glossary, in the shape of the pages of real ones."""
    chance = Random(seed)
    plain = list(generate.terms(count, seed))
    names = {term["slug"]: term["term"] for term in plain}
    slugs = list(names)
    for term in plain:
        linked = [slug for slug in term["relatedTerms"] if slug in names and chance.random() < _NAMED]
        named = [*linked, *chance.choices(slugs, k=len(linked))]
        chance.shuffle(named)
        words = term["explanation"].rstrip(".").split()
        yield term | {"explanation": " ".join(_sentences(words, [names[slug].lower() for slug in named]))}


def _sentences(words: list[str], named: list[str]) -> Iterator[str]:
    """Put a name into each sentence; words that are left over follow."""
    size = max(2, len(words) // (len(named) + 1))
    for at, name in enumerate(named):
        here = words[at * size : (at + 1) * size]
        yield " ".join([*here[: size // 2], name, *here[size // 2 :]]).capitalize() + "."
    yield " ".join(words[len(named) * size :]).capitalize() + "."


if __name__ == "__main__":
    main(*sys.argv[1:])
