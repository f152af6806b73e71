"""Splits: which links `score` hides."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from termatlas.errors import SourceError
from termatlas.suggest.corpus import Bools, Corpus, Ints
from termatlas.suggest.hiding import hide_links, hide_terms


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Split:
    """Two ways to hide links, each apart from the other."""

    links: Bools  #: 15 % of the links
    term_links: Bools  #: all links of 10 % of the terms
    terms: Ints  #: these terms


def random_split(corpus: Corpus, seed: int) -> Split:
    """Hide 15 % of all links and, apart, all links of 10 % of the terms that have any."""
    chance = np.random.default_rng(seed)
    everything = np.ones(len(corpus.sources), np.bool_)
    links = hide_links(everything, chance)
    term_links, terms = hide_terms(corpus, everything, chance)
    return Split(links=links, term_links=term_links, terms=terms)


def read_split(path: Path, corpus: Corpus) -> Split:
    """Read a split: ``{"warm_hidden": [[source, target], …], "cold_terms": [slug, …]}``.

    Raises `SourceError` where the file is not of that shape or names a link that the glossary has not.
    """
    given = _object(path)
    hidden = [_pair(path, corpus, pair) for pair in _list(path, given, "warm_hidden")]
    terms = [_number(path, corpus, slug) for slug in _list(path, given, "cold_terms")]
    count = len(corpus)
    keys = corpus.sources * count + corpus.targets
    wanted = np.array([source * count + target for source, target in hidden], np.int64)
    unknown = np.flatnonzero(~np.isin(wanted, keys))
    if len(unknown):
        source, target = _list(path, given, "warm_hidden")[int(unknown[0])]
        raise _wrong(path, f'there is no link from "{source}" to "{target}"')
    chosen = np.isin(np.arange(count), np.array(terms, np.int64))
    return Split(
        links=np.isin(keys, wanted),
        term_links=chosen[corpus.sources] | chosen[corpus.targets],
        terms=np.flatnonzero(chosen),
    )


def _object(path: Path) -> dict[str, Any]:
    try:
        given = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SourceError(str(path), f"the split cannot be read ({error.strerror})", "name a readable file") from error
    except ValueError as error:
        raise _wrong(path, "it is not JSON in UTF-8") from error
    if not isinstance(given, dict):
        raise _wrong(path, "it is not an object")
    return given


def _list(path: Path, given: dict[str, Any], key: str) -> list[Any]:
    found = given.get(key, [])
    if not isinstance(found, list):
        raise _wrong(path, f'"{key}" is not a list')
    return found


def _pair(path: Path, corpus: Corpus, pair: object) -> tuple[int, int]:
    match pair:
        case [str() as source, str() as target]:
            return _number(path, corpus, source), _number(path, corpus, target)
        case _:
            raise _wrong(path, f"{pair!r} is not a pair of slugs")


def _number(path: Path, corpus: Corpus, slug: object) -> int:
    if not isinstance(slug, str) or slug not in corpus.number:
        raise _wrong(path, f'the glossary has no term "{slug}"')
    return corpus.number[slug]


def _wrong(path: Path, problem: str) -> SourceError:
    return SourceError(str(path), problem, "give a split of this glossary, or none: then one is drawn by the seed")
