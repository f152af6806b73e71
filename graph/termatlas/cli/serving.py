"""The command that serves a glossary over HTTP: serve."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from termatlas.cli.group import cli
from termatlas.cli.options import reads_sources, takes_mappings
from termatlas.cli.reading import progress_bar, read_glossary
from termatlas.errors import UsageError
from termatlas.terminal import cell, safe

_STEPS = 6


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Whom to listen for; 0.0.0.0 is everyone.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="0 takes any free one.")
@click.option("--watch", is_flag=True, help="Serve what the sources say now: read them again when they change.")
@click.option("--prepare", type=click.Path(path_type=Path), hidden=True, help="For --watch: prepare a folder and end.")
@click.option(
    "--templates",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Templates, colours and files of your own for pages, as publish takes them.",
)
@takes_mappings
@reads_sources
def serve(host: str, port: int, watch: bool, prepare: Path | None, **source: Any) -> None:
    """Serve the explorer, terms as pages and linked data, search, and SPARQL, read-only.

    The explorer is at /, and every term answers at the path of its IRI, as a page or in the syntax of linked data
    that is asked for.
    """
    if missing := [name for name in ("starlette", "uvicorn") if find_spec(name) is None]:
        raise UsageError(f"serving needs {' and '.join(missing)}: pip install 'termatlas[serve]'")
    if prepare:
        _prepare(source, prepare)
    else:
        _serve(host, port, watch=watch, source=source)


def _serve(host: str, port: int, *, watch: bool, source: Mapping[str, Any]) -> None:
    from termatlas.serve.app import app
    from termatlas.serve.headers import LOOPBACK_HOSTS
    from termatlas.serve.run import is_loopback, listening, run, url
    from termatlas.serve.served import load
    from termatlas.serve.watch import look, watching

    hosts = LOOPBACK_HOSTS | {host.lower()} if is_loopback(host) else None
    with listening(host, port) as taken, TemporaryDirectory(prefix="termatlas-", ignore_cleanup_errors=True) as home:
        looking = partial(look, source["sources"], _others(source))
        first = looking() if watch else {}
        folder = Path(home) / "0"
        folder.mkdir()
        with progress_bar(_STEPS) as progress:
            _prepare(source, folder, progress)
        served = load(folder)
        tasks = [watching(looking, first, Path(home), _again(source), _say)] if watch else []

        def started() -> None:
            terms = f"{safe(served.glossary.title)}, {cell(len(served.glossary))} terms"
            click.echo(f"{terms}: {url(taken)} (Ctrl-C ends)")
            if hosts is None:
                click.echo("termatlas: everyone who can reach this machine can read what is served", err=True)

        run(app(served, hosts=hosts, tasks=tasks), taken, started)


def _prepare(source: Mapping[str, Any], folder: Path, progress: Callable[[str], None] = lambda _: None) -> None:
    from termatlas.align import checked_mappings
    from termatlas.serve.served import prepare

    glossary = read_glossary(source, progress)
    mappings = checked_mappings(source["mapped"], glossary) if source["mapped"] else None
    prepare(glossary, folder, progress, mappings=mappings, templates=source["templates"])


def _others(source: Mapping[str, Any]) -> list[Path]:
    """List the files and folders that are read beside the sources, SSSOM's metadata among them."""
    mapped: Path | None = source["mapped"]
    beside = [mapped, mapped.with_suffix(".yml")] if mapped and mapped.name else []
    return [*beside, *filter(None, [source["templates"]])]


def _say(words: str) -> None:
    click.echo(f"termatlas: {safe(words)}", err=True)


def _again(source: Mapping[str, Any]) -> list[str]:
    """Give the command that prepares the same sources, with the same options, in a folder named after it."""
    options = {"--reader": "reader", "--map": "mapping", "--title": "title", "--language": "language"}
    options |= {"--base-iri": "base_iri", "--mappings": "mapped", "--templates": "templates"}
    given = [f"{option}={source[name]}" for option, name in options.items() if source[name]]
    strict = ["--strict"] if source["strict"] else []
    files = [f"./{name}" if name.startswith("-") else name for name in source["sources"]]
    return [sys.executable, "-m", "termatlas", "serve", *given, *strict, *files, "--prepare"]
