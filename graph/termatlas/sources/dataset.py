"""The table ``[dataset]`` of ``termatlas.toml``: what a glossary says about itself as a dataset."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from termatlas.errors import SourceError
from termatlas.model import Agent, Description

#: Setting → the field of a description.
_TEXTS = {"description": "text", "license": "license", "version": "version", "history": "history"}
_DATES = ("created", "modified")
_AGENT = ("name", "iri", "url", "email")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")


def read_dataset(table: Mapping[str, Any], label: str) -> Description:
    """Make a description of a table of settings.

    Raises `SourceError` for a setting that does not exist or has another kind of value.

    >>> read_dataset({"description": "Words.", "publisher": {"name": "We", "iri": "urn:x:we"}}, "t.toml").publisher
    Agent(name='We', iri='urn:x:we', url='', email='')
    """
    found = Description()
    for name, value in table.items():
        field, read = _READERS.get(name, ("", _refused))
        given: dict[str, Any] = {field: read(name, value, label)}
        found = replace(found, **given)
    return found


def _text(name: str, value: object, label: str) -> str:
    if not isinstance(value, str):
        raise _error(f"{name} is no text", f'write {name} = "…"', label)
    return value


def _iri(name: str, value: object, label: str) -> str:
    text = _text(name, value, label)
    if not _IRI.fullmatch(text):
        raise _error(f'{name} is "{text}", which is no IRI', "give a whole web address, without spaces", label)
    return text


def _date(name: str, value: object, label: str) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise _error(f'{name} is "{value}", which is no date', f"write {name} = 2026-01-31", label) from None


def _agents(name: str, value: object, label: str) -> tuple[Agent, ...]:
    listed = value if isinstance(value, list) else [value]
    return tuple(_agent(name, each, label) for each in listed)


def _agent(name: str, value: object, label: str) -> Agent:
    if not isinstance(value, dict) or not {"name", "iri"} <= value.keys() <= set(_AGENT):
        cure = f'write {name} = {{ name = "…", iri = "…" }}, with url for an organization or email for a person'
        raise _error(f"{name} is nobody with a name and an iri", cure, label)
    texts = {key: (_text if key in ("name", "email") else _iri)(f"{name}.{key}", value[key], label) for key in value}
    return Agent(**texts)


def _categories(name: str, value: object, label: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise _error(f"{name} is no table", f'write [dataset.{name}] and below it "Category" = "What it holds."', label)
    return tuple((category, _text(f"{name}.{category}", text, label)) for category, text in value.items())


def _refused(name: str, _: object, label: str) -> str:
    raise _error(f'"{name}" is no setting of [dataset]', f"use one of: {', '.join(_READERS)}", label)


def _error(problem: str, cure: str, label: str) -> SourceError:
    return SourceError(label, problem, cure, place="[dataset]")


#: Setting → the field of a description, and what reads it.
_READERS: Mapping[str, tuple[str, Any]] = {
    **{name: (field, _text) for name, field in _TEXTS.items() if name != "license"},
    **{name: (name, _date) for name in _DATES},
    "license": ("license", _iri),
    "creator": ("creators", _agents),
    "publisher": ("publisher", _agent),
    "categories": ("categories", _categories),
}
