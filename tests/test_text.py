from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termatlas.sources.markdowntext import markdown_blocks
from termatlas.sources.options import Markup
from termatlas.sources.signs import is_foreign
from termatlas.sources.text import Inline, markup_of, plain


def text_of(text: str, markup: Markup = "auto") -> str:
    return plain(text, markup)[0]


@pytest.mark.parametrize(
    "text",
    [
        "Mail <ann@example.org> or see <https://example.org>.",
        "2*3*4, **argv, *args, **kwargs and snake_case_names",
        'An element has a start tag ("<p>") and an end tag ("</p>").',
        "if (a < b && b > c) x[i](y) = z[[0]](1) + [[0, 1]];",
        "  indented\n\n\tcode stays\n    x  =  1",
        "5 < 6 > 4, <web> and </>",
        "",
    ],
)
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert plain(text) == (text, ())


def test_line_ends_become_newlines_even_in_plain_text() -> None:
    assert text_of("a\r\n\r\nb\rc", "plain") == "a\n\nb\nc"


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("see [CLIP](/clip)", "markdown"),
        ("see [[CLIP]]", "markdown"),
        ("见[注意力](/attention)", "markdown"),
        ("a **bold** word", "markdown"),
        ("a <b>bold</b> word", "html"),
        ("one<br>two", "html"),
        ("<P CLASS=x>one", "html"),
        ("[see below] (or above)", "plain"),
        ("<b> opened, never closed", "plain"),
        ("closed, never opened</b>", "plain"),
    ],
)
def test_auto_tells_markup_by_what_only_it_holds(text: str, markup: str) -> None:
    assert markup_of(text) == markup


def test_markup_can_be_forced() -> None:
    assert text_of("a *b* <i>c</i>", "plain") == "a *b* <i>c</i>"
    assert text_of("a *b*", "markdown") == "a b"
    assert text_of("a &amp; *b*", "html") == "a & *b*"


def test_markdown_becomes_paragraphs_of_plain_text() -> None:
    text = "# Head\n\nOne\n*two*  \n`x  y`.\n\n- item\n- [task](t.md)\n\n| a | b |\n|---|---|\n| 1 | **2** |\n"
    assert text_of(text, "markdown") == "Head\n\nOne two x y.\n\nitem\n\ntask\n\na | b\n\n1 | 2"


def test_markdown_keeps_code_and_tex() -> None:
    code = "```py\nx = 1\n\n  y = a*b*c\n```"
    assert text_of(code, "markdown") == "x = 1\n\n  y = a*b*c"
    for tex in (r"$a_1 * b_2 * c_3$", r"$$\sum_i x_i$$", r"\(a_1 b_1\)", "$$\na\n= b\n\n- c\n$$"):
        assert text_of(tex, "markdown") == tex
    assert text_of("costs $5 or *exactly* $6", "markdown") == "costs $5 or exactly $6"


def test_markdown_links_in_order_and_what_is_dropped() -> None:
    text = (
        "[a](x.md#p) [[W]] [[folder/T#part|label]] [[t\\|l]] ![alt](p.png) ![[embed]] ![[pic.png]] [r][1] "
        '<a href="h">html</a> [m](mailto:a@b.c) <https://example.org> [^1]\n\n[1]: /ref/\n'
    )
    found, links = plain(text, "markdown")
    assert found == "a W label l r html m https://example.org"
    assert links == (
        Inline("x.md#p", "a"),
        Inline("W", "W"),
        Inline("folder/T", "label"),
        Inline("t", "l"),
        Inline("embed", ""),
        Inline("/ref/", "r"),
        Inline("h", "html"),
        Inline("https://example.org", "https://example.org"),
    )


def test_a_sharp_in_a_name_is_not_the_mark_of_a_part() -> None:
    assert plain("[[C#]] and [[C#|see sharp]]")[1] == (Inline("C#", "C#"), Inline("C#", "see sharp"))


def test_the_links_of_a_caption_stay_though_its_text_goes() -> None:
    assert plain("![A [core](/core).](p.svg) x", "markdown") == ("x", (Inline("/core", "core"),))


@pytest.mark.parametrize(
    "note", [":::note Title\n\nin\n\n:::", "> [!warning] Title\n> in", "!!! tip\n    in", "> [!note]-\n>\n> in"]
)
def test_admonitions_are_asides_without_their_titles(note: str) -> None:
    blocks = markdown_blocks(f"a\n\n{note}\n\nb")
    assert [(block.kind, block.text) for block in blocks] == [("paragraph", "a"), ("aside", "in"), ("paragraph", "b")]


