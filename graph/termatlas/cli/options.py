"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])


def reads_sources(command: _Command) -> _Command:
    """Give a command its SOURCE arguments and the options that say how to read them."""
    for decorate in (
        click.option("--strict", is_flag=True, help="Stop at the first file or entry that cannot be read."),
        click.option("--base-iri", metavar="IRI", help="What the terms' IRIs start with."),
        click.option("--language", metavar="TAG", help="The language to read, and of texts that name none."),
        click.option("--title", help="The glossary's name."),
        click.option(
            "--map",
            "mapping",
            metavar="FIELD=NAME,…",
            help="Fields that the source calls otherwise: term=headword,related=xrefs.",
        ),
        click.option(
            "--reader", metavar="NAME", help="Force a reader: csv, json, jsonl, markdown, nuxt, skos or yaml."
        ),
        click.argument("sources", nargs=-1, metavar="[SOURCE]..."),
    ):
        command = decorate(command)
    return command


def takes_mappings(command: _Command) -> _Command:
    """Give a command the option that names a file of mappings."""
    return click.option(
        "--mappings",
        "mapped",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Mappings to other vocabularies, as align reads them; they must hold no error.",
    )(command)


def takes_format(command: _Command) -> _Command:
    """Give a command the option that picks its form of output."""
    forms = click.Choice(["table", "json", "csv"])
    return click.option(
        "--format", "form", type=forms, default="table", show_default=True, help="The form of the output."
    )(command)


def writes_a_file(command: _Command) -> _Command:
    """Give a command the option that names the file to write."""
    path = click.Path(path_type=Path)
    return click.option("--out", type=path, help="The file to write; standard output where none is given.")(command)


def fails_on(level: str, what: str) -> Callable[[_Command], _Command]:
    """Give a command the option that says from which level on what it finds makes the exit code 1."""
    return click.option(
        "--fail-on",
        type=click.Choice(["error", "warning", "info", "never"]),
        default=level,
        show_default=True,
        help=f"The level from which on {what} make the exit code 1.",
    )


def suggests(command: _Command) -> _Command:
    """Give a command the options that ask for suggestions."""
    for decorate in (
        click.option(
            "--decisions",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="What was decided on suggestions; else the source's or this folder's termatlas.decisions.jsonl.",
        ),
        click.option("--suggest", is_flag=True, help="Suggest missing links, terms and duplicates too (takes longer)."),
    ):
        command = decorate(command)
    return command


def keeps_positions(command: _Command) -> _Command:
    """Give a command the option that keeps terms where an earlier map had them."""
    return click.option(
        "--positions",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="An earlier explorer.html whose map to keep.",
    )(command)
