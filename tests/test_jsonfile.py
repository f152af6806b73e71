"""JSON and JSON Lines: entries are found wherever they lie, and errors name the place."""

from __future__ import annotations

import json
import resource
import time
from pathlib import Path
from typing import Any

import pytest

from termatlas.errors import SourceError
from termatlas.model import Problem, Term
from termatlas.sources.files import find_files
from termatlas.sources.jsonfile import JSON, JSONL
from termatlas.sources.options import Options
from termatlas.sources.reader import Reader


def items_of(reader: Reader, path: Path, options: Options | None = None) -> list[Any]:
    [file] = find_files([path])
    return list(reader.read(file, options or Options()))


def read(folder: Path, document: Any, options: Options | None = None, name: str = "terms.json") -> list[Term]:
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    items = items_of(JSON, path, options)
    assert all(isinstance(item, Term) for item in items)
    return items


def readers_that_know(folder: Path, name: str, text: str) -> list[str]:
    (folder / name).write_text(text, encoding="utf-8")
    [file] = find_files([folder / name])
    return [reader.name for reader in (JSON, JSONL) if reader.knows(file, file.head())]


CLIP = {"term": "CLIP", "definition": "Sees and reads.", "related": ["glip"]}
GLIP = {"term": "GLIP", "definition": "Finds."}
BARE = {"term": "BLIP"}
NAMELESS = "the entry has neither slug nor name; give it a name, or tell which field is the name with --map name=FIELD"


@pytest.mark.parametrize(
    ("document", "places"),
    [
        (CLIP, {"clip": ""}),
        ([CLIP, GLIP, BARE], {"clip": "/0", "glip": "/1", "blip": "/2"}),
        ({"title": "Mine", "description": "A glossary.", "list": [CLIP, BARE]}, {"clip": "/list/0", "blip": "/list/1"}),
        ({"a": {"terms": [CLIP]}, "b": {"terms": [GLIP]}}, {"clip": "/a/terms/0", "glip": "/b/terms/0"}),
        ({"clip": {"definition": "…"}, "x/y~z": {"name": "G", "text": "…"}}, {"clip": "/clip", "x/y~z": "/x~1y~0z"}),
        ({"meta": {"title": "Mine", "text": "…"}, "terms": [{"name": "CLIP", "text": "…"}]}, {"clip": "/terms/0"}),
        ({"terms": [CLIP], "authors": [{"name": "Ann", "description": "Writes."}]}, {"clip": "/terms/0"}),
        ({**CLIP, "papers": [{"title": "Learning", "summary": "…"}]}, {"clip": ""}),
        ({"name": "CLIP", "summary": "…", "seeAlso": [{"name": "GLIP", "summary": "…"}]}, {"clip": ""}),
        ({"name": "CLIP", "summary": "…", "author": {"name": "Ann", "description": "Writes."}}, {"clip": ""}),
        ({"name": "configuration", "version": 3, "files": ["a"], "scripts": {"test": "x"}}, {}),
        ([1, "two", None], {}),
    ],
)  # fmt: skip
def test_entries_are_found_wherever_they_lie(tmp_path: Path, document: Any, places: dict[str, str]) -> None:
    assert {term.slug: term.field for term in read(tmp_path, document)} == places


def test_the_place_of_a_link_is_a_pointer_and_its_position(tmp_path: Path) -> None:
    [term] = read(tmp_path, {"terms": [CLIP]})
    assert str(term.where_of(term.related[0])).endswith("terms.json, /terms/0, related[0]")


def test_a_node_link_graph_is_read_with_its_links(tmp_path: Path) -> None:
    document = {
        "directed": True,
        "nodes": [
            {"id": "clip", "name": "CLIP", "definition": "Sees.", "defined": True},
            {"id": "glip", "name": "GLIP", "defined": True},
            {"id": "wanted", "name": "Wanted", "defined": False},
        ],
        "links": [
            {"source": "clip", "target": "glip", "kind": "broader"},
            {"source": "clip", "target": "wanted", "kind": "related"},
        ],
    }
    terms = read(tmp_path, document)
    assert [term.slug for term in terms] == ["clip", "glip"]
    assert [(link.written, link.kind) for link in terms[0].related] == [("glip", "broader"), ("wanted", "related")]


