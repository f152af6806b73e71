"""One question put to a store: a whole result, or why there is none. Runs in a worker.

Results are made whole before any of them is sent: one that grew too large is an error, not a shorter result.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from termatlas.errors import UsageError
from termatlas.query.mistakes import refuse_mistakes
from termatlas.query.tokens import named_graphs, tokens
from termatlas.serve.sparql_columns import with_columns
from termatlas.serve.sparql_table import results_html
from termatlas.serve.sparql_tidy import tidy

if TYPE_CHECKING:
    import pyoxigraph

    Found = pyoxigraph.QueryBoolean | pyoxigraph.QuerySolutions | pyoxigraph.QueryTriples

_MISTAKES = (SyntaxError, UsageError, ValueError, RuntimeError)


class Question(NamedTuple):
    """A query, the syntax for each form of result ("" where the client takes none), and the graphs it is asked of."""

    query: str
    solutions: str = "json"
    triples: str = "turtle"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class Reply(NamedTuple):
    """How it went, and the result or the explanation.

    ``boolean``, ``solutions`` or ``triples`` name the form of a result. Else there is none: ``mistake``,
    ``unacceptable`` (in no syntax that the client takes), ``large``, ``memory``, ``deep``, ``slow``, ``busy`` or
    ``failed``.
    """

    outcome: str
    body: bytes


class _TooLarge(Exception):
    """Say that a result is larger than results may be."""


class _Bounded(io.BytesIO):
    """Bytes that may not become too many."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # bytes are all that is ever written
        if self.tell() + len(data) > self._most:
            raise _TooLarge
        return super().write(data)


def run(store: pyoxigraph.Store, question: Question, prefixes: Mapping[str, str], most: int) -> Reply:
    r"""Answer a question from a store, with a result of so many bytes at most.

    >>> import pyoxigraph
    >>> run(pyoxigraph.Store(), Question("SELECT (1 AS ?one) {}", solutions="csv"), {}, most=99)
    Reply(outcome='solutions', body=b'one\r\n1\r\n')
    >>> run(pyoxigraph.Store(), Question("SELECT * {"), {}, most=99).body.decode()
    'the query, line 1, column 11: the query ends too early; the "{" of line 1, column 10 is not closed'
    """
    try:
        return _result(_found(store, question, prefixes), question, prefixes, most)
    except _TooLarge:
        say = f"the result is larger than {most:,} bytes, and none of it is sent; ask for less, such as with LIMIT"
        return Reply("large", say.encode())
    except MemoryError:
        return Reply("memory", b"")
    except _MISTAKES as error:
        return Reply("mistake", _explained(question, prefixes, error).encode())


def _found(store: pyoxigraph.Store, question: Question, prefixes: Mapping[str, str]) -> Found:
    import pyoxigraph

    if "service" in question.query.lower():  # Oxigraph would ask the network
        refuse_mistakes(question.query, prefixes, prefixes.get("term"))
    ask = _asking(store, question, prefixes)
    found = ask(question.query)
    if "*" in question.query and isinstance(found, pyoxigraph.QuerySolutions):
        written = with_columns(question.query, [variable.value for variable in found.variables])
        return found if written == question.query else ask(written)
    return found


def _asking(store: pyoxigraph.Store, question: Question, prefixes: Mapping[str, str]) -> Callable[[str], Found]:
    """Give what asks the store, in the graphs that the question is about."""
    import pyoxigraph

    ask = partial(store.query, prefixes=dict(prefixes), base_iri=prefixes.get("term"))
    if question.default_graphs or question.named_graphs:  # they count, not the query's own (SPARQL 1.1 Protocol, 2.1.4)
        return partial(
            ask,
            default_graph=[pyoxigraph.NamedNode(iri) for iri in question.default_graphs],
            named_graphs=[pyoxigraph.NamedNode(iri) for iri in question.named_graphs],
        )
    # Oxigraph would overlook the query's own graphs for the union of all.
    own = "from" in question.query.lower() and named_graphs(tokens(question.query))
    return partial(ask, use_default_graph_as_union=not own)


def _result(found: Found, question: Question, prefixes: Mapping[str, str], most: int) -> Reply:
    import pyoxigraph

    form = _form(found)
    syntax = question.triples if form == "triples" else question.solutions
    if not syntax:
        return Reply("unacceptable", form.encode())
    if syntax == "html":
        return Reply(form, results_html(found, prefixes).encode())
    into = _Bounded(most)
    if isinstance(found, pyoxigraph.QueryTriples):
        known = dict(prefixes) if syntax in ("turtle", "trig") else None
        pyoxigraph.serialize(_each_once(found), into, graph_format(syntax), prefixes=known)
    else:
        found.serialize(into, _results_format(syntax))
    return Reply(form, tidy(syntax, into.getvalue()))


def _each_once(triples: Iterable[pyoxigraph.Triple]) -> Iterator[pyoxigraph.Triple]:
    """Leave out what was there before: a graph is a set, and CONSTRUCT can make a triple many times."""
    seen: set[pyoxigraph.Triple] = set()
    for triple in triples:
        if triple not in seen:
            seen.add(triple)
            yield triple


def _form(found: Found) -> str:
    import pyoxigraph

    if isinstance(found, pyoxigraph.QueryTriples):
        return "triples"
    return "boolean" if isinstance(found, pyoxigraph.QueryBoolean) else "solutions"


def graph_format(syntax: str) -> pyoxigraph.RdfFormat:
    """Give the name that Oxigraph has for a syntax of triples."""
    from pyoxigraph import RdfFormat

    return {
        "turtle": RdfFormat.TURTLE,
        "nt": RdfFormat.N_TRIPLES,
        "xml": RdfFormat.RDF_XML,
        "jsonld": RdfFormat.JSON_LD,
        "trig": RdfFormat.TRIG,
    }[syntax]


def _results_format(syntax: str) -> pyoxigraph.QueryResultsFormat:
    from pyoxigraph import QueryResultsFormat

    return {
        "json": QueryResultsFormat.JSON,
        "xml": QueryResultsFormat.XML,
        "csv": QueryResultsFormat.CSV,
        "tsv": QueryResultsFormat.TSV,
    }[syntax]


def _explained(question: Question, prefixes: Mapping[str, str], error: Exception) -> str:
    """Say what is wrong with a query; Oxigraph names the wrong place, so it is looked for."""
    if isinstance(error, SyntaxError):
        try:
            refuse_mistakes(question.query, prefixes, prefixes.get("term"))
        except UsageError as found:
            return str(found)
    return str(error)
