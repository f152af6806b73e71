"""Markdown → blocks of plain text with their links.

CommonMark with tables, and what glossaries are written with beside it: ``[[wikilinks]]``, TeX
between dollar signs (kept as it is), footnote marks (dropped) and admonitions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from termatlas.sources.htmltext import html_blocks
from termatlas.sources.text import Block, Found, Kind, collapsed, is_page

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_KINDS: dict[str, Kind] = {
    "admonition": "aside",
    "alert": "aside",
    "blockquote": "quote",
    "list_item": "item",
    "heading": "heading",
}
_LONGEST_RUN = 50_000
_VERBATIM = frozenset({"fence", "code_block", "math_block"})
_CALLOUT = re.compile(r"\[!\w+\][+-]?[^\n]*")
_HTML_LINK = re.compile(r"""<a\s[^>]*?href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_WIKILINK = re.compile(r"!?\[\[([^\[\]|]{1,500}?)(?:\\?\|([^\[\]]{0,500}))?\]\](?!\()")
_PART = re.compile(r"(?<=[^#^])[#^][^#^].*", re.DOTALL)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,100}\]:?")
_MATH = re.compile(
    r"\$\$.{1,4000}?\$\$"  # display
    r"|\$(?![\s$])(?:\\.|[^$\\]){1,2000}?(?<!\s)\$(?!\d)"  # inline: no space within the signs, no price after them
    r"|\\{1,2}\(.{1,2000}?\\{1,2}\)|\\{1,2}\[.{1,4000}?\\{1,2}\]",
    re.DOTALL,
)
_INDENTED_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+\w")
_COLON_ADMONITION = re.compile(r":{3,}[ \t]*([^\n]*)")


def markdown_blocks(text: str) -> list[Block]:
    r"""Read Markdown: headings, paragraphs, items, table rows and code each make a block.

    >>> [(block.kind, block.text) for block in markdown_blocks("# *A*\n\n> [!tip]\n> b\n\n- c `d`")]
    [('heading', 'A'), ('aside', 'b'), ('item', 'c d')]
    >>> markdown_blocks("see [[core#Use|the core]]")[0].links
    (Found(target='core', label='the core', line=0, wiki=True),)
    """
    return [block for block in _blocks(_parser().parse(text)) if block.text or block.links]


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "math_block", _math_block)
    parser.block.ruler.before("fence", "colon_admonition", _colon_admonition, interrupts)
    parser.block.ruler.before("fence", "indented_admonition", _indented_admonition, interrupts)
    parser.inline.ruler.before("escape", "math", _math)
    parser.inline.ruler.before("link", "wikilink", _wikilink)
    parser.inline.ruler.before("link", "footnote", _footnote)
    parser.core.ruler.before("inline", "long_runs", _leave_long_runs)
    # Targets are compared with names and paths, so they stay as they are written; those of no page go later.
    vars(parser).update(normalizeLink=str, validateLink=bool)
    return parser


def _leave_long_runs(state: StateCore) -> None:
    """Leave a run too long for prose unread: brackets that nothing closes take quadratic time."""
    from markdown_it.token import Token

    for token in state.tokens:
        if token.type == "inline" and len(token.content) > _LONGEST_RUN:
            token.children = [Token("text", "", 0, content=token.content)]
            token.content = ""


def _blocks(tokens: Iterable[Token]) -> Iterator[Block]:
    around: list[str] = []
    row: list[Block] = []
    for token in tokens:
        _track(around, token)
        line = token.map[0] if token.map else 0
        if token.type == "inline" and "tr" in around:
            row.append(_inline(token, around))
        elif token.type == "inline":
            yield _inline(token, around)
        elif token.type == "tr_close":
            yield _row(row)
            row.clear()
        elif token.type in _VERBATIM:
            yield Block("code", token.content.rstrip("\n"), (), line)
        elif token.type == "html_block":
            yield from (_moved(block, line) for block in html_blocks(token.content))


def _track(around: list[str], token: Token) -> None:
    """Keep account of the containers that are open."""
    if token.nesting > 0:
        around.append(token.type.removesuffix("_open"))
    elif token.nesting < 0:
        closed = token.type.removesuffix("_close")
        while around and around.pop() != closed:
            pass
    elif token.type == "colon_admonition" and token.content:
        around.append("admonition")
    elif token.type == "colon_admonition" and around[-1:] == ["admonition"]:
        around.pop()


def _row(cells: list[Block]) -> Block:
    links = tuple(link for cell in cells for link in cell.links)
    text = " | ".join(cell.text for cell in cells if cell.text)
    return Block("row", text, links, cells[0].line if cells else 0)


def _moved(block: Block, lines: int) -> Block:
    links = tuple(link._replace(line=link.line + lines) for link in block.links)
    return block._replace(links=links, line=block.line + lines)


