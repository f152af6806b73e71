"""``SELECT *`` → its columns in the order in which the query first names them; Oxigraph sorts them by name."""

from __future__ import annotations

from collections.abc import Sequence

from termatlas.query.tokens import Token, tokens


def with_columns(query: str, columns: Sequence[str]) -> str:
    """Put the columns of a query in the place of its ``*``; give any other query as it is.

    >>> with_columns("SELECT * { ?term ta:linksTo ?other }", ["other", "term"])
    'SELECT ?term ?other { ?term ta:linksTo ?other }'
    >>> with_columns("SELECT ?term { { SELECT * { ?term ?p ?o } } }", ["term"])
    'SELECT ?term { { SELECT * { ?term ?p ?o } } }'
    """
    pieces = tokens(query)
    star = _star(pieces)
    if star is None or not columns:
        return query
    first = {piece.text[1:]: piece.start for piece in reversed(pieces) if piece.kind == "variable"}
    listed = " ".join(f"?{name}" for name in sorted(columns, key=lambda name: first.get(name, len(query))))
    return f"{query[: star.start]}{listed}{query[star.end :]}"


def _star(pieces: Sequence[Token]) -> Token | None:
    """Find the star of the outermost SELECT."""
    at = next((at for at, piece in enumerate(pieces) if piece.text.upper() == "SELECT"), len(pieces))
    for piece in pieces[at + 1 : at + 3]:
        if piece.text == "*":
            return piece
        if piece.text.upper() not in ("DISTINCT", "REDUCED"):
            return None
    return None
