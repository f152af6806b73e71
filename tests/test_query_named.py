"""The named queries: each answered on a small glossary, and against the library's own measures."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

import termatlas as ta
from termatlas.export.rdf import to_store
from termatlas.model import Glossary, Question, Reference, Term
from termatlas.query import named_queries, query

BASE = "https://example.org/glossary/"


def term(slug: str, *links: str, **said: object) -> Term:
    """Make a term with links, each ``slug`` or ``kind:slug``."""
    pairs = [link.rpartition(":") for link in links]
    related = tuple(Reference(written=to, target=to, kind=kind or "related") for kind, _, to in pairs)
    return Term(slug=slug, name=str(said.pop("name", slug.upper())), related=related, **said)  # type: ignore[arg-type]  # fields of Term


GLOSSARY = Glossary(
    terms=(
        term("animal", categories=("Beings",), definition="What eats."),
        term("cat", "broader:mammal", "dog", categories=("Beings",), definition="It purrs."),
        term("dog", "broader:mammal", "cat", "leash", "leash", categories=("Beings",), aliases=("Hound",)),
        term("mammal", "broader:animal", categories=("Beings",), definition="It has hair."),
        term("leash", "leash", "collar", categories=("Things",), definition="A strap for a dog."),
        term("hound", "dog", categories=("Things",), definition="A DOG that hunts.", language="de"),
        term("alone", questions=(Question(question="Why?", answer="So."), Question(question="How?", answer="So."))),
        term("egg", "broader:hen"),
        term("hen", "broader:egg"),
    )
)

EXPECTED: dict[str, list[tuple[object, ...]]] = {
    "above": [("animal", "ANIMAL"), ("mammal", "MAMMAL")],
    "broader-cycles": [("egg", "EGG"), ("hen", "HEN")],
    "categories": [("category/beings", "Beings", 4), ("category/things", "Things", 2)],
    "common-neighbours": [("mammal", "MAMMAL")],
    "dead-ends": [("animal", "ANIMAL")],
    "definitions-with": [("hound", "HOUND", "A DOG that hunts."), ("leash", "LEASH", "A strap for a dog.")],
    "isolated": [("alone", "ALONE")],
    "languages": [("en", 9, 10), ("de", 1, 1)],
    "link-kinds": [("linksTo", "links to", 11), ("broader", "broader", 5)],
    "links-across-categories": [("Beings", "Things", 1), ("Things", "Beings", 1)],
    "links-to-wanted": [("leash", "LEASH", "collar", "collar")],
    "mappings": [],
    "most-above": [
        ("cat", "CAT", 2), ("dog", "DOG", 2), ("egg", "EGG", 2), ("hen", "HEN", 2), ("mammal", "MAMMAL", 1),
    ],
    "most-linked": [
        ("dog", "DOG", 2), ("mammal", "MAMMAL", 2), ("animal", "ANIMAL", 1), ("cat", "CAT", 1),
        ("collar", "collar", 1), ("egg", "EGG", 1), ("hen", "HEN", 1), ("leash", "LEASH", 1),
    ],
    "neighbours": [
        ("cat", "CAT", "both ways"), ("hound", "HOUND", "linked from"), ("leash", "LEASH", "links to"),
        ("mammal", "MAMMAL", "links to"),
    ],
    "one-way-links": [
        ("cat", "CAT", "mammal", "MAMMAL"), ("dog", "DOG", "leash", "LEASH"), ("dog", "DOG", "mammal", "MAMMAL"),
        ("hound", "HOUND", "dog", "DOG"), ("mammal", "MAMMAL", "animal", "ANIMAL"),
    ],
    "orphans": [("hound", "HOUND")],
    "questions": [("alone", "ALONE", "Why?"), ("alone", "ALONE", "How?")],
    "same-label": [("hound", 2, "dog", "hound")],
    "terms-of-category": [("hound", "HOUND"), ("leash", "LEASH")],
    "terms-without-definition": [("alone", "ALONE"), ("dog", "DOG"), ("egg", "EGG"), ("hen", "HEN")],
    "top-terms": [("animal", "ANIMAL", 3)],
    "unreachable": [
        ("alone", "ALONE"), ("egg", "EGG"), ("hen", "HEN"), ("hound", "HOUND"),
    ],
    "wanted": [("collar", "collar", 1)],
}  # fmt: skip
VALUES = {
    "above": {"term": "Cat"},
    "common-neighbours": {"one": "cat", "other": "dog"},
    "definitions-with": {"text": "dog"},
    "neighbours": {"term": "dog"},
    "terms-of-category": {"category": "things"},
    "unreachable": {"start": "dog"},
}


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    return to_store(GLOSSARY)


def local(value: object) -> object:
    return value.removeprefix(BASE).removeprefix("https://w3id.org/termatlas/ns#") if isinstance(value, str) else value


def rows(source: Glossary | pyoxigraph.Store, name: str, **values: str) -> list[tuple[object, ...]]:
    found = query(source, name, **values)
    assert isinstance(found, ta.Solutions)
    return [tuple(map(local, row)) for row in found.rows]


def test_every_named_query_has_a_question_and_an_expectation() -> None:
    assert list(EXPECTED) == list(named_queries())
    assert len(EXPECTED) >= 12
    for each in named_queries().values():
        assert each.question.endswith("?")
        assert set(VALUES.get(each.name, {})) == set(each.parameters)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_named_query_finds_what_there_is(store: pyoxigraph.Store, name: str) -> None:
    assert rows(store, name, **VALUES.get(name, {})) == EXPECTED[name]


def test_mappings_are_found() -> None:
    store = to_store(GLOSSARY)
    mapped = pyoxigraph.NamedNode("http://www.wikidata.org/entity/Q146")
    skos = "http://www.w3.org/2004/02/skos/core#"
    store.add(pyoxigraph.Quad(pyoxigraph.NamedNode(BASE + "cat"), pyoxigraph.NamedNode(f"{skos}exactMatch"), mapped))
    assert rows(store, "mappings") == [("cat", "CAT", f"{skos}exactMatch", mapped.value)]


def test_mappings_of_the_shipped_atlas_are_found(tmp_path: Path) -> None:
    file = tmp_path / "mappings.csv"
    file.write_text(
        "term,match,target\nCLIP,exact,Q4115189\nOverfitting,,https://e.org/overfitting\n", encoding="utf-8"
    )
    atlas = ta.read()
    mapped = to_store(atlas, ta.align(file, atlas))
    skos = "http://www.w3.org/2004/02/skos/core#"
    assert [row[1:] for row in rows(mapped, "mappings")] == [
        ("CLIP", f"{skos}exactMatch", "http://www.wikidata.org/entity/Q4115189"),
        ("Overfitting", f"{skos}closeMatch", "https://e.org/overfitting"),
    ]
    assert len(mapped) == len(to_store(atlas)) + 3  # schema:sameAs mirrors the exact one


@pytest.mark.parametrize("folder", ["ml-glossary-mlg", "gpu-glossary"])
def test_named_queries_agree_with_the_measures_of_the_library(corpora: Path, folder: str) -> None:
    glossary = ta.read(str(corpora / folder))
    store, graph = to_store(glossary), ta.build(glossary)
    names = {"isolated": "isolated", "orphans": "orphan", "dead-ends": "dead-end", "wanted": "wanted"}
    plan_iri = {slug: f"{glossary.base_iri}{slug}" for slug in graph}
    for name, status in names.items():
        found = {row[0] for row in query(store, name).rows}  # type: ignore[union-attr]  # they SELECT
        assert found == {plan_iri[slug] for slug in ta.orphans(graph)[status]}, name
    one_way = {(row[0], row[2]) for row in query(store, "one-way-links").rows}  # type: ignore[union-attr]  # as above
    assert one_way == {(plan_iri[low], plan_iri[high]) for low, high in ta.one_way_links(graph)}
    indegree = {row[0]: row[2] for row in query(store, "most-linked").rows}  # type: ignore[union-attr]  # as above
    loops = {slug: int(graph.has_edge(slug, slug)) for slug in graph}
    assert all(
        indegree[plan_iri[slug]] == graph.in_degree(slug) - loops[slug] for slug in graph if plan_iri[slug] in indegree
    )
    assert max(graph.in_degree(slug) - loops[slug] for slug in graph) == max(map(int, map(str, indegree.values())))
