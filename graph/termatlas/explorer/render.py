"""The explorer's page: one file with its style, its script and its data, which asks nothing of the network."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from html import escape
from importlib.resources import files
from typing import Any, Final

from termatlas.explorer.blocks import pack, sound
from termatlas.explorer.columns import columns
from termatlas.look import TOKENS_CSS
from termatlas.scripts import joined
from termatlas.survey import Survey

_SLOT: Final = re.compile(r"\{\{(\w+)\}\}")
#: Everything is forbidden but the page's own scripts, its style, and pictures that are made in it.
_POLICY: Final = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)


def explorer_page(survey: Survey) -> str:
    """Write ``explorer.html``: the map, table, paths and texts of a glossary; the same survey gives the same bytes.

    The script is packed as the data is, and `start.js` unpacks it: so the page is half as large without a glossary.
    """
    made = columns(survey)
    first, main = f"\n{joined('termatlas.explorer', 'start.js')}\n", script()
    values = {
        "csp": _POLICY.format(scripts=" ".join(map(_hash, (first, main)))),
        "title": escape(sound(survey.glossary.title)),
        "generator": escape(made.header["generator"]),
        "css": TOKENS_CSS + _file("explorer.css"),
        "script": first,
        "data": "\n".join(_data(made.header, {"script": pack(main.encode()), **made.blocks})),
    }
    # In one pass, so that a title with a slot in it is left alone.
    return _SLOT.sub(lambda slot: values[slot[1]], _file("page.html"))


def script() -> str:
    """Join the modules that `main.js` needs."""
    return joined("termatlas.explorer", "main.js")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _data(header: Mapping[str, Any], blocks: Mapping[str, str]) -> Iterator[str]:
    yield f'<script type="application/json" id="atlas">\n{_header(header)}\n</script>'
    for name, block in blocks.items():
        yield f'<script type="application/octet-stream" id="atlas-{name}">{block}</script>'


def _header(header: Mapping[str, Any]) -> str:
    """Write the header, a key a line, without the "<" that could end its element."""
    rows = (f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in header.items())
    return sound("{\n" + ",\n".join(rows) + "\n}").replace("<", "\\u003c")


def _file(name: str) -> str:
    return files("termatlas.explorer").joinpath(name).read_text("utf-8")
