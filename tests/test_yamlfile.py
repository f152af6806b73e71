from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termatlas.errors import SourceError
from termatlas.model import Problem, Term
from termatlas.resolve import resolve
from termatlas.sources.files import SourceFile, find_files
from termatlas.sources.options import Options
from termatlas.sources.yamlfile import YAML
from termatlas.sources.yamltree import documents

Read = Callable[..., list[Term]]


def file_of(path: Path) -> SourceFile:
    (file,) = find_files([path])
    return file


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(text: str, options: Options | None = None) -> list[Term]:
        path = tmp_path / "t.yaml"
        path.write_text(text, encoding="utf-8")
        return [item for item in YAML.read(file_of(path), options or Options()) if isinstance(item, Term)]

    return read


def problems(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    return [str(item) for item in YAML.read(file_of(path), Options()) if isinstance(item, Problem)]


def test_a_list_of_terms(read: Read) -> None:
    clip, vit = read(
        "- term: CLIP\n  slug: clip\n  definition: >\n    A model\n    of text.\n"
        "  related:\n  - vit\n  - {slug: bert}\n- term: ViT\n"
    )
    assert (clip.name, clip.slug, clip.definition, clip.line, clip.field) == (
        "CLIP",
        "clip",
        "A model of text.",
        1,
        "/0",
    )
    assert [(link.written, link.line, link.field) for link in clip.related] == [
        ("vit", 7, "/0, related[0]"),
        ("bert", 8, "/0, related[1]"),
    ]
    assert (vit.slug, vit.line) == ("vit", 9)


def test_a_mapping_from_slugs_to_terms(read: Read) -> None:
    found = read("clip: {name: CLIP, definition: x}\nAttention Mechanism:\n  definition: y\nno: {related: [clip]}\n")
    assert [(term.slug, term.name, term.line) for term in found] == [
        ("clip", "CLIP", 1),
        ("attention-mechanism", "Attention Mechanism", 2),
        ("no", "no", 4),
    ]


def test_terms_wherever_they_lie(read: Read) -> None:
    found = read(
        "name: My glossary\ndescription: About it.\ngroups:\n- terms:\n  - {name: A, text: x}\n"
        "- {terms: [{name: B, text: y}]}\nmore/~:\n  c: {name: C, text: z}\n---\nname: D\nsummary: w\n"
    )
    assert [(term.name, term.field, term.line) for term in found] == [
        ("A", "/groups/0/terms/0", 5),
        ("B", "/groups/1/terms/0", 6),
        ("C", "/more~1~0/c", 8),
        ("D", "", 10),
    ]


def test_a_title_page_with_terms_is_no_term(read: Read) -> None:
    assert [term.name for term in read("title: G\nsummary: x\nterms: [{term: A, definition: y}]")] == ["A"]


def test_a_terms_own_lists_are_no_glossary(read: Read) -> None:
    (a,) = read("term: A\ndefinition: x\nreferences: [{title: P, summary: y}]\nrelated: [{name: B, definition: z}]")
    assert (a.name, [link.written for link in a.related]) == ("A", ["B"])


def test_what_is_no_glossary_holds_no_term(read: Read) -> None:
    assert read("name: CI\non: [push]\njobs: {test: {steps: [{run: pytest, name: Test}]}}") == []
    assert read("") == read("# nothing") == read("just text") == read("[1, 2]") == []


def test_scalars_are_text(read: Read) -> None:
    found = read(
        "- {term: No, definition: x}\n- {term: 1e3, definition: 2020-01-01}\n- {term: 'null', definition: ~}\n"
    )
    assert [(term.name, term.definition) for term in found] == [("No", "x"), ("1e3", "2020-01-01"), ("null", "")]


def test_aliases_and_merge_keys(read: Read) -> None:
    found = read("- &a {term: A, definition: x, category: K}\n- {<<: *a, term: B}\n- *a\n")
    assert [(term.name, term.category) for term in found] == [("A", "K"), ("B", "K"), ("A", "K")]


def test_bad_entries_among_good_ones(tmp_path: Path) -> None:
    text = "- {term: A, definition: x}\n- definition: y\n- B\n-\n"
    path = tmp_path / "t.yaml"
    assert problems(path, text) == [
        f'{path}, line 2, /1: neither a name nor a slug; give the entry a "term"',
        f'{path}, line 3, /2: a text among terms; write it as a mapping with "term" and "definition"',
    ]


def _bomb() -> str:
    rows = "".join(f"a{row}: &a{row} [{', '.join([f'*a{row - 1}'] * 10)}]\n" for row in range(1, 12))
    return f"a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n{rows}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (_bomb(), "line 6, column 45: aliases repeat more than 1,000,000 values; write the values out"),
        ("[" * 50_000, "line 1, column 101: nested deeper than 100 levels; write it flatter"),
        ("- " * 50_000, "line 1, column 201: nested deeper than 100 levels; write it flatter"),
        ("a: &x [*x]", 'line 1, column 8: the alias "*x" stands for nothing; put the value\'s anchor before it'),
        ("? [a]\n: b", "line 1, column 5: a key is not text; put the key between quotation marks"),
        ("a: b: c", "line 1, column 5: not YAML (mapping values are not allowed in this context); put a value"),
        ("- a\n\tb: c", "line 2, column 1: not YAML (found"),
        ("x: 1\na: 'b\n\nc: d", "line 2, column 4: not YAML (found unexpected end of stream); put a value"),
        ("a: \x01", "line 1, column 4: not YAML (control characters are not allowed); put a value"),
    ],
)
def test_what_cannot_be_read(read: Read, text: str, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(text)
    assert str(caught.value).partition("t.yaml, ")[2].startswith(message)


VALUES = st.recursive(
    st.none() | st.text(alphabet="ab:#- '\"\n", max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(alphabet="ab: ", max_size=3), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(VALUES)
@settings(deadline=None)
def test_what_pyyaml_writes_is_read_back(value: object) -> None:
    import yaml

    (document,) = documents(yaml.safe_dump(value), "t.yaml")
    assert document.value == value


@pytest.mark.parametrize(
    ("name", "text", "known"),
    [
        ("a.yaml", "a: b", True),
        ("a.YML", "", True),
        ("a.yaml", '{"term": "x"}', False),
        ("a.yml", "@prefix a: <b> .", False),
        ("a.txt", "# terms\n---\n- term: A\n", True),
        ("a", '- "see also": A\n', True),
        ("a.txt", "- a list of things: b\n", True),
        ("a.txt", "- a list\n", False),
        ("a.md", "- term: A\n", False),
    ],
)
def test_which_files_are_yaml(tmp_path: Path, name: str, text: str, known: bool) -> None:
    (tmp_path / name).write_text(text)
    file = file_of(tmp_path / name)
    assert YAML.knows(file, file.head()) is known


def test_an_ontology_of_attacks(corpora: Path) -> None:
    fields = {
        "broader": "subtechnique-of",
        "part_of": "tactics",
        "related": "techniques.id",
        "prerequisite": "procedure.technique",
        "category": "object-type",
    }
    file = file_of(corpora / "mitre-atlas" / "dist" / "ATLAS.yaml")
    found = resolve([item for item in YAML.read(file, Options(fields=fields)) if isinstance(item, Term)])
    assert Counter(term.category for term in found) == {
        "technique": 170,
        "case-study": 57,
        "mitigation": 35,
        "tactic": 16,
    }
    links = {(term.slug, link.target) for term in found for link in term.related if link.kind != "inline"}
    assert len(links) == 864
    lines = file.text().split("\n")
    for term in found[:40]:
        assert lines[term.line - 1].strip() == f"- id: {term.slug}"
        assert all(link.written in lines[link.line - 1] for link in term.related if link.kind != "inline")
