"""Sources become one glossary: which reader, what is left out, what is mixed, and the counts of real glossaries."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

import termatlas as ta
from termatlas.model import Glossary
from termatlas.sources import Options


def only(glossary: Glossary, kind: str) -> nx.DiGraph[str]:
    """Build the graph of a glossary's links of one kind."""
    graph = ta.build(glossary)
    graph.remove_edges_from([edge for edge in graph.edges if graph.edges[edge]["kind"] != kind])
    graph.remove_nodes_from([slug for slug in graph if not graph.nodes[slug]["defined"] and not graph.degree(slug)])
    return graph


def test_the_shipped_atlas_is_read_without_a_source() -> None:
    glossary = ta.read()
    assert glossary.title == "AI atlas"
    assert glossary.base_iri == "https://w3id.org/termatlas/ai/"
    assert glossary.problems == ()
    assert all(term.file.startswith("data/ai-terms/") for term in glossary.terms)


def test_sources_of_several_formats_are_one_glossary(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text('[{"term": "One", "definition": "1", "related": ["Two", "three", "Four"]}]')
    (tmp_path / "two.md").write_text("---\ntitle: Two\nrelated: [one]\n---\n\nThe second.\n")
    (tmp_path / "three.csv").write_text("term,definition,related\nThree,3,one;two\n")
    (tmp_path / "four.yaml").write_text("- term: Four\n  definition: '4'\n  related: [one]\n")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "five.jsonl").write_text('{"term": "Five", "definition": "5", "related": ["One"]}\n')
    (tmp_path / "links.csv").write_text("source,target,kind\nfive,two,see\n")
    glossary = ta.read(tmp_path)
    assert {source.reader for source in glossary.sources} == {"json", "markdown", "csv", "yaml", "jsonl"}
    graph = ta.build(glossary)
    assert set(graph) == {"one", "two", "three", "four", "five"}
    assert set(graph["one"]) == {"two", "three", "four"}
    assert graph.edges["five", "two"]["kind"] == "see"


def test_a_glob_and_a_repeated_source_read_each_file_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(f"# {name.upper()}\n\nText.\n")
    assert [term.slug for term in ta.read(f"{tmp_path}/*.md", tmp_path).terms] == ["a", "b"]


def test_a_table_of_links_alone_gives_a_graph(tmp_path: Path) -> None:
    (tmp_path / "links.csv").write_text("source,target\nAlpha,Beta\nBeta,Alpha\nBeta,Gamma\n")
    graph = ta.build(ta.read(tmp_path / "links.csv"))
    assert set(graph.edges) == {("alpha", "beta"), ("beta", "alpha"), ("beta", "gamma")}
    assert graph.nodes["gamma"]["defined"] is False


def test_settings_name_the_fields_of_a_source(tmp_path: Path) -> None:
    (tmp_path / "terms.json").write_text('[{"headword": "A", "xrefs": ["B"], "meaning": "first"}]')
    (tmp_path / "termatlas.toml").write_text(
        'title = "Words"\n[map]\nterm = "headword"\nrelated = "xrefs"\ndefinition = "meaning"\n'
    )
    glossary = ta.read(tmp_path)
    assert (glossary.title, glossary.terms[0].definition) == ("Words", "first")
    assert set(ta.build(glossary)) == {"a", "b"}


def test_the_seed_page_is_one_term_with_three_wanted_links(seeds: Path) -> None:
    glossary = ta.read(seeds / "foundation-model-vision.payload.json")
    (term,) = glossary.terms
    assert (term.slug, term.name, term.categories) == (
        "foundation-model-vision",
        "Vision Foundation Model",
        ("vision",),
    )
    assert term.definition.startswith("A vision foundation model is a large model")
    assert term.explanation
    assert len(term.questions) == 2
    graph = ta.build(glossary)
    assert ta.orphans(graph)["wanted"] == ["clip", "segment-anything-model", "self-supervised-learning-vision"]
    assert graph.nodes["clip"]["name"] == "CLIP"


def test_pages_that_are_no_glossary_hold_no_term(corpora: Path) -> None:
    glossary = ta.read(corpora / "nuxt-payloads", options=Options(reader=""))
    assert glossary.terms == ()
    assert glossary.problems == ()
    assert sum(source.reader == "nuxt" for source in glossary.sources) == 256


def test_ml_glossary_has_the_counts_of_its_readme(corpora: Path) -> None:
    glossary = ta.read(corpora / "ml-glossary-mlg" / "terms")
    graph = only(glossary, "related")
    assert len(glossary) == 381
    found = ta.orphans(graph)
    assert {status: len(slugs) for status, slugs in found.items()} == {
        "isolated": 78, "orphan": 136, "dead-end": 67, "wanted": 7,
    }  # fmt: skip
    assert graph.number_of_edges() == 451
    assert nx.number_of_selfloops(graph) == 2
    assert sum(target in set(found["wanted"]) for _, target in graph.edges) == 8
    assert len({t.slug for t in glossary.terms if any(link.kind == "inline" for link in t.related)}) == 85


GOOGLE = Options(
    reader="csv", delimiter="|", fields={"name": "1", "explanation": "2"}, strip="(Google Machine Learning Glossary)",
    home="https://developers.google.com/machine-learning/glossary/#",
)  # fmt: skip

#: glossary → (options, terms, links between two terms and to oneself, wanted terms)
COUNTS = {
    "ml-glossary-mlg/terms": (None, 381, 517, 11),
    "gpu-glossary/gpu-glossary": (None, 83, 652, 0),
    "google-ml-flashcards/google-ml-glossary-en.csv": (GOOGLE, 413, 782, 39),
    "pwc-methods/methods.json": (None, 2194, 1900, 5),
    "foldoc/foldoc.jsonl": (None, 11596, 40503, 0),
    "skos-uat/UAT.rdf": (None, 2372, 5982, 0),
    "skos-physh/physh_skos_compat.ttl": (None, 3925, 9623, 0),
}


@pytest.mark.parametrize("name", COUNTS)
def test_real_glossaries_have_their_counts(corpora: Path, name: str) -> None:
    options, terms, links, wanted = COUNTS[name]
    glossary = ta.read(corpora / name, options=options)
    graph = ta.build(glossary)
    assert len(glossary) == terms
    assert graph.number_of_edges() == links
    assert len(graph) - terms == wanted


@pytest.mark.parametrize("folder", ["skosmos-test-vocabs", "skohub", "vocpub/examples"])
def test_vocabularies_are_read_without_a_crash(corpora: Path, folder: str) -> None:
    glossary = ta.read(corpora / folder)
    assert len(glossary) > 10
    ta.build(glossary)
