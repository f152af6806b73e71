from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termatlas.errors import SourceError
from termatlas.model import Reference, Term
from termatlas.resolve import resolve
from termatlas.sources.files import find_files
from termatlas.sources.markdown import READER
from termatlas.sources.options import Options
from termatlas.sources.places import target_of

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, text: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write


def read(root: Path, options: Options | None = None) -> list[Term]:
    files = [file for file in find_files([root]) if READER.knows(file, file.head()) and not READER.leaves_out(file)]
    found = [term for file in files for term in READER.read(file, options or Options())]
    assert all(isinstance(term, Term) for term in found)
    return [term for term in found if isinstance(term, Term)]


def read_one(root: Path, options: Options | None = None) -> Term:
    (term,) = read(root, options)
    return term


def test_a_page_with_front_matter(tmp_path: Path, write: Write) -> None:
    write(
        "vision/clip.md",
        "---\nterm: CLIP\naliases: [Contrastive LIP]\ncategory: Models\nrelated:\n- vit\n- bert\nbroader: model\n---\n"
        "A model of [text](../nlp/text.md).\n\nTrained on *pairs*.\n\n## Use\n\nSearch, with [[Faiss]].\n",
    )
    term = read_one(tmp_path)
    assert (term.slug, term.name, term.line, term.aliases) == ("clip", "CLIP", 2, ("Contrastive LIP",))
    assert (term.categories, term.anchors) == (("Models",), ("vision/clip", "clip"))
    assert term.definition == "A model of text."
    assert term.explanation == "Trained on pairs.\n\nUse\n\nSearch, with Faiss."
    assert sorted(term.related, key=lambda link: link.line) == [
        Reference(written="vit", line=6, field="related[0]"),
        Reference(written="bert", line=7, field="related[1]"),
        Reference(written="model", kind="broader", line=8, field="broader[0]"),
        Reference(written="nlp/text", name="text", kind="inline", line=10, field="text link 1"),
        Reference(written="Faiss", name="Faiss", kind="inline", line=16, field="text link 2"),
    ]


def test_a_page_without_front_matter_is_named_by_its_heading_or_file(tmp_path: Path, write: Write) -> None:
    write("Attention Mechanism.md", "Weighs inputs.")
    write("bert.md", "\n# *BERT*, a model\n\nReads text.\n\n# More\n")
    by_slug = {term.slug: term for term in read(tmp_path)}
    assert by_slug["attention-mechanism"].name == "Attention Mechanism"
    assert "Attention Mechanism" in by_slug["attention-mechanism"].anchors
    bert = by_slug["bert"]
    assert (bert.name, bert.line, bert.definition, bert.explanation) == ("BERT, a model", 2, "Reads text.", "More")


def test_a_page_of_front_matter_alone_is_a_term_without_definition(tmp_path: Path, write: Write) -> None:
    write("a.md", "---\ntitle: A\n---")
    assert (read_one(tmp_path).name, read_one(tmp_path).definition) == ("A", "")


@pytest.mark.parametrize(
    ("title", "name"),
    [('"Colons: a study"', "Colons: a study"), ("No", "No"), ("1e3", "1e3"), ("2020-01-01", "2020-01-01"), ("~", "a")],
)
def test_a_title_is_text_whatever_yaml_would_make_of_it(tmp_path: Path, write: Write, title: str, name: str) -> None:
    write("a.md", f"---\ntitle: {title}\n---\n")
    assert read_one(tmp_path).name == name


def test_byte_order_mark_and_windows_line_ends(tmp_path: Path, write: Write) -> None:
    write("a.md", b"\xef\xbb\xbf---\r\ntitle: A\r\nrelated: [b]\r\n---\r\n\r\nOne\r\ntwo.\r\n\r\nThree.\r\n")
    term = read_one(tmp_path)
    assert (term.name, term.definition, term.explanation) == ("A", "One two.", "Three.")
    assert [link.line for link in term.related] == [3]


def test_toml_front_matter(tmp_path: Path, write: Write) -> None:
    write("a.md", '+++\ntitle = "A"\n\nrelated = ["b", "c"]\n+++\nText.')
    term = read_one(tmp_path)
    assert (term.name, term.definition) == ("A", "Text.")
    assert [(link.written, link.line) for link in term.related] == [("b", 4), ("c", 4)]


