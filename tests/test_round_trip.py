from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termatlas.export.rdf import rdf_bytes
from termatlas.export.syntaxes import SUFFIXES
from termatlas.model import Description, Glossary, Question, Reference, Resolution, Term
from termatlas.sources.options import Options
from termatlas.sources.read import read

#: Where a record was read, or how; all else has to come back.
PLACES: dict[str, Any] = {"file": "", "line": 0, "field": ""}

texts = st.one_of(
    st.sampled_from(["", " ", "  a ", "a\r\nb", "\n\na\n", "\x00", "\x0b\x1f", "\ud800", "\ud83d\ude00",
                     "\\uD83D", "\ufffe", "\ufffd", "\u202eא",
                     "é", "e\u0301", "</script>", "]]>", "--", '"\\', "😀", "\u0085\u2028", "%41", "Ä ä", "A", "a",
                     "@en", "^^"]),
    st.text("aB \n\r\t\x00\x0b\x7f\ud800\udc00\ufffe\"'\\<>&é😀\u202e-.#/:", max_size=8),
)  # fmt: skip
slugs = st.one_of(
    st.sampled_from(
        ["index", "a/b", "..", ".", " ", "a b", "A", "a", "http://e.org/x", "_:b0", "#", "%2F", "category"]
    ),
    st.text("aB/.# \x00\ud800é:~=%", min_size=1, max_size=4),
)
kinds = st.sampled_from(
    ["related", "broader", "narrower", "see", "part_of", "partOf", "", "\x00", "2nd", "status", "≠"]
)
languages = st.sampled_from(["", "en", "EN", "en-GB", "de", "zh-hant-tw", "english (UK)", "x\x00"])
resolutions: st.SearchStrategy[Resolution] = st.sampled_from(
    ["slug", "name", "alias", "iri", "folded", "slugified", "ambiguous", "wanted"]
)
lists = st.lists(texts, max_size=4).map(tuple)


@st.composite
def links(draw: st.DrawFn, targets: list[str]) -> Reference:
    target = draw(st.sampled_from([*targets, "wanted", "also wanted/", "\x00"]))
    plain = Reference(
        written=target, target=target, kind=draw(kinds), resolution="slug" if target in targets else "wanted"
    )
    if draw(st.booleans()):
        return plain
    candidates = tuple(draw(st.lists(slugs, max_size=2)))
    return replace(plain, written=draw(texts), name=draw(texts), resolution=draw(resolutions), candidates=candidates)


@st.composite
def glossaries(draw: st.DrawFn) -> Glossary:
    names = draw(st.lists(slugs, min_size=1, max_size=5))
    terms = tuple(
        Term(
            slug=slug,
            name=draw(texts),
            aliases=draw(lists),
            categories=draw(lists),
            definition=draw(texts),
            explanation=draw(texts),
            related=tuple(draw(st.lists(links(names), max_size=4))),
            questions=tuple(draw(st.lists(st.builds(Question, question=texts, answer=texts), max_size=2))),
            iri=draw(st.sampled_from(["", "https://e.org/a", "https://example.org/glossary/a", "no iri", "a b:c"])),
            anchors=draw(lists),
            language=draw(languages),
            deprecated=draw(st.booleans()),
        )
        for slug in names
    )
    base = draw(st.sampled_from(["https://example.org/glossary/", "https://e.org/g", "https://e.org/g#", "urn:x:"]))
    return Glossary(terms=terms, title=draw(texts), language=draw(languages), base_iri=base)


def bare(glossary: Glossary) -> list[Term]:
    """Give the terms without their places: by slug, and in their order where they share one."""
    terms = (
        replace(term, **PLACES, related=tuple(replace(link, line=0, field="") for link in term.related))
        for term in glossary.terms
    )
    return sorted(terms, key=lambda term: term.slug)


def come_back(glossary: Glossary, syntax: str, folder: Path) -> Glossary:
    path = folder / f"glossary{SUFFIXES[syntax]}"
    path.write_bytes(rdf_bytes(glossary, syntax))
    return read(path, options=Options())


