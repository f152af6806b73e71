"""``termatlas.toml``: what a glossary says about itself."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from termatlas.errors import SourceError, UsageError
from termatlas.sources.dataset import read_dataset
from termatlas.sources.fields import field_named
from termatlas.sources.files import decoded, translated
from termatlas.sources.options import Markup, Options

NAME = "termatlas.toml"
_TEXTS = ("reader", "delimiter", "strip", "home", "language", "title", "base_iri")
_MARKUPS: tuple[Markup, ...] = ("auto", "plain", "markdown", "html")


def find_config(sources: Sequence[str | Path]) -> Path | None:
    """Find the ``termatlas.toml`` that governs sources: in the first folder among them, else in the current one."""
    folders = [Path(source) for source in sources if Path(source).is_dir()]
    candidates = (*(folder / NAME for folder in folders[:1]), Path(NAME))
    return next((path for path in candidates if path.is_file()), None)


def load_config(path: Path) -> Options:
    """Read a ``termatlas.toml``.

    Raises `SourceError` where it is not TOML or holds a setting that does not exist.
    """
    label = path.as_posix()
    with translated(label):
        data = path.read_bytes()
    try:
        settings = tomllib.loads(decoded(data, label))
    except tomllib.TOMLDecodeError as error:
        raise SourceError(label, f"not TOML: {error}", "correct the line") from error
    return from_settings(settings, label)


def from_settings(settings: dict[str, Any], label: str) -> Options:
    """Make options of a table of settings: texts, and ``map``, a table of field → the source's own name for it.

    >>> from_settings({"title": "Terms", "map": {"term": "headword"}}, "termatlas.toml").fields
    {'name': 'headword'}
    """
    options = Options()
    for name, value in settings.items():
        if name == "map" and isinstance(value, dict):
            fields = {field_named(field): str(path) for field, path in value.items()}
            options = replace(options, fields=fields)
        elif name == "dataset" and isinstance(value, dict):
            options = replace(options, dataset=read_dataset(value, label))
        elif name == "markup" and value in _MARKUPS:
            options = replace(options, markup=value)
        elif name in _TEXTS and isinstance(value, str):
            given: dict[str, Any] = {name: value}
            options = replace(options, **given)
        else:
            known = ", ".join((*_TEXTS, f"markup ({', '.join(_MARKUPS)})", "[map]", "[dataset]"))
            raise SourceError(label, f'"{name}" is no setting with such a value', f"use one of: {known}")
    return options


def field_map(text: str) -> dict[str, str]:
    """Read a map of fields as the command line gives it.

    Raises `UsageError` where a pair is not whole or a term has no such field.

    >>> field_map("term=headword, related=xrefs")
    {'name': 'headword', 'related': 'xrefs'}
    """
    pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
    if wrong := [name for name, _, value in pairs if not value.strip()]:
        raise UsageError(f'--map does not say what "{wrong[0]}" is called; write {wrong[0]}=NAME')
    return {field_named(name.strip()): value.strip() for name, _, value in pairs}