def test_front_matter_of_obsidian_hugo_jekyll_and_docusaurus(tmp_path: Path, write: Write) -> None:
    write("o.md", '---\ntags: [nlp]\nrelated:\n  - "[[Deep Net|net]]"\n  - [[Other#Part]]\nup: x\n---\n')
    write("h.md", '---\naliases: [/old/h/, H-bar]\nurl: /terms/h/\n---\n[x]({{< relref "o.md" >}})')
    write("d.mdx", "---\nid: dee\nslug: /x/dee\n---\nimport A from './a'\n\n# D\n\n<A/>\n\nText <b>in</b>.\n")
    write("j.md", "---\nlayout: term\nid: jay\n---\nSee {% link _terms/o.md %} [o]({% link _terms/o.md %}).")
    terms = {term.anchors[0]: term for term in read(tmp_path)}
    assert terms["o"].categories == ("nlp",)
    assert [(link.written, link.line) for link in terms["o"].related] == [("Deep Net", 4), ("Other#Part", 5)]
    assert (terms["h"].aliases, terms["h"].iri, terms["h"].anchors) == (("H-bar",), "", ("h", "terms/h", "old/h"))
    assert [link.written for link in terms["h"].related] == ["o"]
    assert (terms["d"].slug, terms["d"].name, terms["d"].definition) == ("dee", "D", "Text in.")
    assert terms["d"].anchors == ("d", "x/dee")
    assert (terms["j"].slug, [link.written for link in terms["j"].related]) == ("jay", ["_terms/o"])


def test_fields_can_be_named(tmp_path: Path, write: Write) -> None:
    write("a.md", "---\nheadword: A!\nxrefs: {to: [b]}\n---\nText.")
    term = read_one(tmp_path, Options(fields={"term": "headword", "related": "xrefs.to"}, strip="!"))
    assert (term.name, [link.written for link in term.related]) == ("A", ["b"])


def test_a_definition_of_the_front_matter_counts(tmp_path: Path, write: Write) -> None:
    write("a.md", "---\ndefinition: A *short* text with [b](b.md).\n---\nA long text.\n\nMore.")
    term = read_one(tmp_path, Options(markup="markdown"))
    assert (term.definition, term.explanation) == ("A short text with b.", "A long text.\n\nMore.")
    assert [link.written for link in term.related] == ["b"]


def test_the_definition_is_the_first_paragraph_of_prose(tmp_path: Path, write: Write) -> None:
    write(
        "a.md",
        "# A\n\n![logo](a.png)\n\n## Definition\n\n> [!note]\n> Draft.\n\n- item\n\nThe *text*.\n\n```\ncode\n```\n",
    )
    write("b.md", "# B\n\n> Quoted.\n")
    a, b = read(tmp_path)
    assert (a.definition, a.explanation) == ("The text.", "Definition\n\nDraft.\n\nitem\n\ncode")
    assert (b.definition, b.explanation) == ("Quoted.", "")


def test_folders_are_categories_but_not_the_root(tmp_path: Path, write: Write) -> None:
    for name in ("root.md", "vision.md", "vision/clip.md", "vision/nets/vit.md", "_terms/t.md", "bundle/index.md"):
        write(name, "Text.")
    assert {term.anchors[0]: term.category for term in read(tmp_path)} == {
        "root": "",
        "vision": "vision",
        "vision/clip": "vision",
        "vision/nets/vit": "nets",
        "_terms/t": "terms",
        "bundle": "",
    }


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("README.md", "README.md is about the glossary, not a term"),
        ("readme.md", "readme.md is about the glossary, not a term"),
        ("LICENSE.md", "LICENSE.md is about the glossary, not a term"),
        ("index.md", "index.md is about the glossary, not a term"),
        ("Contributors.md", "Contributors.md is about the glossary, not a term"),
        ("_index.md", "a name that begins with _ marks a template or a list of pages"),
        ("_TEMPLATE.md", "a name that begins with _ marks a template or a list of pages"),
        (".github/ISSUE_TEMPLATE/bug.md", "the folder .github holds no terms"),
        ("Templates/term.md", "the folder Templates holds no terms"),
        ("security.md", ""),
        ("license.md", ""),
        (".notes/clip.md", ""),
    ],
)
def test_pages_that_are_no_terms_are_left_out(tmp_path: Path, write: Write, name: str, reason: str) -> None:
    write(name, "# Text")
    (file,) = find_files([tmp_path])
    assert READER.knows(file, file.head())
    assert READER.leaves_out(file) == reason


def test_an_index_beside_pages_is_a_list_of_them(tmp_path: Path, write: Write) -> None:
    write("vision/index.md", "Pages:")
    write("vision/deep/clip.md", "Text.")
    assert [term.slug for term in read(tmp_path)] == ["clip"]


@pytest.mark.parametrize(
    ("written", "folder", "target"),
    [
        ("core.md", "", "core"),
        ("./core.md#part", "hardware", "hardware/core"),
        ("../nlp/bert.markdown?x#y", "vision", "nlp/bert"),
        ("../../../bert.md", "vision", "bert"),
        ("Attention%20Mechanism.md", "", "Attention Mechanism"),
        ("../clip/", "vision", "vision/clip"),
        ("node.js", "", "node.js"),
        ("/gpu-glossary/device-hardware/core#x", "any", "/gpu-glossary/device-hardware/core"),
        ("https://example.org/a#b", "any", "https://example.org/a#b"),
        ("#part", "any", ""),
        ("?page=2", "any", ""),
        ("/", "any", ""),
        ("..", "a/b", ""),
        (".", "", ""),
        ("image.PNG?raw=true", "any", ""),
        ("https://example.org/a.pdf", "any", ""),
        ("mailto:ann@example.org", "any", ""),
    ],
)
def test_where_links_lead(written: str, folder: str, target: str) -> None:
    assert target_of(written, Path(folder)) == target


