"""What a SPARQL query is made of, as far as it must be known to prepare one or to name a mistake in it.

The grammar itself is Oxigraph's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

_KINDS = {
    "comment": r"\#[^\r\n]*",
    "text": r'"""(?:[^"\\]|\\.|"(?!""))*"""' r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\r\n]|\\.)*"' r"|'(?:[^'\\\r\n]|\\.)*'",
    "iri": r"<[^<>\"{}|^`\\\x00-\x20]*>",
    "variable": r"[?$]\w+",
    "tag": r"@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*",
    "name": r"(?:\w(?:[\w.-]*[\w-])?)?:(?:(?:[\w:%-]|\\.)(?:[\w:%.-]|\\.)*(?<!\.))?",
    "word": r"\w[\w-]*",
    "sign": r"\^\^|&&|\|\||[<>!]=|\S",
}  # fmt: skip
_TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()), re.DOTALL)
_DEPTH = {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}


class Token(NamedTuple):
    """A piece of a query: its kind, its text and where it begins."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Give where it ends."""
        return self.start + len(self.text)


def tokens(text: str) -> list[Token]:
    """Take a query to pieces, comments left out.

    >>> [token.text for token in tokens("SELECT ?x { ?x skos:prefLabel 'a # b'@en } # all")]
    ['SELECT', '?x', '{', '?x', 'skos:prefLabel', "'a # b'", '@en', '}']
    """
    found = (Token(str(match.lastgroup), match[0], match.start()) for match in _TOKEN.finditer(text))
    return [token for token in found if token.kind != "comment"]


def first_word(pieces: Sequence[Token]) -> str:
    """Give the word that says what a query is to do, such as ``SELECT``; "" where there is none.

    >>> first_word(tokens("PREFIX a: <https://a.example/> select * {}"))
    'SELECT'
    """
    words = (piece.text.upper() for piece in pieces if piece.kind == "word")
    return next((word for word in words if word not in ("PREFIX", "BASE")), "")


def is_ordered(pieces: Sequence[Token]) -> bool:
    """Tell whether a query, and not only one inside it, says how to order its rows.

    >>> is_ordered(tokens("SELECT * { { SELECT ?x { } ORDER BY ?x } }"))
    False
    """
    return any(piece.text.upper() == "ORDER" for piece in _outermost(pieces) if piece.kind == "word")


def named_graphs(pieces: Sequence[Token]) -> list[Token]:
    """List what follows each ``FROM`` and ``FROM NAMED`` of a query.

    >>> [token.text for token in named_graphs(tokens("SELECT * FROM <https://a.example/> FROM NAMED a:b {}"))]
    ['<https://a.example/>', 'a:b']
    """
    listed = list(_outermost(pieces))
    found = []
    for at, piece in enumerate(listed):
        if piece.kind == "word" and piece.text.upper() == "FROM":
            after = listed[at + 1 : at + 3]
            found += [token for token in after if token.kind in ("iri", "name")][:1]
    return found


def declared_prefixes(pieces: Sequence[Token]) -> set[str]:
    """Give the prefixes that a query declares itself."""
    pairs = pairwise(pieces)
    return {after.text[:-1] for word, after in pairs if word.text.upper() == "PREFIX" and after.kind == "name"}


def depth(pieces: Iterable[Token]) -> int:
    """Give how many brackets of a query stand within each other at most.

    >>> depth(tokens("SELECT * { { ?x ?y [] } }"))
    3
    """
    steps = accumulate(_DEPTH.get(piece.text, 0) for piece in pieces if piece.kind == "sign")
    return max(steps, default=0)


def in_order(columns: Sequence[str], pieces: Sequence[Token]) -> list[str]:
    """Put variables in the order in which a query first names them; for ``*``, Oxigraph's is the alphabet's.

    >>> in_order(["name", "term"], tokens("SELECT * { ?term skos:prefLabel ?name }"))
    ['term', 'name']
    """
    if not any(word.text.upper() == "SELECT" and after.text == "*" for word, after in pairwise(pieces)):
        return list(columns)
    named = reversed([(piece.text[1:], at) for at, piece in enumerate(pieces) if piece.kind == "variable"])
    first = dict(named)
    return sorted(columns, key=lambda name: first.get(name, 0))


def bound(text: str, values: Mapping[str, str]) -> str:
    """Put values, written as SPARQL writes them, in the place of variables.

    >>> bound("ASK { ?term ?p '?term' } # ?term", {"term": "<https://example.org/a>"})
    "ASK { <https://example.org/a> ?p '?term' } # ?term"
    """

    def put(match: re.Match[str]) -> str:
        return values.get(match[0][1:], match[0]) if match.lastgroup == "variable" else match[0]

    return _TOKEN.sub(put, text)


def _outermost(pieces: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for piece in pieces:
        if depth == 0:
            yield piece
        if piece.kind == "sign":
            depth += _DEPTH.get(piece.text, 0)
