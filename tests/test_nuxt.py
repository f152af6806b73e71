"""Nuxt payloads: the term is found by its fields, wherever it lies, and nothing else becomes one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from termatlas.errors import SourceError
from termatlas.model import Term
from termatlas.sources.files import SourceFile, find_files
from termatlas.sources.nuxt import READER
from termatlas.sources.options import Options

CLIP = {"slug": "clip", "term": "CLIP", "shortDefinition": "Sees and reads.", "explanation": "One.\n\nTwo."}
STUB = {"slug": "glip", "name": "GLIP"}


def encode(root: Any) -> str:
    """Encode a value as devalue does: each object once, referred to by its index."""
    written: list[Any] = []
    index_of: dict[int, int] = {}

    def refer(value: Any) -> int:
        if isinstance(value, list | dict) and id(value) in index_of:
            return index_of[id(value)]
        index = index_of[id(value)] = len(written)
        written.append(value)
        if isinstance(value, dict):
            written[index] = {key: refer(item) for key, item in value.items()}
        elif isinstance(value, list):
            written[index] = [refer(item) for item in value]
        return index

    refer(root)
    return json.dumps(written)


def page(*found: Any) -> str:
    return encode({"data": {"$fabc": list(found)}, "state": {}})


def read(folder: Path, text: str, name: str = "_payload.json", options: Options | None = None) -> list[Term]:
    (folder / name).write_text(text, encoding="utf-8")
    [file] = find_files([folder / name])
    assert READER.knows(file, file.head())
    return [item for item in READER.read(file, options or Options()) if isinstance(item, Term)]


def slugs(terms: list[Term]) -> list[str]:
    return [term.slug for term in terms]


def test_the_real_page_holds_one_term(seeds: Path) -> None:
    [file] = find_files([seeds / "foundation-model-vision.payload.json"])
    assert READER.knows(file, file.head())
    [term] = READER.read(file, Options())
    assert isinstance(term, Term)
    assert (term.slug, term.name, term.categories) == (
        "foundation-model-vision",
        "Vision Foundation Model",
        ("vision",),
    )
    assert term.definition.startswith("A vision foundation model is")
    assert len(term.explanation.split("\n\n")) == 7
    assert [question.question for question in term.questions] == [
        "What makes a model a vision foundation model?",
        "Which vision foundation model should I use?",
    ]
    assert [(link.written, link.name, link.field) for link in term.related] == [
        ("self-supervised-learning-vision", "Self-Supervised Learning for Vision", "value 3, relatedTerms[0]"),
        ("clip", "CLIP", "value 3, relatedTerms[1]"),
        ("segment-anything-model", "Segment Anything Model", "value 3, relatedTerms[2]"),
    ]
    assert term.field == "value 3"


def test_real_pages_that_are_no_glossary_hold_no_term(corpora: Path) -> None:
    files = [file for file in find_files([corpora / "nuxt-payloads"]) if READER.knows(file, file.head())]
    assert len(files) == 256
    assert [item for file in files for item in READER.read(file, Options())] == []


@pytest.mark.parametrize(
    "record",
    [
        STUB,
        {"question": "What is CLIP?", "answer": "A model."},
        {"title": "Home", "description": "The home page.", "links": [{"title": "About", "url": "/about"}]},
        {"seoTitle": "CLIP | Site", "seoDescription": "…", "ogTitle": "CLIP"},
        {"name": "Ann", "description": "Writes about vision.", "url": "/ann"},
        {"slug": "post-1", "title": "A post", "summary": "About…", "content": "Long…", "tags": ["a"], "related": ["b"]},
        {"id": 7, "name": "Chair", "description": "Wooden.", "category": "seats", "price": 9},
        {"title": "", "searchDepth": 2, "depth": 2, "links": [{"id": "a", "depth": 2, "text": "A"}]},
        {"@type": "Article", "headline": "CLIP", "name": "CLIP", "description": "…"},
        {"term": 5, "definition": None},
    ],
)  # fmt: skip
def test_other_records_are_no_terms(tmp_path: Path, record: dict[str, Any]) -> None:
    assert read(tmp_path, page(record)) == []


def test_mapped_fields_make_a_glossary_of_other_records(tmp_path: Path) -> None:
    record = {"title": "CLIP", "description": "Sees and reads."}
    assert slugs(read(tmp_path, page(record), options=Options(fields={"definition": "description"}))) == ["clip"]


def test_a_list_of_terms_is_read_in_its_order_and_each_term_once(tmp_path: Path) -> None:
    glip = {**CLIP, "slug": "glip", "term": "GLIP"}
    thin = {"slug": "blip", "term": "BLIP", "definition": "Captions."}
    terms = read(tmp_path, page([glip, CLIP, thin], CLIP, {"again": glip}))
    assert slugs(terms) == ["glip", "clip", "blip"]


def test_terms_in_a_cycle_are_read_once_each(tmp_path: Path) -> None:
    a: dict[str, Any] = {"slug": "a", "term": "A", "definition": "The first."}
    b: dict[str, Any] = {"slug": "b", "term": "B", "definition": "The second.", "relatedTerms": [a]}
    a["relatedTerms"] = [b, a]
    terms = read(tmp_path, page(a))
    assert [(term.slug, [link.written for link in term.related]) for term in terms] == [("a", ["b", "a"]), ("b", ["a"])]


def test_a_card_in_the_links_of_a_term_is_a_reference_unless_it_stands_elsewhere_too(tmp_path: Path) -> None:
    card = {"slug": "glip", "term": "GLIP", "shortDefinition": "Finds."}
    assert slugs(read(tmp_path, page({**CLIP, "relatedTerms": [card]}))) == ["clip"]
    assert slugs(read(tmp_path, page({**CLIP, "relatedTerms": [card]}, [card]))) == ["clip", "glip"]


def test_a_term_under_50_000_lists_is_found(tmp_path: Path) -> None:
    depth = 50_000
    lists = ",".join(f"[{index + 1}]" for index in range(1, depth + 1))
    term = f'{{"term":{depth + 2},"definition":{depth + 3}}},"CLIP","Sees."'
    [found] = read(tmp_path, f'[{{"data":1}},{lists},{term}]')
    assert (found.slug, found.field) == ("clip", f"value {depth + 1}")


def test_undefined_fields_and_sparse_lists_are_as_if_absent(tmp_path: Path) -> None:
    record = '{"slug":-1,"term":2,"definition":3,"relatedTerms":4,"explanation":6}'
    text = f'[{{"data":1}},{record},"CLIP","Sees.",[-7,99999999,5,7],0,[6],"glip"]'
    [term] = read(tmp_path, text)
    assert (term.slug, [link.written for link in term.related], term.explanation) == ("clip", ["glip"], "")


def test_payloads_of_every_wrapping_are_known(tmp_path: Path) -> None:
    for text in (
        '[["ShallowReactive",1],{"data":2},{"term":3,"definition":4},"CLIP","Sees."]',
        '[{"data":1,"pinia":3},["Reactive",2],{"term":4,"definition":5},["skipHydrate",6],"CLIP","Sees.",{}]',
    ):
        assert slugs(read(tmp_path, text, "any-name.json")) == ["clip"]


@pytest.mark.parametrize(
    "text", ['[{"id":1},{"id":2}]', '[{"term":"CLIP"}]', '{"data":1}', "[]", "[[1,2],[3,4]]", "[", "", "# Title"]
)
def test_other_files_are_not_payloads(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    [file] = find_files([path])
    assert not READER.knows(file, file.head())


@pytest.mark.parametrize(
    "attributes", ['id="__NUXT_DATA__" type="application/json"', "data-ssr='true' id='__NUXT_DATA__'"]
)
def test_a_page_holds_its_payload_inline(tmp_path: Path, attributes: str) -> None:
    filler = "<p>words</p>\n" * 8000  # beyond the first 64 KiB
    scripts = f"<script>let a = '<b>'</script>{filler}<script {attributes}>{page(CLIP)}</script>"
    [term] = read(tmp_path, f"<!doctype html>\n<html>{scripts}</html>", "page.html")
    assert (term.slug, term.line) == ("clip", 8002)


def test_a_page_without_a_payload_is_not_known(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html><script id='other'>[1]</script></html>", encoding="utf-8")
    [file] = find_files([path])
    assert not READER.knows(file, file.head())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"data":1},["Map",2],3]', "value 1: a reference is missing or not a number"),
        ('[{"data":1},{"a":2', "line 1, column 19: the JSON ends too early"),
        (
            '<html><script id="__NUXT_DATA__">[[1],["BigInt","x"]]</script>',
            "line 1, value 1: a BigInt is no integer of at most 4,300 digits",
        ),
    ],
)
def test_damaged_payloads_name_file_and_place(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "_payload.json"
    path.write_text(text, encoding="utf-8")
    file = SourceFile(path=path, label="page/_payload.json", root=tmp_path)
    with pytest.raises(SourceError) as caught:
        list(READER.read(file, Options()))
    assert str(caught.value) == f"page/_payload.json, {message}; save the page's payload again"
