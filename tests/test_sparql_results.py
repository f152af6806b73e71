"""The W3C's SPARQL 1.1 tests of result formats and property paths, by our own `query` and `written`."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, cast

import pyoxigraph
import pytest

from termatlas.query import Solutions, query, written
from termatlas.query.results import plain

_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_ENTRIES = f"""PREFIX mf: <{_MF}> PREFIX qt: <{_QT}>
SELECT ?name ?query ?result (GROUP_CONCAT(COALESCE(STR(?data), '')) AS ?default)
  (GROUP_CONCAT(COALESCE(STR(?graph), '')) AS ?named) {{
  ?entry mf:name ?name ; mf:action ?action ; mf:result ?result .
  ?action qt:query ?query .
  OPTIONAL {{ ?action qt:data ?data }}
  OPTIONAL {{ ?action qt:graphData ?graph }}
}} GROUP BY ?entry ?name ?query ?result ORDER BY ?name"""
FOLDERS = {"csv-tsv-res": 6, "json-res": 4, "property-path": 33}
#: Oxigraph finds no path of no step from a constant to itself where the data do not name it. The W3C's working group
#: never approved these four.
UNLIKE = {f"{sign} with {end} being a constant on the empty dataset" for sign in "*?" for end in ("start", "end")}


class Entry(NamedTuple):
    """A test of a manifest: the files of the query, its result, its default graph and its named graphs."""

    name: str
    query: Path
    result: Path
    default: tuple[Path, ...]
    named: tuple[Path, ...]


def entries(folder: Path) -> list[Entry]:
    store, base = pyoxigraph.Store(), f"{folder.as_uri()}/"
    store.load(path=folder / "manifest.ttl", format=pyoxigraph.RdfFormat.TURTLE, base_iri=base)

    def paths(value: str) -> tuple[Path, ...]:
        return tuple(sorted({folder / iri.removeprefix(base) for iri in value.split()}))

    rows = cast("pyoxigraph.QuerySolutions", store.query(_ENTRIES))
    return [
        Entry(name, paths(text)[0], paths(result)[0], paths(default), paths(named))
        for name, text, result, default, named in ([cell.value for cell in row] for row in rows)
    ]


def store_of(entry: Entry) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    for path in entry.default:
        store.load(path=path, format=pyoxigraph.RdfFormat.TURTLE, base_iri=path.as_uri())
    for path in entry.named:
        graph = pyoxigraph.NamedNode(path.as_uri())
        store.load(path=path, format=pyoxigraph.RdfFormat.TURTLE, base_iri=path.as_uri(), to_graph=graph)
    return store


def answer_of(entry: Entry) -> Solutions | bool:
    text = entry.query.read_text("utf-8")
    return query(store_of(entry), f"BASE <{entry.query.parent.as_uri()}/>\n{text}")


def _parsed(data: str, format: pyoxigraph.QueryResultsFormat) -> object:
    found = pyoxigraph.parse_query_results(data.encode(), format)
    if isinstance(found, pyoxigraph.QueryBoolean):
        return bool(found)
    names = [variable.value for variable in found.variables]
    rows = ({name: _value(row[name]) for name in names if row[name] is not None} for row in found)
    return sorted(names), Counter(json.dumps(row, sort_keys=True) for row in rows)


def _value(node: object) -> str:
    """Give a term so that equal ones are equal: Oxigraph keeps numbers by value, not as they are spelt."""
    if isinstance(node, pyoxigraph.Literal) and isinstance(number := plain(node), int | float):
        return f"{float(number)} {type(number).__name__}"
    return "_:" if isinstance(node, pyoxigraph.BlankNode) else str(node)


def _csv_rows(text: str) -> object:
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    return head, Counter(tuple(map(_csv_cell, row)) for row in rows)


def _csv_cell(cell: str) -> str:
    try:
        return str(float(cell))
    except ValueError:
        return "_:" if cell.startswith("_:") else cell


def _by(format: pyoxigraph.QueryResultsFormat) -> Callable[[str], object]:
    return lambda text: _parsed(text, format)


_XML = _by(pyoxigraph.QueryResultsFormat.XML)
_JSON = _by(pyoxigraph.QueryResultsFormat.JSON)
#: Ending of the file with the result → the form we write, how ours is read, how theirs is.
_FORMS: dict[str, tuple[str, Callable[[str], object], Callable[[str], object]]] = {
    ".csv": ("csv", _csv_rows, _csv_rows),
    ".tsv": ("tsv", _by(pyoxigraph.QueryResultsFormat.TSV), _by(pyoxigraph.QueryResultsFormat.TSV)),
    ".srj": ("json", _JSON, _JSON),
    ".srx": ("json", _JSON, _XML),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_every_test_of_the_w3c_passes(corpora: Path, name: str) -> None:
    found = entries(corpora / "rdf-tests" / name)
    assert len(found) == FOLDERS[name]
    failed = {entry.name for entry in found if not passes(entry)}
    assert failed == UNLIKE & {entry.name for entry in found}


def passes(entry: Entry) -> bool:
    form, ours, theirs = _FORMS[entry.result.suffix]
    return ours(written(answer_of(entry), form, {})) == theirs(entry.result.read_text("utf-8"))


def test_the_reader_of_manifests_sees_a_wrong_result(corpora: Path) -> None:
    found = entries(corpora / "rdf-tests" / "json-res")
    wrong = [entry._replace(result=other.result) for entry in found for other in found if entry.result != other.result]
    assert [entry.name for entry in wrong if passes(entry)] == []
