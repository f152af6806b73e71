"""Values for the parameters of a query: what people call a term → its IRI."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, cast

from termatlas.errors import UnknownTerm, UsageError
from termatlas.export.blocks import PREFIXES
from termatlas.query.named import Parameter, parameters
from termatlas.query.tokens import bound

if TYPE_CHECKING:
    import pyoxigraph

_CLASSES = {"term": "skos:Concept", "category": "skos:Collection"}
_NAMED = """SELECT ?thing ?place ?call ?status {
  VALUES (?property ?place) { (skos:notation 0) (dct:identifier 0) (skos:prefLabel 1) (skos:altLabel 2) }
  ?thing ?property ?call ; a %s .
  FILTER (LCASE(STR(?call)) = LCASE(%s))
  OPTIONAL { ?thing ta:status ?status }
}"""
_ADDRESSED = (
    "SELECT ?thing { ?thing a %s FILTER (STRENDS(CONCAT('/', REPLACE(STR(?thing), '#', '/')), CONCAT('/', %s))) }"
)
_NAMES = "SELECT DISTINCT ?call { ?thing a %s ; skos:prefLabel|skos:altLabel ?call }"


def refuse_values(text: str, values: Collection[str]) -> None:
    """Raise `UsageError` where a query's parameter has no value, or a value no parameter."""
    known = parameters(text)
    if unknown := sorted(set(values) - set(known)):
        raise UsageError(f'the query has no parameter "{unknown[0]}"; it has {", ".join(known) or "none"}')
    if missing := [name for name in known if name not in values]:
        name = missing[0]
        raise UsageError(f'the query needs a value for "{name}", {known[name].meaning}: {name}=… (--set {name}=…)')


def with_values(store: pyoxigraph.Store, text: str, values: Mapping[str, str]) -> str:
    """Put values in the place of the parameters that a query declares.

    Raises `UsageError` as `refuse_values` does, `UnknownTerm` where a value names nothing.
    """
    refuse_values(text, values)
    known = parameters(text)
    return bound(text, {name: _written(store, known[name], value) for name, value in values.items()})


def _written(store: pyoxigraph.Store, parameter: Parameter, value: str) -> str:
    import pyoxigraph

    if parameter.kind == "text":
        return str(pyoxigraph.Literal(value))
    return f"<{find(store, parameter.kind, value)}>"


def find(store: pyoxigraph.Store, kind: str, asked: str) -> str:
    """Find the IRI of a term or of a category by what it is called: its IRI or the end of it, its slug, name or alias.

    Exact spelling goes before upper and lower case, a slug before a name before an alias, a term with a page before
    a wanted one. Raises `UnknownTerm`, or `UsageError` for a category, with what is called nearly so.
    """
    import pyoxigraph

    text = asked.strip()
    literal = pyoxigraph.Literal(text)
    if answers := list(_answers(store, text, _NAMED % (_CLASSES[kind], literal))):
        return min(answers)[-1]
    addressed = _rows(store, _ADDRESSED % (_CLASSES[kind], literal))
    iris: list[str] = [row["thing"].value for row in addressed]
    if iris:
        return min(iris)
    names = {row["call"].value.casefold(): row["call"].value for row in _rows(store, _NAMES % _CLASSES[kind])}
    near = [names[name] for name in difflib.get_close_matches(text.casefold(), sorted(names), cutoff=0)]
    if kind == "term":
        raise UnknownTerm(asked, near)
    where = f"near it: {', '.join(near)}" if near else "there is none"
    raise UsageError(f'no {kind} is called "{asked}"; {where}')


def _answers(store: pyoxigraph.Store, text: str, asked: str) -> Iterator[tuple[bool, int, bool, str]]:
    for row in _rows(store, asked):
        is_wanted = row["status"] is not None
        yield row["call"].value != text, int(row["place"].value), is_wanted, row["thing"].value


def _rows(store: pyoxigraph.Store, text: str) -> pyoxigraph.QuerySolutions:
    return cast("pyoxigraph.QuerySolutions", store.query(text, prefixes=PREFIXES, use_default_graph_as_union=True))
