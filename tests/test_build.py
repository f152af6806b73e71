"""The graph of a glossary."""

from __future__ import annotations

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from termatlas.build import build
from termatlas.model import Glossary, Reference, Term
from termatlas.resolve import resolve


def glossary(links: dict[str, list[str]]) -> Glossary:
    terms = (Term(slug=s, name=s.upper(), related=tuple(Reference(written=t) for t in ts)) for s, ts in links.items())
    return Glossary(terms=tuple(resolve(terms)))


def test_nodes_carry_the_attributes_of_the_contract() -> None:
    page = Term(
        slug="clip", name="CLIP", aliases=("OpenAI CLIP",), categories=("Vision", "Text"), definition="A model.",
        related=(Reference(written="sam", target="sam", name="SAM", kind="see"),),
    )  # fmt: skip
    graph = build(Glossary(terms=(page,)))
    assert graph.nodes["clip"] == {
        "name": "CLIP",
        "category": "Vision",
        "categories": ("Vision", "Text"),
        "defined": True,
        "definition": "A model.",
        "aliases": ("OpenAI CLIP",),
    }
    assert graph.nodes["sam"]["name"] == "SAM"
    assert graph.nodes["sam"]["defined"] is False
    assert graph.edges["clip", "sam"] == {"kind": "see", "position": 0}


def test_the_first_of_two_terms_with_one_slug_counts_and_both_give_links() -> None:
    first, second = (
        Term(slug="a", name=name, related=(Reference(written=t, target=t),)) for name, t in (("One", "x"), ("Two", "y"))
    )
    graph = build(Glossary(terms=(first, second)))
    assert graph.nodes["a"]["name"] == "One"
    assert set(graph["a"]) == {"x", "y"}


def test_the_first_of_two_links_to_one_term_counts() -> None:
    links = (Reference(written="b", target="b", kind="broader"), Reference(written="b", target="b"))
    assert build(Glossary(terms=(Term(slug="a", name="A", related=links),))).edges["a", "b"]["kind"] == "broader"


SLUGS = st.text("abAÄ <\"\\/&'.", min_size=1, max_size=4).filter(str.strip)


@settings(deadline=None, max_examples=150)
@given(st.dictionaries(SLUGS, st.lists(SLUGS, max_size=5), max_size=8))
def test_every_link_is_an_edge_and_every_end_a_node(links: dict[str, list[str]]) -> None:
    made = glossary(links)
    graph = build(made)
    assert isinstance(graph, nx.DiGraph)
    assert {(t.slug, link.target) for t in made.terms for link in t.related} == set(graph.edges)
    assert {slug for slug, defined in graph.nodes(data="defined") if defined} == set(links)
    assert all(sum(len(t.related) for t in made.terms if t.slug == s) == len(links[s]) for s in links)
    assert list(graph)[: len(links)] == list(links)
