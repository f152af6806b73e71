"""What a query finds → a piece of a page: a table, a word, or Turtle. Runs in a worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from html import escape
from itertools import islice
from typing import TYPE_CHECKING

from termatlas.query.forms import short

if TYPE_CHECKING:
    import pyoxigraph

    from termatlas.query.results import Node

_MOST_ROWS = 1_000  # a page is for reading; other formats have all
_LONGEST = 300  # of a cell
_WEB = ("https://", "http://")


def results_html(
    found: pyoxigraph.QueryBoolean | pyoxigraph.QuerySolutions | pyoxigraph.QueryTriples, prefixes: Mapping[str, str]
) -> str:
    r"""Show what was found; of many rows the first thousand, and say that there are more.

    >>> import pyoxigraph
    >>> results_html(pyoxigraph.Store().query("ASK {}"), {})
    '<p class="answer">Yes</p>\n'
    """
    import pyoxigraph

    if isinstance(found, pyoxigraph.QueryBoolean):
        return f'<p class="answer">{"Yes" if found else "No"}</p>\n'
    if isinstance(found, pyoxigraph.QueryTriples):
        return _table(["subject", "predicate", "object"], map(tuple, found), "triple", prefixes)
    return _table([variable.value for variable in found.variables], map(tuple, found), "row", prefixes)


def _table(columns: Sequence[str], rows: Iterable[tuple[Node, ...]], noun: str, prefixes: Mapping[str, str]) -> str:
    first = list(islice(rows, _MOST_ROWS + 1))
    if not first:
        return f'<p class="answer">No {noun}</p>\n<p class="meta">Nothing in the glossary fits all of the query.</p>\n'
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    cell = partial(_cell, prefixes=prefixes, tagged=len(_languages(first)) > 1)
    body = "\n".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in first[:_MOST_ROWS])
    return (
        f'<p class="answer">{_count(len(first), noun)}</p>\n<div class="wide" tabindex="0" role="region" '
        f'aria-label="Result"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table></div>\n'
    )


def _count(count: int, noun: str) -> str:
    if count > _MOST_ROWS:
        return f"The first {_MOST_ROWS:,} {noun}s; there are more"
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _cell(node: Node, prefixes: Mapping[str, str], *, tagged: bool) -> str:
    import pyoxigraph

    if isinstance(node, pyoxigraph.NamedNode):
        shown = f"<bdi>{escape(short(node.value, prefixes))}</bdi>"
        at = _address(node.value, prefixes.get("term", ""))
        return f'<td><a href="{escape(at)}" rel="nofollow">{shown}</a></td>' if at else f"<td>{shown}</td>"
    if isinstance(node, pyoxigraph.Literal):
        tag = f' lang="{escape(node.language)}"' if node.language else ""
        note = f' <span class="meta">{escape(node.language)}</span>' if node.language and tagged else ""
        return f'<td{tag} dir="auto">{_cut(node.value)}{note}</td>'
    return f"<td>{'' if node is None else escape(str(node))}</td>"


def _address(iri: str, base: str) -> str:
    """Give where an IRI leads: of the glossary, to the path at which this server answers for it."""
    if not iri.startswith(_WEB):
        return ""
    if base.endswith("/") and iri.startswith(base):
        return f"/{iri.partition('://')[2].partition('/')[2]}"
    return iri


def _languages(rows: Iterable[tuple[Node, ...]]) -> set[str | None]:
    import pyoxigraph

    return {node.language for row in rows for node in row if isinstance(node, pyoxigraph.Literal)} - {None}


def _cut(text: str) -> str:
    if len(text) <= _LONGEST:
        return escape(text)
    return f"<details><summary>{escape(text[:_LONGEST])}…</summary>{escape(text[_LONGEST:])}</details>"
