"""Markup → plain text, and the links that stand in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from termatlas.sources.options import Markup


class Inline(NamedTuple):
    """A link in running text: what it points at and the words it stands on."""

    target: str
    label: str


class Found(NamedTuple):
    """A link where it was found: its line in the text, from 0, and whether it is a ``[[wikilink]]``."""

    target: str
    label: str
    line: int = 0
    wiki: bool = False


#: What a block of text is. An ``aside`` is an admonition: a note, a tip, a warning.
Kind = Literal["paragraph", "heading", "item", "quote", "aside", "row", "code"]


class Block(NamedTuple):
    """A paragraph of plain text, its links and its line in the text, from 0."""

    kind: Kind
    text: str
    links: tuple[Found, ...] = ()
    line: int = 0


_ELEMENTS = (
    "a|abbr|article|aside|b|blockquote|body|cite|code|dd|details|div|dl|dt|em|h[1-6]|html|i|kbd|li|mark|ol|p|pre|q|"
    "section|small|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|tt|u|ul|var"
)
_TAG = re.compile(r"<[/bBpP]")
#: Tags that stand between quotation marks are spoken of, not used. (A leading ``<`` keeps the search fast.)
_OPENING = re.compile(rf"<(?<![\"'`]<)({_ELEMENTS})(?:\s[^<>]*)?>(?![\"'`])", re.IGNORECASE)
_CLOSING = re.compile(rf"</(?<![\"'`]</)({_ELEMENTS})\s*>(?![\"'`])", re.IGNORECASE)
_BREAK = re.compile(r"<(?<![\"'`]<)(?:br\s*/?|p|p\s[^<>]*)>(?![\"'`])", re.IGNORECASE)
#: A link or a wikilink with a letter in it; straight after a name, brackets are an index and a call.
_LINK = re.compile(r"\[(?<![A-Za-z0-9_)\]]\[)(?:[^\[\]\n]+\]\([^\s()<>,;]+\)|\[[^\[\]\n]*[^\W\d_][^\[\]\n]*\]\](?!\())")
_BOLD = re.compile(r"\*\*(?<![\w*/]\*\*)(?=[^\s*])[^*\n]+?(?<=[^\s*])\*\*(?![\w*/])")
_NOT_PAGES = re.compile(
    r"(?:mailto|tel|sms|javascript|data|vbscript):"
    r"|[^?#]*\.(?:png|jpe?g|gif|svg|webp|avif|bmp|ico|pdf|mp[34]|webm|mov|wav|ogg|zip|gz|tar|ipynb)(?:[?#].*)?$",
    re.IGNORECASE | re.DOTALL,
)


def plain(text: str, markup: Markup = "auto") -> tuple[str, tuple[Inline, ...]]:
    r"""Turn a text into plain text and the links that it carries, in order.

    Paragraphs are separated by a blank line; within them, white space is one space, but in code it
    stays. Images go. ``auto`` looks for tags, then for Markdown's links and bold print; a text with
    neither, or one that is `plain`, stays as it is (line ends become ``\n``).

    >>> plain("A **net** of [neurons](/neuron).")
    ('A net of neurons.', (Inline(target='/neuron', label='neurons'),))
    >>> plain("<p>Fish &amp; chips</p><p>Mash</p>")
    ('Fish & chips\n\nMash', ())
    >>> plain("Ask <ann@example.org>: 2*3*4 and snake_case_names")
    ('Ask <ann@example.org>: 2*3*4 and snake_case_names', ())
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = markup_of(text) if markup == "auto" else markup
    if found == "plain":
        return text, ()
    return joined(_BLOCKS[found](text))


def markup_of(text: str) -> Markup:
    """Guess what a text is written in, from what only markup holds.

    >>> markup_of("<b>x</b>"), markup_of("[[x]]"), markup_of("if a<b: c=d>e")
    ('html', 'markdown', 'plain')
    """
    # A single sign is found more than ten times as fast as a pair, and most texts hold none.
    if "<" in text and _TAG.search(text) and _is_html(text):
        return "html"
    if ("[" in text and _LINK.search(text)) or ("*" in text and _BOLD.search(text)):
        return "markdown"
    return "plain"


def _is_html(text: str) -> bool:
    closed = {tag.lower() for tag in _CLOSING.findall(text)} if "</" in text else set()
    opened = {tag.lower() for tag in _OPENING.findall(text)} if closed else set()
    return bool(opened & closed) or bool(_BREAK.search(text))


def joined(blocks: Iterable[Block]) -> tuple[str, tuple[Inline, ...]]:
    """Join blocks to one text and gather their links."""
    kept = list(blocks)
    text = "\n\n".join(block.text for block in kept if block.text)
    return text, tuple(Inline(link.target, link.label) for block in kept for link in block.links)


def is_page(target: str) -> bool:
    """Tell whether a link can lead to a page: not to a mailbox, a script, a picture or another file.

    >>> is_page("core.md"), is_page("mailto:ann@example.org"), is_page("core.png"), is_page("")
    (True, False, False, False)
    """
    return bool(target) and not _NOT_PAGES.match(target)


def collapsed(text: str) -> str:
    r"""Make one space of all white space.

    >>> collapsed(" a\n  b ")
    'a b'
    """
    return " ".join(text.split())


def _html(text: str) -> list[Block]:
    from termatlas.sources.htmltext import html_blocks

    return html_blocks(text)


def _markdown(text: str) -> list[Block]:
    from termatlas.sources.markdowntext import markdown_blocks

    return markdown_blocks(text)


_BLOCKS: dict[str, Callable[[str], list[Block]]] = {"html": _html, "markdown": _markdown}
