"""The cells of a mapping's other slots → their values: CURIEs become IRIs, what a slot cannot hold is left out."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from termatlas.align.prefixes import expand
from termatlas.align.slots import SLOTS, Kind, split_values
from termatlas.align.targets import is_concept_iri

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")


class Values(NamedTuple):
    """The values of a cell, and those of its texts that are none."""

    values: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def values_of(slot: str, cell: str, prefixes: Mapping[str, str]) -> Values:
    """Read the cell of a slot.

    >>> values_of("author_id", "orcid:1|nobody:2", {"orcid": "https://orcid.org/"})
    Values(values=('https://orcid.org/1',), refused=('nobody:2',))
    """
    kind, many, _ = SLOTS[slot]
    texts = split_values(cell) if many else [cell]
    read = [(text, value_of(kind, text, prefixes)) for text in texts]
    return Values(tuple(value for _, value in read if value), tuple(text for text, value in read if not value))


def value_of(kind: Kind, text: str, prefixes: Mapping[str, str]) -> str:
    """Read one value of a kind; "" where a text is none."""
    return _READERS[kind](text, prefixes)


def texts_of(value: str | Sequence[str]) -> Sequence[str]:
    """Give the texts of a slot of a mapping set, which has one or several."""
    return [value] if isinstance(value, str) else value


def share(text: str) -> float | None:
    """Read a number from 0 to 1; None where a text is none.

    >>> share("0.95"), share("95 %"), share("nan")
    (0.95, None, None)
    """
    value = float(text) if _NUMBER.fullmatch(text) else math.nan
    return value + 0.0 if 0 <= value <= 1 else None


def number_text(value: float) -> str:
    """Write a number with as many digits as it takes to read it back, and no more.

    >>> number_text(1.0), number_text(0.95)
    ('1', '0.95')
    """
    return str(int(value)) if value == int(value) else repr(value)


def _entity(text: str, prefixes: Mapping[str, str]) -> str:
    return _iri(expand(text, prefixes) or text, prefixes)


def _iri(text: str, _: Mapping[str, str]) -> str:
    return text if is_concept_iri(text) else ""


def _text(text: str, _: Mapping[str, str]) -> str:
    return text


def _share(text: str, _: Mapping[str, str]) -> str:
    value = share(text)
    return "" if value is None else number_text(value)


def _date(text: str, _: Mapping[str, str]) -> str:
    try:
        return date.fromisoformat(text).isoformat() if len(text) == len("2026-12-31") else ""
    except ValueError:
        return ""


_READERS: dict[Kind, Callable[[str, Mapping[str, str]], str]] = {
    "entity": _entity,
    "iri": _iri,
    "text": _text,
    "number": _share,
    "date": _date,
    "word": _text,
}
