"""What a reader may be told: the settings of a source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from termatlas.model import Description

Markup = Literal["auto", "plain", "markdown", "html"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The settings of a source: from the command line, from ``termatlas.toml``, or the defaults."""

    reader: str = ""  #: a name of ``READERS``; "" looks at the content
    #: field of a term → the source's own name for it: a key, a dotted path or a column number from 1
    fields: Mapping[str, str] = field(default_factory=dict)
    markup: Markup = "auto"  #: what the texts of JSON, YAML and CSV sources are written in
    delimiter: str = ""  #: of CSV columns; "" finds it
    strip: str = ""  #: an ending to take off every name
    home: str = ""  #: web addresses that start so are links to terms
    language: str = ""  #: the language to read where a source has several; "" takes its most frequent
    title: str = ""
    base_iri: str = ""
    dataset: Description = Description()  # noqa: RUF009 (it is frozen)