def test_links_carry_their_lines() -> None:
    blocks = markdown_blocks(
        "# h\n\na\n[b\nc](d) [[e]]\n\n- f\n- [g](h)\n\n| x |\n|---|\n| [y](z) |\n\n<p>\n<a href='q'>r</a>"
    )
    lines = {link.target: link.line for block in blocks for link in block.links}
    assert lines == {"d": 3, "e": 4, "h": 7, "z": 11, "q": 14}


def test_html_becomes_paragraphs_of_plain_text() -> None:
    text = (
        "<script>no</script><style>no</style><!-- no --><h2>Head</h2><p>One &lt;b&gt;\n <em>two</em><br>three"
        "<ul><li>x<li>y</ul><pre>  a\n   b</pre><table><tr><td>1<td>2</table>four<br><br/>five<img alt=no>"
    )
    assert text_of(text, "html") == "Head\n\nOne <b> two three\n\nx\n\ny\n\n  a\n   b\n\n1 | 2\n\nfour\n\nfive"


def test_html_links() -> None:
    text = '<a href="#x">a <b>b</b></a> <a name=n>c</a> <a href=u>d<a href="javascript:e">f</a> <a href=v><p>g</p></a>'
    assert plain(text, "html")[1] == (Inline("#x", "a b"), Inline("u", "d"), Inline("v", "g"))


def test_a_word_processors_marked_sections_do_no_harm() -> None:
    assert text_of("<p><![if !supportLists]>a<![endif]> b</p>") == "a b"


@pytest.mark.parametrize(
    "sign", ["[", "![", "[[a|", "<a ", "<!--", "</", "<td> ", "\\(", "(", "> ", "- ", "$$a ", "&#"]
)
@pytest.mark.parametrize("markup", ["markdown", "html"])
def test_repeated_signs_take_no_quadratic_time(sign: str, markup: Markup) -> None:
    start = time.process_time()
    plain(sign * (60_000 // len(sign)), markup)
    assert time.process_time() - start < 5


_SIGNS = st.text(alphabet="ab[]()<>*_`$#!|-:/ \n\"'&;\\^\0", max_size=80)


@given(_SIGNS)
@settings(deadline=None, max_examples=200)
def test_paragraphs_of_html_are_clean(text: str) -> None:
    found, links = plain(text, "html")
    assert found == "\n\n".join(filter(None, (" ".join(part.split()) for part in found.split("\n\n"))))
    assert all(link.target for link in links)


@given(_SIGNS)
@settings(deadline=None, max_examples=200)
def test_no_markdown_breaks_it(text: str) -> None:
    lines = text.count("\n") + 1
    for block in markdown_blocks(text):
        assert block.text or block.links
        assert all(link.target and block.line <= link.line <= lines for link in block.links)


@given(st.text(alphabet="abc é\n", max_size=60))
def test_text_without_signs_is_the_same_in_every_markup(text: str) -> None:
    words = text.split()
    assert text_of(text, "html").split() == text_of(text).split() == words


@pytest.mark.parametrize(
    "text",
    ['{"a": 1}', '[{"a": 1}]', '[["ShallowReactive",1],{"x":2}]', "[]", "{}", '["a"]', "[1, 2]", "\n@prefix a: <b> .",
     "# c\nPREFIX a: <b>", "<https://a.b/c> a <d> .", "<!doctype html><p>", "<?xml version='1.0'?>", "<rdf:RDF>"],
)  # fmt: skip
def test_other_formats_are_known(text: str) -> None:
    assert is_foreign(text)


@pytest.mark.parametrize(
    "text", ["[[CLIP]] is", "[CLIP](x) is", "- [ ] task", "<b>x</b>", "{{ x }}", "<https://a.b/c>", "---\na: b", "a,b"]
)
def test_text_is_no_other_format(text: str) -> None:
    assert not is_foreign(text)


def test_a_dictionary_of_plain_text_stays_as_it_is_and_fast(corpora: Path) -> None:
    with (corpora / "foldoc" / "foldoc.jsonl").open(encoding="utf-8") as lines:
        texts = [json.loads(line)["explanation"] for line in lines]
    start = time.process_time()
    changed = sum(plain(text) != (text, ()) for text in texts)
    assert changed <= 5  # entries that show a whole HTML element
    assert time.process_time() - start < 1
