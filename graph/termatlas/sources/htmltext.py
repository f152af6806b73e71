"""HTML → blocks of plain text with their links."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from termatlas.sources.text import Block, Found, Kind, collapsed, is_page

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARAGRAPHS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
}) | _HEADINGS  # fmt: skip
_SILENT = frozenset({"annotation", "script", "style", "svg", "template", "title"})
_CELLS = frozenset({"td", "th"})
_CELL_END = " | "
_BREAK = "\v"
#: Comments, declarations and marked sections, to the end of the text where nothing closes them: the standard
#: parser takes quadratic time over those, and fails on a word processor's ``<![if !supportLists]>``.
_NO_TEXT = re.compile(r"<!--(?:.*?-->|.*)|<[!?][^>]*>?", re.DOTALL)
#: A sign that opens no tag. The standard parser takes quadratic time over tags that nothing closes.
_LESS_THAN = re.compile(r"<(?=[^<>]*(?:<|\Z))")


def html_blocks(text: str) -> list[Block]:
    """Read HTML: block elements make paragraphs, entities are decoded, scripts and styles go.

    >>> [block.text for block in html_blocks("<ul><li>a<br>b<li>c</ul><style>d</style>")]
    ['a b', 'c']
    """
    parser = _Blocks()
    parser.feed(_LESS_THAN.sub("&lt;", _NO_TEXT.sub("", text)))
    parser.close()
    parser.end_link()
    parser.end_block()
    return parser.blocks


class _Blocks(HTMLParser):
    """Gather blocks; the standard library's parser calls methods, so the state must stand here."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._pieces: list[str] = []
        self._links: list[Found] = []
        self._kind: Kind = "paragraph"
        self._silent = 0
        self._href = ""
        self._label_start = 0
        self._href_line = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _PARAGRAPHS:
            self.end_block()
            self._kind = "heading" if tag in _HEADINGS else "code" if tag == "pre" else "paragraph"
        elif tag in _CELLS and self._last_piece():
            self._pieces.append(_CELL_END)
        elif tag == "br":
            self._break()
        elif tag == "a":
            self.end_link()
            self._href = (dict(attrs).get("href") or "").strip()
            self._label_start = len(self._pieces)
            self._href_line = self.getpos()[0] - 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _SILENT or tag == "a":
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _PARAGRAPHS:
            self.end_block()
        elif tag == "a":
            self.end_link()

    def handle_data(self, data: str) -> None:
        spaces = data.isspace() and self._kind != "code"
        if not self._silent and not (spaces and self._pieces[-1:] == [" "]):
            self._pieces.append(" " if spaces else data)

    def _break(self) -> None:
        if self._kind == "code":
            self._pieces.append("\n")
        elif self._last_piece() == _BREAK:
            self.end_block()
        else:
            self._pieces.append(_BREAK)

    def _last_piece(self) -> str:
        return next((piece for piece in reversed(self._pieces) if piece == _BREAK or not piece.isspace()), "")

    def end_link(self) -> None:
        """Close the open link; of one around whole blocks the last block is the label."""
        label = collapsed("".join(self._pieces[self._label_start :]))
        if is_page(self._href):
            whole_block = self.blocks[-1].text if self.blocks and not label else ""
            self._links.append(Found(self._href, label or whole_block, self._href_line))
        self._href = ""

    def end_block(self) -> None:
        """Close the open block, if it holds anything."""
        text = "".join(self._pieces)
        text = text.strip("\n").rstrip() if self._kind == "code" else collapsed(text)
        if text or self._links:
            self.blocks.append(Block(self._kind, text, tuple(self._links), self.getpos()[0] - 1))
        self._pieces.clear()
        self._links.clear()
        self._label_start = 0
        self._kind = "paragraph"
