"""The command that asks in SPARQL: query."""

from __future__ import annotations

import signal
import sys
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args

import click

from termatlas.cli.group import cli
from termatlas.cli.options import reads_sources, takes_mappings
from termatlas.cli.reading import read_glossary
from termatlas.errors import SourceError, UsageError
from termatlas.terminal import Format, as_rows

if TYPE_CHECKING:
    from termatlas.query import Solutions

_LONGEST_PATH = 256
_FORMS = ("table", "csv", "tsv", "json", "turtle", "nt", "jsonld")


@cli.command()
@click.argument("text", metavar="[QUERY]", required=False)
@click.option("--list", "listing", is_flag=True, help="List the named queries: question and parameters of each.")
@click.option("--show", "showing", is_flag=True, help="Print the text of a named query, to adapt it.")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="A value for a query's parameter: term=CLIP (a slug, name or alias).",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMS),
    help="The form of the output; else a table, or for CONSTRUCT and DESCRIBE on a pipe Turtle.",
)
@takes_mappings
@reads_sources
def query(
    text: str | None,
    listing: bool,
    showing: bool,
    settings: tuple[str, ...],
    form: str | None,
    mapped: Path | None,
    **source: Any,
) -> None:
    """Ask in SPARQL 1.1, or by a named query.

    QUERY is a query's text, a name that --list has, or @FILE (@- is standard input). The usual prefixes are
    known: skos, ta, term (the glossary's own terms), schema, dct, rdfs and more. Rows without ORDER BY are
    sorted. A glossary is only read: there are no updates, and SERVICE and files in FROM are never fetched.
    """
    from termatlas.align import checked_mappings
    from termatlas.export.rdf import to_store
    from termatlas.query import checked, prefixes_of, written
    from termatlas.query import query as ask

    if listing:
        click.echo(_list(form or "table"))
        return
    if showing:
        click.echo(checked(_text(text)).rstrip("\n"))
        return
    values = dict(map(_setting, settings))
    with _interruptible():
        asked = checked(_text(text), values)
    glossary = read_glossary(source)
    mappings = checked_mappings(mapped, glossary) if mapped else None
    with _interruptible():
        answer = ask(to_store(glossary, mappings), asked, **values)
    click.echo(written(answer, form or _usual_form(answer), prefixes_of(glossary)))


def _list(form: str) -> str:
    from termatlas.query import named_queries

    if form not in get_args(Format):
        raise UsageError(f"the list cannot be written as {form}; there are {', '.join(get_args(Format))}")
    rows = [
        {"name": query.name, "parameters": ", ".join(query.parameters), "question": query.question}
        for query in named_queries().values()
    ]
    return as_rows(rows, cast("Format", form))


def _text(text: str | None) -> str:
    if not text:
        raise UsageError("there is no query; give one, the name of one that --list has, or @FILE")
    if text.startswith("@"):
        return _read(text[1:])
    if len(text) < _LONGEST_PATH and "{" not in text and Path(text).exists() and text not in _names():
        raise UsageError(f'"{text}" is a file or folder and no query; the query comes first, from a file as @FILE')
    return text


def _names() -> Container[str]:
    from termatlas.query import named_queries

    return named_queries()


def _read(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise SourceError(file, f"the query cannot be read: {error.strerror}", "name a file with one") from None
    except UnicodeDecodeError:
        raise SourceError(file, "the query is not in UTF-8", "save it as UTF-8") from None


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise UsageError(f'"{text}" sets nothing; a value is given as NAME=VALUE, such as --set term=CLIP')
    return name, value


def _usual_form(answer: Solutions | bool) -> str:
    from termatlas.query import Triples

    return "turtle" if isinstance(answer, Triples) and not sys.stdout.isatty() else "table"


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C end the process at once: while Oxigraph works, Python cannot see it."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