def test_addresses_give_slugs_where_they_do_for_all(tmp_path: Path) -> None:
    def entries(*urls: str) -> list[dict[str, str]]:
        return [{"name": f"Name {place}", "definition": "…", "url": url} for place, url in enumerate(urls)]

    def slugs(*urls: str) -> list[str]:
        return [term.slug for term in read(tmp_path, entries(*urls))]

    assert slugs("https://x.org/t/a", "https://x.org/t/b/?q#f") == ["a", "b"]
    assert slugs("https://x.org/t/a", "https://x.org/u/a") == ["name-0", "name-1"]  # not unique
    assert slugs("https://x.org/t/a", "https://x.org/") == ["name-0", "name-1"]  # no segment
    assert slugs("https://x.org/t/a", "https://x.org/T_B.html") == ["name-0", "name-1"]  # not fit for a slug
    mixed = [*entries("https://x.org/t/a"), {"slug": "own", "name": "N", "url": "https://x.org/t/b"}]
    assert [term.slug for term in read(tmp_path, mixed)] == ["name-0", "own"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[\n{"term": "CLIP" 1}]', "line 2, column 17: this is not JSON (expecting ',' delimiter); correct it there"),
        ('[{"term": "CLIP",\n', "line 2, column 1: the JSON ends too early; restore the file, its end is missing"),
        ('{"term": "CL', "line 1, column 10: the JSON ends too early; restore the file, its end is missing"),
        ("\ufeff \n", "the file is empty; fill it or take it away"),
        ("{} {}", "line 1, column 4: this is not JSON (extra data); correct it there"),
        (f"[{'7' * 5000}]", "the JSON holds a number of thousands of digits; shorten it or write it as a string"),
    ],
)  # fmt: skip
def test_errors_name_the_place_and_the_cure(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(tmp_path, text)
    place = ", " if message.startswith("line") else ": "
    assert str(caught.value) == f"{(tmp_path / 'terms.json').as_posix()}{place}{message}"


@pytest.mark.parametrize("text", ["[" * 50_000, "[" * 50_000 + "]" * 50_000, '{"a":' * 50_000 + "1" + "}" * 50_000])
def test_nesting_of_50_000_is_an_error_or_no_term_and_never_a_crash(tmp_path: Path, text: str) -> None:
    try:
        assert read(tmp_path, text) == []
    except SourceError as error:
        assert error.problem in ("the JSON nests deeper than can be read", "the JSON ends too early")  # noqa: PT017


def test_what_python_lets_pass_passes(tmp_path: Path) -> None:
    text = '\ufeff[{"term": "No", "term": "CLIP", "definition": "Sees.", "rank": NaN, "max": Infinity}]'
    assert [term.name for term in read(tmp_path, text)] == ["CLIP"]


def test_an_entry_without_name_among_others_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "terms.json"
    path.write_text(json.dumps([CLIP, {"definition": "Nameless."}, 7]), encoding="utf-8")
    _, *problems = items_of(JSON, path)
    assert [str(problem).removeprefix(path.as_posix()) for problem in problems] == [
        f", /1: {NAMELESS}",
        f", /2: {NAMELESS}",
    ]


def test_a_bad_line_among_good_ones_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "terms.jsonl"
    lines = [b'\xef\xbb\xbf{"term": "A"}', b"", b'{"term": "B"', b'{"term": "\xff"}', b"[1]", b"{}", b'{"term": "C"}\r']
    path.write_bytes(b"\n".join(lines))
    items = items_of(JSONL, path)
    assert [(item.slug, item.line) for item in items if isinstance(item, Term)] == [("a", 1), ("c", 7)]
    assert [str(item).removeprefix(path.as_posix()) for item in items if isinstance(item, Problem)] == [
        ", line 3, column 13: the JSON ends too early; restore the file, its end is missing",
        ", line 4: byte 0xff is not UTF-8; save the file as UTF-8",
        ", line 5: the line is not a JSON object; write one object a line",
        f", line 6: {NAMELESS}",
    ]


@pytest.mark.parametrize(
    ("name", "text", "readers"),
    [
        ("a.json", '[{"term": "CLIP"}]', ["json"]),
        ("a.txt", '\ufeff \n{"term":\n "CLIP"}', ["json"]),
        ("a.json", '{"term": "A"}\n{"term": "B"}\n', ["jsonl"]),
        ("a.jsonl", '{"term": "A"}', ["jsonl"]),
        ("a.ndjson", "nonsense", ["jsonl"]),
        ("a.json", '{"@context": "https://schema.org", "@graph": []}', []),
        ("a.json", '{"text": "the key \\"@context\\": …"}', ["json"]),
        ("a.json", '[{"data":1},{"term":2},"CLIP"]', []),
        ("a.md", "# CLIP", []),
        ("a.json", "", []),
    ],
)
def test_the_content_picks_the_reader(tmp_path: Path, name: str, text: str, readers: list[str]) -> None:
    assert readers_that_know(tmp_path, name, text) == readers


def test_foldoc(corpora: Path) -> None:
    start = time.process_time()
    terms = items_of(JSONL, corpora / "foldoc" / "foldoc.jsonl")
    seconds = time.process_time() - start
    links = {(term.slug, link.written) for term in terms for link in term.related if "Terms" in link.field}
    assert (len(terms), len({term.slug for term in terms}), len(links)) == (11_596, 11_596, 40_503)
    assert len({term.category for term in terms}) == 123  # one of them is "", none
    assert seconds < 5  # it takes about 1


def test_papers_with_code_methods(corpora: Path) -> None:
    path = corpora / "pwc-methods" / "methods.json"
    terms = items_of(JSON, path)
    assert len({term.slug for term in terms}) == 2_194
    assert len({category for term in terms for category in term.categories}) == 358
    assert sum(not term.definition for term in terms) == 217
    overfeat = next(term for term in terms if term.name == "OverFeat")
    assert (overfeat.slug, overfeat.iri) == ("overfeat", "https://paperswithcode.com/method/overfeat")
    areas = items_of(JSON, path, Options(fields={"categories": "collections.area"}))
    assert len({category for term in areas for category in term.categories}) == 7


def test_json_lines_are_streamed(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(
            json.dumps({"term": f"T{place}", "definition": "word " * 1000}) + "\n" for place in range(8000)
        )
    [file] = find_files([path])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert sum(1 for _ in JSONL.read(file, Options())) == 8000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # KiB, of a file of 40 MB
