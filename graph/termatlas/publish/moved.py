"""Slugs that no term has any more: where their terms are now, told by a file or found by comparison."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from termatlas.errors import SourceError
from termatlas.model import Glossary
from termatlas.publish.manifest import Entry, Manifest
from termatlas.sources.files import decoded, translated

_HEAD = ["old", "new"]


class Moved(NamedTuple):
    """What became of slugs that no term has any more."""

    to: dict[str, str]  #: slug → the slug that its term has now
    gone: list[str]  #: slugs whose term is no more


class Redirect(NamedTuple):
    """A line of a file of redirects."""

    old: str
    new: str
    line: int


def moved_terms(
    given: Iterable[Redirect], was: Manifest, now: Mapping[str, Entry], glossary: Glossary, label: str = ""
) -> Moved:
    """Tell where the terms of slugs went: what was found before, what comparison finds, what the file says.

    Chains are followed to their end. A slug that a term has again is no redirect any more.

    Raises `SourceError` for a line that redirects a slug in use, in a circle, or to no term.
    """
    listed = {redirect.old: redirect for redirect in given}
    known = {**was.moved, **renamed(was, now, glossary)}
    known = {old: new for old, new in known.items() if old not in now}
    known |= {old: redirect.new for old, redirect in listed.items()}
    ends = {old: _end(known, old) for old in known}
    for old, redirect in listed.items():
        if problem := _problem(redirect, ends[old], now):
            raise SourceError(label, *problem, place=f"line {redirect.line}")
    to = {old: new for old, new in sorted(ends.items()) if new in now}
    left = {*was.terms, *was.gone, *known} - to.keys() - set(now)
    return Moved(to, sorted(left))


def _end(known: Mapping[str, str], old: str) -> str:
    """Follow redirects to their end; "" for a circle."""
    seen = {old}
    while (old := known[old]) in known:
        if old in seen:
            return ""
        seen.add(old)
    return old


def _problem(redirect: Redirect, end: str, now: Mapping[str, Entry]) -> tuple[str, str] | None:
    old, new, _ = redirect
    if old in now:
        return f'"{old}" is the slug of a term', "redirect only slugs that no term has"
    if not end:
        return f'"{old}" leads in a circle back to "{new}"', "let one of its lines lead to a term"
    if end not in now:
        near = ", ".join(difflib.get_close_matches(end, now))
        return f'no term has the slug "{end}"', f"near it: {near}" if near else "give the slug of a term"
    return None


def renamed(was: Manifest, now: Mapping[str, Entry], glossary: Glossary) -> dict[str, str]:
    """Find slugs that vanished while one new slug has their name, or else their text, or one term has it as alias.

    Where two could be meant, none is.
    """
    lost = {slug: entry for slug, entry in was.terms.items() if slug not in now}
    new = {slug: entry for slug, entry in now.items() if slug not in was.terms}
    if not lost:
        return {}
    by_name = _only((entry.name.casefold(), slug) for slug, entry in new.items())
    by_text = _only((entry.text, slug) for slug, entry in new.items() if entry.text)
    by_alias = _only((alias.casefold(), slug) for slug in now for alias in glossary[slug].aliases)
    lost_names = _only((entry.name.casefold(), slug) for slug, entry in lost.items())
    lost_texts = _only((entry.text, slug) for slug, entry in lost.items())
    found = {}
    for slug, entry in lost.items():
        name = entry.name.casefold()
        by_its_name = name in lost_names and (by_name.get(name) or by_alias.get(name))
        if target := by_its_name or (entry.text in lost_texts and by_text.get(entry.text)):
            found[slug] = target
    return found


def _only(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give the keys that have one value only."""
    values: dict[str, set[str]] = {}
    for key, value in pairs:
        values.setdefault(key, set()).add(value)
    return {key: min(found) for key, found in values.items() if len(found) == 1}


def read_redirects(path: Path) -> list[Redirect]:
    """Read a CSV of two columns, the old slug and the new, with or without a line that says so.

    Raises `SourceError` for a file that cannot be read, a line that is no pair, or a slug that has two targets.
    """
    label = path.as_posix()
    with translated(label):
        data = path.read_bytes()
    rows = csv.reader(io.StringIO(decoded(data, label), newline=""), strict=True)
    redirects: dict[str, Redirect] = {}
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if any(cells) and not (rows.line_num == 1 and [cell.casefold() for cell in cells] == _HEAD):
                redirect = _redirect(cells, rows.line_num, label)
                earlier = redirects.setdefault(redirect.old, redirect)
                _check_same(earlier, redirect, label)
    except csv.Error as error:
        raise SourceError(label, f"not CSV: {error}", "correct the line", place=f"line {rows.line_num}") from error
    return list(redirects.values())


def _redirect(cells: list[str], line: int, label: str) -> Redirect:
    if len(cells) != 2 or not all(cells):
        raise SourceError(label, "not an old slug and a new one", "write old,new", place=f"line {line}")
    old, new = cells
    return Redirect(old, new, line)


def _check_same(earlier: Redirect, redirect: Redirect, label: str) -> None:
    if earlier.new != redirect.new:
        raise SourceError(
            label,
            f'"{redirect.old}" leads to "{earlier.new}" already, by line {earlier.line}',
            "keep one of the two lines",
            place=f"line {redirect.line}",
        )
