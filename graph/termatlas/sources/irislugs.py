"""IRIs → slugs that are short, unique and the same in every order of the file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import unquote

from termatlas.sources.fields import clean

_SIGNS = re.compile(r"[/#=]")


def slugs_of(iris: Iterable[str]) -> dict[str, str]:
    """Give each IRI a slug: its last segment, or as many more as tell it from the others.

    >>> slugs_of(["https://e.org/a/1", "https://e.org/b/1", "https://e.org/b#two%20words"])
    {'https://e.org/b#two%20words': 'two words', 'https://e.org/a/1': 'a-1', 'https://e.org/b/1': 'b-1'}
    """
    left = {iri: _segments(iri) for iri in dict.fromkeys(iris)}
    slugs: dict[str, str] = {}
    for length in range(1, max(map(len, left.values()), default=0) + 1):
        tries = {iri: "-".join(segments[-length:]) for iri, segments in left.items()}
        uses = Counter([*tries.values(), *slugs.values()])
        unique = {iri: slug for iri, slug in tries.items() if slug and uses[slug] == 1}
        slugs |= unique
        left = {iri: segments for iri, segments in left.items() if iri not in unique}
        if not left:
            break
    taken = set(slugs.values())
    for iri in sorted(left):
        slug = iri
        while slug in taken:
            slug += "~"
        taken.add(slug)
        slugs[iri] = slug
    return slugs


def _segments(iri: str) -> list[str]:
    parts = _SIGNS.split(iri)
    if len(parts) == 1:
        parts = iri.split(":")  # urn:isbn:…
    return [clean(unquote(part)) for part in parts if part]
