"""Finding a term by what people call it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from heapq import nlargest
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from termatlas.errors import UnknownTerm

if TYPE_CHECKING:
    import networkx as nx


def find_term(graph: nx.DiGraph[Any], text: str) -> str:
    """Find the slug of a term by its slug, its name or an alias.

    Exact spelling goes before upper and lower case, a slug before a name before an alias, a term with a page before
    a wanted one, and the smallest slug before the others. Raises `UnknownTerm` with the three nearest names.

    >>> import networkx as nx
    >>> graph = nx.DiGraph()
    >>> graph.add_node("convolution", name="Convolution", aliases=("CNN layer",))
    >>> find_term(graph, "cnn Layer")
    'convolution'
    >>> find_term(graph, "convolutoin")
    Traceback (most recent call last):
    termatlas.errors.UnknownTerm: no term is called "convolutoin"; near it: Convolution
    """
    if text in graph:
        return text
    folded = text.strip().casefold()
    answers = [
        (call.strip() != text.strip(), place, not attributes.get("defined", True), slug)
        for slug, attributes in graph.nodes.items()
        for place, call in enumerate(_calls(slug, attributes))
        if call.strip().casefold() == folded
    ]
    if not answers:
        raise UnknownTerm(text, nearest(graph, text))
    return str(min((unlike, min(place, 2), wanted, slug) for unlike, place, wanted, slug in answers)[-1])


def nearest(graph: nx.DiGraph[Any], text: str, count: int = 3) -> list[str]:
    """Give the names of the terms whose slug, name or alias looks most like a text; the most alike first.

    The 200 terms that share the most pairs of letters with it are compared letter by letter.
    """
    asked = text.strip().casefold()
    letters = _pairs(asked)

    def shared(slug: str) -> tuple[float, str]:
        overlaps = (_overlap(letters, _pairs(call.casefold())) for call in _calls(slug, graph.nodes[slug]))
        return max(overlaps), slug

    def likeness(slug: str) -> tuple[float, str]:
        matcher = SequenceMatcher(b=asked, autojunk=False)
        ratios = []
        for call in _calls(slug, graph.nodes[slug]):
            matcher.set_seq1(call.casefold())
            ratios.append(matcher.ratio())
        return -max(ratios), slug

    alike = sorted(nlargest(200, graph, key=shared), key=likeness)
    names = dict.fromkeys(str(graph.nodes[slug].get("name", slug)) for slug in alike)
    return list(names)[:count]


def _calls(slug: str, attributes: dict[str, Any]) -> Iterator[str]:
    yield slug
    yield attributes.get("name", slug)
    yield from attributes.get("aliases", ())


def _pairs(text: str) -> frozenset[str]:
    padded = f" {text} "
    return frozenset(map("".join, pairwise(padded)))


def _overlap(some: frozenset[str], others: frozenset[str]) -> float:
    return len(some & others) / len(some | others)
