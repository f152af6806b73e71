"""Positions from an earlier page, so that an edit of the glossary does not reshuffle its map."""

from __future__ import annotations

import json
import re
import zlib
from pathlib import Path
from typing import Any

from termatlas.errors import SourceError
from termatlas.explorer.blocks import unpack_numbers, unpack_texts
from termatlas.explorer.columns import VERSION
from termatlas.explorer.termtexts import usual_slug

_CURE = "give an explorer.html that termatlas has written"


def read_positions(path: str | Path) -> dict[str, tuple[float, float]]:
    """Give where the terms of an earlier ``explorer.html`` stand, by slug, as `termatlas.analysis.layout` takes it.

    Those on shelves are left out: one that has links or a page by now belongs to its neighbours.

    Raises `SourceError` where the file cannot be read, is no explorer page, or was cut short.
    """
    page = _text(path)
    header = _header(page, str(path))
    try:
        steps = unpack_numbers(_block(page, "numbers"), header["columns"])
        slugs = _slugs(unpack_texts(_block(page, "words"), _block(page, "labels")))
        left, top, step = (header["map"][key] for key in ("x", "y", "step"))
        places = zip((left + step * steps["x"]).tolist(), (top + step * steps["y"]).tolist(), strict=True)
        known = zip(slugs, places, strict=True)
        return {slug: place for slug, place in known if not any(_is_on(shelf, *place) for shelf in header["shelves"])}
    except (ValueError, KeyError, TypeError, EOFError, OSError, zlib.error) as error:
        raise SourceError(str(path), "the page is damaged or was cut short", _CURE) from error


def _text(path: str | Path) -> str:
    try:
        return Path(path).read_text("utf-8")
    except OSError as error:
        raise SourceError(str(path), f"it cannot be read ({error.strerror})", _CURE) from error
    except UnicodeDecodeError as error:
        raise SourceError(str(path), "it is no page in UTF-8", _CURE) from error


def _header(page: str, path: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="atlas">(.*?)</script>', page, re.DOTALL)
    if not found:
        raise SourceError(path, "it holds no map", _CURE)
    try:
        header: dict[str, Any] = json.loads(found[1])
    except ValueError as error:
        raise SourceError(path, "the page is damaged", _CURE) from error
    if header.get("version") != VERSION:
        problem = f"its map is in form {header.get('version')}, and this version reads form {VERSION}"
        raise SourceError(path, problem, "build it again with this version, or leave the positions out")
    return header


def _is_on(shelf: dict[str, Any], x: float, y: float) -> bool:
    return bool(0 <= x - shelf["x"] <= shelf["width"] and 0 <= y - shelf["y"] <= shelf["height"])


def _slugs(labels: list[str]) -> list[str]:
    return [slug or usual_slug(name) for slug, name in zip(labels[::3], labels[1::3], strict=True)]


def _block(page: str, name: str) -> str:
    """Give the text of a block; `ValueError` where it is not there as a whole."""
    start = f'<script type="application/octet-stream" id="atlas-{name}">'
    begin = page.index(start) + len(start)
    return page[begin : page.index("</script>", begin)]