@given(st.text(alphabet="a./#?% ", max_size=12), st.sampled_from(["", "a", "a/b"]))
def test_no_link_leads_out_of_the_root(written: str, folder: str) -> None:
    target = target_of(written, Path(folder))
    assert not target.startswith("../")
    assert target not in {".", ".."}


def test_relative_links_resolve(tmp_path: Path, write: Write) -> None:
    write("a/x.md", "See [y](y.md), [z](../b/z.md#p), [v](y), [n](/site/b/z/), [[z]] and [[Zed]].")
    write("a/y.md", "Y")
    write("b/z.md", "# Zed")
    x = next(term for term in resolve(read(tmp_path)) if term.slug == "x")
    assert [link.target for link in x.related] == ["y", "z", "y", "z", "z", "z"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "---\ntitle: Colons: a study\n---\n",
            "a.md, line 2, column 14: not YAML (mapping values are not allowed in this context); "
            'put a value that holds ": " or begins with a sign between quotation marks, and indent with spaces',
        ),
        ("---\n- a\n---\n", 'a.md, line 2: the front matter is not a mapping; write "title: …"'),
        ("---\ntitle: A\n", "a.md, line 1: the front matter is not closed; put --- on the line after it"),
        (
            "+++\ntitle = A\n+++\n",
            "a.md, line 2, column 9: not TOML (invalid value); put texts between quotation marks",
        ),
        (b"---\ntitle: A\n---\n\nna\xefve", "a.md, line 5: byte 0xef is not UTF-8; save the file as UTF-8"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, write: Write, text: str | bytes, message: str) -> None:
    path = write("a.md", text)
    with pytest.raises(SourceError) as caught:
        read(tmp_path)
    assert str(caught.value) == f"{path.parent}/{message}"


def test_a_page_of_many_megabytes_is_refused(tmp_path: Path, write: Write) -> None:
    write("a.md", b"a " * 6_000_000)
    with pytest.raises(SourceError, match="12 MB are too many for the page of one term; split it"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "known"),
    [
        ("a.md", "", True),
        ("a.MD", "text", True),
        ("a.md", "[[CLIP]] is", True),
        ("a.md", '[{"term": "CLIP"}]', False),
        ("a.md", "<!DOCTYPE html><html>", False),
        ("a.md", "@prefix a: <b> .", False),
        ("a.txt", "---\ntitle: A\n---\ntext", True),
        ("a.txt", "text", False),
        ("LICENSE", "text", False),
        ("a.yaml", "---\ntitle: A\n---\n", False),
    ],
)
def test_which_files_are_markdown(tmp_path: Path, write: Write, name: str, text: str, known: bool) -> None:
    write(name, text)
    (file,) = find_files([tmp_path])
    assert READER.knows(file, file.head()) is known


def counts(terms: list[Term], *kinds: str) -> dict[str, int]:
    slugs = {term.slug for term in terms}
    links = {(term.slug, link.target) for term in terms for link in term.related if link.kind in kinds}
    linking, linked = {a for a, b in links if a != b}, {b for a, b in links if a != b}
    return {
        "terms": len(slugs),
        "links": len(links),
        "wanted": len({b for _, b in links} - slugs),
        "dangling": sum(b not in slugs for _, b in links),
        "self": sum(a == b for a, b in links),
        "isolated": len(slugs - linking - linked),
        "orphans": len((slugs & linking) - linked),
        "dead ends": len((slugs & linked) - linking),
    }


def test_a_glossary_with_links_in_front_matter(corpora: Path) -> None:
    terms = resolve(read(corpora / "ml-glossary-mlg" / "terms"))
    assert counts(terms, "related") == {
        "terms": 381,
        "links": 451,
        "wanted": 7,
        "dangling": 8,
        "self": 2,
        "isolated": 78,
        "orphans": 136,
        "dead ends": 67,
    }
    assert sum(not term.definition for term in terms) == 207
    # Links in running text: 32 pages write them in place, 53 more by a reference such as [1].
    assert sum(any(link.kind == "inline" for link in term.related) for term in terms) == 85


def test_a_glossary_with_links_in_prose(corpora: Path) -> None:
    terms = resolve(read(corpora / "gpu-glossary" / "gpu-glossary"))
    found = counts(terms, "inline")
    # 85 pages and 665 links less the page about the glossary and the list of its authors with 13 links.
    assert (found["terms"], found["self"]) == (83, 1)
    inside = {
        (term.slug, link.target) for term in terms for link in term.related if link.target in {t.slug for t in terms}
    }
    assert len(inside) == 652
    assert {term.category for term in terms} == {"device-hardware", "device-software", "host-software", "perf"}
    assert all(term.definition for term in terms)