def about(glossary: Glossary) -> tuple[str, str, str]:
    return glossary.title, glossary.language, glossary.base_iri


@pytest.mark.parametrize("syntax", sorted(SUFFIXES))
@settings(deadline=None, max_examples=int(os.environ.get("TERMATLAS_EXAMPLES", "200")))
@given(glossary=glossaries())
def test_no_field_is_lost(tmp_path_factory: pytest.TempPathFactory, syntax: str, glossary: Glossary) -> None:
    back = come_back(glossary, syntax, tmp_path_factory.getbasetemp())
    assert bare(back) == bare(glossary)
    assert about(back) == about(glossary)
    assert back.vocabularies == ()
    assert rdf_bytes(back, syntax) == rdf_bytes(glossary, syntax)


#: glossary → how to read it
SOURCES = {
    "ml-glossary-mlg/terms": Options(),
    "gpu-glossary/gpu-glossary": Options(),
    "google-ml-flashcards/google-ml-glossary-en.csv": Options(
        reader="csv", delimiter="|", fields={"name": "1", "explanation": "2"}
    ),
    "pwc-methods/methods.json": Options(),
    "mitre-atlas": Options(),
    "foldoc/foldoc.jsonl": Options(),
}


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_real_glossaries_come_back_whole(corpora: Path, tmp_path: Path, name: str) -> None:
    options = replace(SOURCES[name], title="Real", base_iri="https://e.org/real/", language="en-GB")
    glossary = read(corpora / name, options=options)
    for syntax in sorted(SUFFIXES) if len(glossary) < 1_000 else ["turtle"]:
        back = come_back(glossary, syntax, tmp_path)
        assert bare(back) == bare(glossary), syntax
        assert about(back) == about(glossary)


def test_the_shipped_atlas_comes_back_whole(tmp_path: Path) -> None:
    atlas = read()
    back = come_back(atlas, "turtle", tmp_path)
    assert bare(back) == bare(atlas)
    assert about(back) == about(atlas)


def small() -> Glossary:
    links = tuple(Reference(written=slug, target=slug, resolution="slug") for slug in ("vit", "bert"))
    clip = Term(slug="clip", name="CLIP", aliases=("b", "a"), related=links, categories=("Vision",))
    return Glossary(terms=(clip, Term(slug="vit", name="ViT"), Term(slug="bert", name="BERT")), title="AI")


def edited(folder: Path, *changes: tuple[str, str]) -> Term:
    """Export, edit the Turtle by hand, and read it again."""
    text = rdf_bytes(small(), "turtle").decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "edited.ttl").write_text(text, encoding="utf-8")
    return read(folder / "edited.ttl", options=Options())["clip"]


def test_what_the_statements_say_counts_when_they_were_edited(tmp_path: Path) -> None:
    assert edited(tmp_path).aliases == ("b", "a")
    assert edited(tmp_path, ('altLabel "a"@en , "b"@en', 'altLabel "c"@en , "a"@en')).aliases == ("a", "c")
    assert edited(tmp_path, ('prefLabel "CLIP"@en', 'prefLabel "Clip"@en')).name == "Clip"
    links = edited(tmp_path, ("ta:linksTo term:bert , term:vit", "ta:linksTo term:new , term:vit")).related
    assert [(link.target, link.resolution) for link in links] == [("vit", "slug"), ("new", "wanted")]
    assert edited(tmp_path, ('ta:asWritten "', 'ta:asWritten "no JSON ')).aliases == ("a", "b")