def _inline(token: Token, around: list[str]) -> Block:
    line = token.map[0] if token.map else 0
    text, links = _run(token.children or (), line)
    if around[-2:-1] == ["blockquote"] and (callout := _CALLOUT.match(token.content)):
        around[-2] = "admonition"
        text = text[len(collapsed(callout[0])) :].lstrip()
    kinds = [_KINDS[name] for name in around if name in _KINDS]
    kind = "aside" if "aside" in kinds else kinds[0] if kinds else "paragraph"
    return Block(kind, text, tuple(links), line)


def _run(tokens: Iterable[Token], line: int) -> tuple[str, list[Found]]:
    """Read a run of text: its plain text and its links."""
    pieces: list[str] = []
    links: list[Found] = []
    opened: list[tuple[str, int, int]] = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            pieces.append("\n")
            line += 1
        elif token.type == "wikilink":
            pieces.append(token.content)
            links.append(Found(token.meta["target"], token.content, line, wiki=True))
        elif target := _opened(token):
            opened.append((target, len(pieces), line))
        elif opened and _closes(token):
            target, start, first_line = opened.pop()
            links.append(Found(target, collapsed("".join(pieces[start:])), first_line))
        elif token.type == "image":
            links += _run(token.children or (), line)[1]  # of the caption only the links stay
        elif token.type in ("text", "code_inline", "math"):
            pieces.append(token.content)
    return collapsed("".join(pieces)), [link for link in links if is_page(link.target)]


def _opened(token: Token) -> str:
    """Give the target of the link that a token opens, else ""."""
    if token.type == "link_open":
        return str(token.attrs["href"]) or "#"
    if token.type == "html_inline" and (link := _HTML_LINK.match(token.content)):
        return link[1] or link[2] or link[3] or "#"
    return ""


def _closes(token: Token) -> bool:
    return token.type == "link_close" or (token.type == "html_inline" and token.content.lower().startswith("</a"))


def _wikilink(state: StateInline, silent: bool) -> bool:
    """Read ``[[target]]``, ``[[target#part|label]]`` and, without its text, ``![[target]]``."""
    if state.src[state.pos] not in "[!" or not (match := _WIKILINK.match(state.src, state.pos)):
        return False
    target = collapsed(match[1])
    if not silent:
        token = state.push("wikilink", "", 0)
        token.meta["target"] = "" if target.startswith(("#", "^")) else _PART.sub("", target).strip()
        token.content = "" if match[0].startswith("!") else collapsed(match[2] or target)
    state.pos = match.end()
    return True


def _footnote(state: StateInline, silent: bool) -> bool:
    """Drop ``[^1]``."""
    if state.src[state.pos] != "[" or not (match := _FOOTNOTE.match(state.src, state.pos)):
        return False
    state.pos = match.end()
    return True


def _math(state: StateInline, silent: bool) -> bool:
    r"""Keep ``$…$``, ``$$…$$``, ``\(…\)`` and ``\[…\]`` as they are."""
    if state.src[state.pos] not in "$\\" or not (match := _MATH.match(state.src, state.pos)):
        return False
    if not silent:
        state.push("math", "", 0).content = match[0]
    state.pos = match.end()
    return True


def _math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Keep the lines from one that begins with ``$$`` to one that ends with it."""
    first = _line(state, start)
    if not first.startswith("$$") or state.is_code_block(start):
        return False
    last = start if len(first) > 4 and first.endswith("$$") else start + 1
    while last < end and not _line(state, last).endswith("$$"):
        last += 1
    if last == end:
        return False
    if not silent:
        token = state.push("math_block", "", 0)
        token.content = state.getLines(start, last + 1, state.blkIndent, False)
        token.map = [start, last + 1]
        state.line = last + 1
    return True


def _colon_admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read the line ``:::note``, which opens an admonition, and ``:::``, which closes it."""
    if state.is_code_block(start) or not (match := _COLON_ADMONITION.match(_line(state, start))):
        return False
    if not silent:
        state.push("colon_admonition", "", 0).content = match[1]
        state.line = start + 1
    return True


def _indented_admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read the line ``!!! note`` and the indented lines under it."""
    if state.is_code_block(start) or not _INDENTED_ADMONITION.match(_line(state, start)):
        return False
    if not silent:
        after = start + 1
        while after < end and (state.isEmpty(after) or state.sCount[after] >= state.blkIndent + 4):
            after += 1
        state.push("admonition_open", "", 1)
        _read_inside(state, start + 1, after)
        state.push("admonition_close", "", -1)
        state.line = after
    return True


def _read_inside(state: StateBlock, start: int, end: int) -> None:
    last = state.lineMax
    state.blkIndent += 4
    state.lineMax = end
    state.md.block.tokenize(state, start, end)
    state.blkIndent -= 4
    state.lineMax = last


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()
