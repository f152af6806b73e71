"""Queries that cannot be run: what is wrong with them, where, and what would be right."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from termatlas.errors import UsageError
from termatlas.query.tokens import Token, declared_prefixes, depth, first_word, tokens

_UPDATES = {"ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"}
_BEGINS = "; a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"
_SAID = re.compile(r"error at (\d+):\d+: expected (?:one of )?(.*)", re.DOTALL)
_SIGN = re.compile(r'"(\S{1,2})"')
_LEFT_OUT = {"$", "<<", "{|", "~", "_:", "''", '\\"'}  # of SPARQL 1.2, or another way to write what is listed
#: Oxigraph's parser ends the process where its stack does: at 3,000 nested braces, 10,000 signs of negation.
_MOST_PIECES = 5_000
_DEEPEST = 200
_MOST_SIGNS = 8  # a longer list says nothing
#: More lines than Oxigraph looks ahead: if it stops at the end of them, nothing before them was wrong.
_BEYOND = "\n" * 64
#: What Oxigraph says of queries that are well formed and yet none.
_SENTENCES = {
    "The SELECT contains a variable that is unbound": "SELECT names a variable by which nothing is grouped",
    "Duplicated variable name in SELECT": "SELECT names a variable twice",
    "SELECT * is not authorized with GROUP BY": "SELECT * cannot stand with GROUP BY; name the variables",
    "BIND is overriding an existing variable": "BIND gives a value to a variable that has one",
    "IRI parsing failed": "what stands between < and > is no IRI",
}

_Parse = Callable[[str], None]


def refuse_mistakes(text: str, prefixes: Mapping[str, str], base: str | None = None) -> None:
    """Raise `UsageError` for a text that is no query, or that asks for what is not given: updates and SERVICE.

    Nothing is asked of the network: while Oxigraph reads the query, another word stands for SERVICE. A query that
    cannot be read so has SERVICE as a word of SPARQL, not only in a text, a comment, an IRI or a name.
    """
    pieces = tokens(text)
    if first_word(pieces) in _UPDATES:
        raise UsageError(f"{first_word(pieces)} is a SPARQL update, and a glossary is only read here{_BEGINS}")
    if len(pieces) > _MOST_PIECES or depth(pieces) > _DEEPEST:
        raise UsageError(f"the query is too large: over {_MOST_PIECES:,} words and signs or {_DEEPEST} nested brackets")
    parse = partial(_parse, prefixes={_harmless(prefix): iri for prefix, iri in prefixes.items()}, base=base)
    try:
        parse(_harmless(text))
    except SyntaxError as error:
        raise UsageError(_explained(text, pieces, prefixes, parse, str(error))) from None
    except RuntimeError as error:  # an unknown function
        raise UsageError(f"the query cannot be answered: {error}") from None


def place(text: str, at: int) -> str:
    r"""Name a place in a text, counted in signs.

    >>> place("SELECT *\n{ é }", 13)
    'line 2, column 5'
    """
    before = text[:at]
    return f"line {before.count(chr(10)) + 1}, column {at - before.rfind(chr(10))}"


def _harmless(text: str) -> str:
    return re.sub("service", "sorvice", text, flags=re.IGNORECASE)


def _parse(text: str, prefixes: Mapping[str, str], base: str | None) -> None:
    import pyoxigraph

    pyoxigraph.Store().query(text, prefixes=dict(prefixes), base_iri=base)


def _explained(text: str, pieces: Sequence[Token], prefixes: Mapping[str, str], parse: _Parse, said: str) -> str:
    def is_wrong(piece: Token) -> bool:
        return _wanted(_harmless(text[: piece.end]), parse) is None

    if not pieces:
        return f"the query is empty{_BEGINS}"
    at = bisect_left(pieces, True, key=is_wrong)
    before = pieces[at].start if at < len(pieces) else pieces[-1].end
    wanted = _wanted(_harmless(text[:before]), parse) or ""
    sentence = next((ours for theirs, ours in _SENTENCES.items() if theirs in said + wanted), "")
    if at == len(pieces):
        trouble = sentence or f"the query ends too early{_unclosed(text, pieces) or _signs(wanted)}"
    else:
        trouble = _trouble(pieces[at], {*prefixes, *declared_prefixes(pieces)}) or sentence
        trouble = trouble or f"{_quoted(pieces[at])} cannot stand here{_signs(wanted) if at else _BEGINS}"
    return f"the query, {place(text, before)}: {trouble}"


def _trouble(piece: Token, known: set[str]) -> str:
    prefix = piece.text.partition(":")[0]
    if piece.kind == "name" and prefix not in known:
        return f'the prefix "{prefix}:" is not known; known are {", ".join(sorted(known))}; else declare it: PREFIX'
    if piece.text.lower().startswith("service"):
        return "SERVICE would ask another server, and nothing is asked of the network here"
    return "a text begins here and does not end" if piece.text in {"'", '"'} else ""


def _wanted(text: str, parse: _Parse) -> str | None:
    """Give what Oxigraph expects after a text, "" if nothing more; None where the text is wrong before its end."""
    try:
        parse(text + _BEYOND)
    except SyntaxError as error:
        found = _SAID.match(str(error))
        return found[2] if found and int(found[1]) == (text + _BEYOND).count("\n") + 1 else None
    return ""


def _unclosed(text: str, pieces: Sequence[Token]) -> str:
    stack: list[Token] = []
    for piece in pieces:
        if piece.text in ("{", "("):
            stack.append(piece)
        elif piece.text in ("}", ")") and stack:
            stack.pop()
    return f'; the "{stack[-1].text}" of {place(text, stack[-1].start)} is not closed' if stack else ""


def _signs(wanted: str) -> str:
    signs = [sign for sign in _SIGN.findall(wanted) if sign not in _LEFT_OUT]
    return f"; expected is one of {' '.join(signs)}" if 1 < len(signs) <= _MOST_SIGNS else ""


def _quoted(piece: Token) -> str:
    text = piece.text if len(piece.text) <= 40 else f"{piece.text[:39]}…"
    return f'"{text}"'