def test_what_somebody_added_is_written_again(tmp_path: Path) -> None:
    added = 'term:clip skos:exactMatch <http://www.wikidata.org/entity/Q1> ; skos:prefLabel "clip"@de .\n'
    (tmp_path / "v.ttl").write_bytes(rdf_bytes(small(), "turtle") + added.encode())
    glossary = read(tmp_path / "v.ttl", options=Options())
    assert bare(glossary) == bare(small())
    for syntax in SUFFIXES:
        again = come_back(glossary, syntax, tmp_path)
        assert bare(again) == bare(small())
        text = rdf_bytes(again, "nt").decode()
        assert '/clip> <http://www.w3.org/2004/02/skos/core#prefLabel> "clip"@de .' in text
        assert text.count("<http://www.wikidata.org/entity/Q1>") == 1
        assert text.count('core#prefLabel> "CLIP"@en') == 1


def test_what_others_say_in_our_words_is_no_word_of_ours(tmp_path: Path) -> None:
    described = replace(small(), description=Description(text="On AI.", history="Made by hand."))
    added = [
        'skos:historyNote "Named in 2021."@en',
        "dct:creator <https://e.org/ada>",
        'dct:created "2021-01-05"',
        "a <https://e.org/Model>",
        "skos:inScheme <https://e.org/other>",
        'skos:definition "Eine Definition."@de',
    ]
    lines = "".join(f"term:clip {said} .\n" for said in added)
    (tmp_path / "v.ttl").write_bytes(rdf_bytes(described, "turtle") + lines.encode())
    glossary = read(tmp_path / "v.ttl", options=Options())
    assert bare(glossary) == bare(small())
    assert glossary.description == described.description
    before = set(rdf_bytes(described, "nt").splitlines())
    after = rdf_bytes(glossary, "nt").splitlines()
    assert len(after) == len(set(after)) == len(before) + len(added)
    assert before < set(after)
    for syntax in SUFFIXES:
        assert sorted(rdf_bytes(come_back(glossary, syntax, tmp_path), "nt").splitlines()) == sorted(after)


def test_lone_surrogates_side_by_side_stay_two(tmp_path: Path) -> None:
    glossary = Glossary(terms=(Term(slug="a", name="\ud83d\ude00", definition="\\uD83D 😀 \ud83d"),))
    for syntax in SUFFIXES:
        assert bare(come_back(glossary, syntax, tmp_path)) == bare(glossary)


def test_of_two_glossaries_the_first_names_the_whole_and_the_other_keeps_its_addresses(tmp_path: Path) -> None:
    other = replace(small(), title="Other", base_iri="https://other.org/", language="de")
    (tmp_path / "a.ttl").write_bytes(rdf_bytes(small(), "turtle"))
    (tmp_path / "b.ttl").write_bytes(rdf_bytes(other, "turtle"))
    both = read(tmp_path, options=Options())
    assert about(both) == about(small())
    assert [(term.iri, term.language) for term in both.terms if term.slug == "vit"] == [
        ("", ""),
        ("https://other.org/vit", "de"),
    ]


def test_options_come_before_what_a_file_says(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_bytes(rdf_bytes(small(), "turtle"))
    moved = read(tmp_path / "a.ttl", options=Options(title="Mine", base_iri="https://mine.org/"))
    assert about(moved) == ("Mine", "en", "https://mine.org/")
    assert moved["vit"].iri == "https://example.org/glossary/vit"


def test_relations_that_were_added_by_hand_are_links(tmp_path: Path) -> None:
    link = Reference(written="b", target="b")
    terms = (Term(slug="a", name="A", related=(link,)), Term(slug="b", name="B"), Term(slug="c", name="C"))
    edited = tmp_path / "edited.ttl"
    added = b"term:a skos:broader term:c . term:c skos:related term:b .\n"
    edited.write_bytes(rdf_bytes(Glossary(terms=terms), "turtle") + added)
    again = tmp_path / "again.ttl"
    again.write_bytes(rdf_bytes(read(edited), "turtle"))
    for file in (edited, again):
        links = {term.slug: [(each.target, each.kind) for each in term.related] for term in read(file).terms}
        assert links == {"a": [("b", "related"), ("c", "broader")], "b": [], "c": [("b", "related")]}
