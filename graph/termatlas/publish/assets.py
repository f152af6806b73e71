"""What a site's pages load: a style sheet, a script, an icon, the search index in small files, what the user adds."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from termatlas.look import COLOURS as CATEGORY_COLOURS
from termatlas.look import OTHER, TOKENS_CSS, UNCATEGORISED
from termatlas.publish.search_index import search_files
from termatlas.publish.site import Site
from termatlas.publish.templates import COLOURS, ICON, STYLE
from termatlas.scripts import joined


def assets(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the files, by path, that pages load or that the user's folder adds to them."""
    yield "site/site.css", style(site).encode()
    yield "site/site.js", script().encode()
    yield "site/icon.svg", icon(site)
    for path, text in search_files(site):
        yield path, text.encode()
    yield from _own(site.own_files)


def style(site: Site) -> str:
    """Write the style sheet: the common look, the pages' own or the user's, and the user's colours."""
    own = site.own_files
    rules = _read(own, STYLE) or files("termatlas.publish").joinpath(STYLE).read_text("utf-8")
    every = (*CATEGORY_COLOURS, OTHER, UNCATEGORISED)
    colours = "".join(f".{colour.token} {{ --own: var(--{colour.token}); }}\n" for colour in every)
    return f"{TOKENS_CSS}\n{colours}{rules}\n{_read(own, COLOURS)}"


def icon(site: Site) -> bytes:
    """Give the picture that browsers show beside a page's title: ours or the user's."""
    own = site.own_files / ICON if site.own_files else None
    return own.read_bytes() if own and own.is_file() else files("termatlas.publish").joinpath(ICON).read_bytes()


def script() -> str:
    """Write the pages' script; in a function, so that its names meet no others."""
    return f'(() => {{\n"use strict";\n{joined("termatlas.publish", "main.js")}}})();\n'


def _own(folder: Path | None) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the user's folder that are no templates, such as pictures."""
    for path in sorted(folder.rglob("*")) if folder else ():
        name = path.relative_to(folder).as_posix() if folder else ""
        hidden = any(part.startswith(".") for part in Path(name).parts)
        if path.is_file() and not hidden and path.suffix != ".j2" and name not in {STYLE, COLOURS, ICON}:
            yield name, path.read_bytes()


def _read(folder: Path | None, name: str) -> str:
    path = folder / name if folder else None
    return path.read_text("utf-8") if path and path.is_file() else ""
