"""What a query finds → a table, CSV, TSV or JSON; or, of triples, Turtle, N-Triples or JSON-LD."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from termatlas.errors import UsageError
from termatlas.query.results import Node, Solutions, Triples, plain
from termatlas.terminal import as_json, as_table, guarded

if TYPE_CHECKING:
    import pyoxigraph

Prefixes = Mapping[str, str]

_XSD = "http://www.w3.org/2001/XMLSchema#"
#: The numbers that Turtle, and so TSV, writes without quotes.
_BARE = {
    f"{_XSD}integer": re.compile(r"[+-]?[0-9]+"),
    f"{_XSD}decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    f"{_XSD}double": re.compile(r"[+-]?([0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
}
_LOCAL = re.compile(r"\w(?:[\w.-]*[\w-])?|")
_TRUTH = {True: "true", False: "false"}


def written(answer: Solutions | Triples | bool, form: str, prefixes: Prefixes) -> str:
    """Write an answer in one of `FORMS`, without the last line's end.

    CSV, TSV and JSON are those of the W3C, with two liberties in CSV, as in all CSV of ours: lines end in a line
    feed alone, and a text that a spreadsheet would run as a formula gets an apostrophe. TSV and JSON are exact.
    Raises `UsageError` for a form that does not suit the answer.
    """
    kind = "yes or no" if isinstance(answer, bool) else "triples" if isinstance(answer, Triples) else "rows"
    if form not in _WRITERS[kind]:
        raise UsageError(f"{kind} cannot be written as {form}; there are {', '.join(_WRITERS[kind])}")
    return _WRITERS[kind][form](answer, prefixes)


def _table(answer: Solutions, prefixes: Prefixes) -> str:
    count = f"{len(answer):,} row{'' if len(answer) == 1 else 's'}"
    rows = [dict(zip(answer.columns, (_shown(node, prefixes) for node in row), strict=True)) for row in answer.terms]
    return f"{as_table(rows, _columns_of_iris(answer))}\n\n{count}" if rows and answer.columns else count


def _columns_of_iris(answer: Solutions) -> set[str]:
    """Name the columns that hold IRIs: cut short, they would name nothing."""
    import pyoxigraph

    columns = zip(answer.columns, zip(*answer.terms, strict=True), strict=True)
    return {name for name, nodes in columns if any(isinstance(node, pyoxigraph.NamedNode) for node in nodes)}


def _shown(node: Node, prefixes: Prefixes) -> object:
    import pyoxigraph

    if isinstance(node, pyoxigraph.NamedNode):
        return short(node.value, prefixes)
    return "" if node is None else plain(node)


def short(iri: str, prefixes: Prefixes) -> str:
    """Shorten an IRI with the longest prefix that suits, so that a query can say it; else put it in brackets.

    >>> short("https://e.org/a/clip", {"e": "https://e.org/", "a": "https://e.org/a/"})
    'a:clip'
    >>> short("https://e.org/a/clip", {"e": "https://e.org/"})
    '<https://e.org/a/clip>'
    """
    fitting = [(len(start), prefix) for prefix, start in prefixes.items() if iri.startswith(start)]
    for length, prefix in sorted(fitting, reverse=True):
        if _LOCAL.fullmatch(iri[length:]):
            return f"{prefix}:{iri[length:]}"
    return f"<{iri}>"


def _csv(answer: Solutions, _: Prefixes) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([_csv_value(node) for node in row] for row in answer.terms)
    return stream.getvalue().removesuffix("\n")


def _csv_value(node: Node) -> str:
    import pyoxigraph

    if isinstance(node, pyoxigraph.Literal):
        return node.value if isinstance(plain(node), int | float) else guarded(node.value)
    return "" if node is None else str(plain(node))


def _tsv(answer: Solutions, _: Prefixes) -> str:
    rows = ["\t".join(f"?{column}" for column in answer.columns)]
    return "\n".join(rows + ["\t".join(map(_tsv_value, row)) for row in answer.terms])


def _tsv_value(node: Node) -> str:
    import pyoxigraph

    if isinstance(node, pyoxigraph.Literal):
        bare = _BARE.get(node.datatype.value)
        return node.value if bare and bare.fullmatch(node.value) else str(node)
    return "" if node is None else str(node)


def _json(answer: Solutions, _: Prefixes) -> str:
    bindings = [
        {column: _json_value(node) for column, node in zip(answer.columns, row, strict=True) if node is not None}
        for row in answer.terms
    ]
    return as_json({"head": {"vars": answer.columns}, "results": {"bindings": bindings}})


def _json_value(node: Node) -> dict[str, Any]:
    import pyoxigraph

    if isinstance(node, pyoxigraph.Literal):
        return {"type": "literal", "value": node.value, **_json_kind(node)}
    if isinstance(node, pyoxigraph.Triple):
        parts = zip(("subject", "predicate", "object"), node, strict=True)
        return {"type": "triple", "value": {name: _json_value(part) for name, part in parts}}
    if isinstance(node, pyoxigraph.BlankNode):
        return {"type": "bnode", "value": node.value}
    return {"type": "uri", "value": plain(node)}


def _json_kind(literal: pyoxigraph.Literal) -> dict[str, str]:
    if literal.language:
        return {"xml:lang": literal.language}
    kind = literal.datatype.value
    return {} if kind == f"{_XSD}string" else {"datatype": kind}


def _turtle(answer: Triples, prefixes: Prefixes) -> str:
    names = {str(plain(node)) for row in answer.terms for node in row}
    used = {prefix: start for prefix, start in prefixes.items() if any(name.startswith(start) for name in names)}
    lines = _rdf(answer, "TURTLE", used).split("\n")
    head = sorted(line for line in lines if line.startswith("@prefix "))  # they come in a random order
    return "\n".join(head + lines[len(head) :])


def _rdf(answer: Triples, syntax: str, prefixes: dict[str, str] | None = None) -> str:
    import pyoxigraph

    parts = (pyoxigraph.Triple(*cast("Any", row)) for row in answer.terms)
    data = pyoxigraph.serialize(parts, format=getattr(pyoxigraph.RdfFormat, syntax), prefixes=prefixes)
    return (data or b"").decode().removesuffix("\n")


_WRITERS: dict[str, dict[str, Callable[[Any, Prefixes], str]]] = {
    "rows": {"table": _table, "csv": _csv, "tsv": _tsv, "json": _json},
    "triples": {
        "table": _table,
        "turtle": _turtle,
        "nt": lambda answer, _: _rdf(answer, "N_TRIPLES"),
        "jsonld": lambda answer, _: _rdf(answer, "JSON_LD"),
    },
    "yes or no": {
        "table": lambda answer, _: "yes" if answer else "no",
        "csv": lambda answer, _: _TRUTH[answer],
        "tsv": lambda answer, _: _TRUTH[answer],
        "json": lambda answer, _: as_json({"head": {}, "boolean": answer}),
    },
}
#: The forms that an answer can be written in.
FORMS = ("table", "csv", "tsv", "json", "turtle", "nt", "jsonld")
