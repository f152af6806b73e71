"""How a written link finds its term."""

from __future__ import annotations

import pytest

from termatlas.model import Reference, Term
from termatlas.resolve import Index, find, resolve, unify_categories


def term(slug: str, name: str = "", **fields: object) -> Term:
    return Term(slug=slug, name=name or slug, **fields)  # type: ignore[arg-type] # any field may be given


TERMS = (
    term("clip", "CLIP", aliases=("Contrastive pre-training",), iri="https://site.example/terms/clip/"),
    term("c-plus-plus", "C++"),
    term("a-b-testing", "A/B testing"),
    term("cuda-core", "CUDA core", anchors=("device/cuda-core",)),
    term("host-core", "Core", anchors=("host/core",)),
    term("device-core", "core", anchors=("device/core",)),
    term("attention", "Attention (general)", aliases=("Weighting",)),
    term("vision-attention", "Attention in vision", aliases=("Attention!", "Weighting")),
)


@pytest.mark.parametrize(
    ("written", "slug", "resolution"),
    [
        ("clip", "clip", "slug"),
        ("CLIP", "clip", "name"),
        ("Contrastive pre-training", "clip", "alias"),
        ("http://site.example/terms/clip", "clip", "iri"),
        ("contrastive  PRE-training", "clip", "folded"),
        ("contrastive_pre_training", "clip", "slugified"),
        ("c++", "c-plus-plus", "folded"),
        ("A/B_testing", "a-b-testing", "slugified"),
        ("/glossary/device/cuda-core", "cuda-core", "iri"),
        ("../host/core.md#part", "host-core", "iri"),
        ("/techniques/a-b-testing", "a-b-testing", "slug"),
        ("clip#training", "clip", "slug"),
        ("Core", "host-core", "name"),
        ("attention", "attention", "slug"),
    ],
)
def test_a_link_resolves_exactly_then_folded_then_as_a_slug(written: str, slug: str, resolution: str) -> None:
    found = find(Index(TERMS), written)
    assert (found.candidates, found.resolution) == ((slug,), resolution)


def test_an_ambiguous_link_is_a_wanted_term_that_knows_its_candidates() -> None:
    source = term("s", related=(Reference(written="Weighting"),))
    link = resolve([*TERMS, source])[-1].related[0]
    assert link.resolution == "ambiguous"
    assert link.candidates == ("attention", "vision-attention")
    assert link.target == "weighting"
    assert link.target not in {t.slug for t in TERMS}


def test_the_slug_of_the_name_settles_between_terms_of_one_name() -> None:
    terms = [term("go", "Go"), term("go-game", "Go"), term("s", related=(Reference(written="Go"),))]
    assert resolve(terms)[2].related[0].target == "go"


def test_spellings_of_one_unknown_name_want_one_term() -> None:
    links = tuple(Reference(written=text) for text in ("Data lake", "data-lake", "DATA LAKE"))
    related = resolve([term("s", related=links)])[0].related
    assert {link.target for link in related} == {"data-lake"}
    assert [link.name for link in related] == ["Data lake", "data-lake", "DATA LAKE"]


def test_an_unknown_slug_is_wanted_in_the_style_of_the_glossary() -> None:
    links = (Reference(written="Foo_Bar"), Reference(written="???"))
    assert [link.target for link in resolve([term("S_1", related=links)])[0].related] == ["Foo_Bar", "???"]
    assert [link.target for link in resolve([term("s-1", related=links)])[0].related] == ["foo-bar", "???"]


def test_the_name_that_a_link_gives_its_target_is_kept() -> None:
    link = resolve([term("s", related=(Reference(written="sam", name="Segment Anything"),))])[0].related[0]
    assert (link.target, link.name, link.resolution) == ("sam", "Segment Anything", "wanted")


def test_web_addresses_in_text_are_links_only_within_the_glossary() -> None:
    links = tuple(
        Reference(written=f"https://{address}", kind="inline")
        for address in (
            "site.example/terms/clip",
            "site.example/terms/dino",
            "arxiv.example/abs/1",
            "home.example/#C++",
        )
    )
    related = resolve([*TERMS, term("s", related=links)], home="https://home.example/#")[-1].related
    assert [link.target for link in related] == ["clip", "dino", "c-plus-plus"]


def test_paths_into_other_parts_of_the_site_are_no_links() -> None:
    links = tuple(Reference(written=path, kind="inline") for path in ("/terms/clip/", "/terms/dino/", "/about/team/"))
    related = resolve([*TERMS, term("s", related=links)])[-1].related
    assert [(link.target, link.name) for link in related] == [("clip", ""), ("dino", "dino")]


def test_a_web_address_among_related_terms_is_never_dropped() -> None:
    related = resolve([term("s", related=(Reference(written="https://other.example/Thing"),))])[0].related
    assert [link.target for link in related] == ["thing"]


def test_a_link_to_its_own_term_resolves() -> None:
    assert resolve([term("s", "Self", related=(Reference(written="Self"),))])[0].related[0].target == "s"


def test_categories_get_their_most_frequent_spelling() -> None:
    spelt = ("Machine learning", "machine-learning", "Machine learning", "Vision")
    terms, spellings = unify_categories([term(str(n), categories=(c,), file="f") for n, c in enumerate(spelt)])
    assert [t.category for t in terms] == ["Machine learning", "Machine learning", "Machine learning", "Vision"]
    assert [(s.kept, s.spelt) for s in spellings] == [("Machine learning", ("Machine learning", "machine-learning"))]
