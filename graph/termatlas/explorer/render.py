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

from termatlas.explorer.blocks import sound
from termatlas.explorer.columns import columns
from termatlas.look import TOKENS_CSS
from termatlas.survey import Survey

_IMPORT: Final = re.compile(r'^import \{[^}]*\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export ", re.MULTILINE)
_COMMENT: Final = re.compile(r"^[ \t]*(?:/\*\*(?:[^*]|\*(?!/))*\*/|//.*)\n", re.MULTILINE)
_SLOT: Final = re.compile(r"\{\{(\w+)\}\}")
#: Everything is forbidden but the page's own script, its style, and pictures that are made in it.
_POLICY: Final = (
    "default-src 'none'; script-src '{script}'; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)


def explorer_page(survey: Survey) -> str:
    """Write ``explorer.html``: map, table, paths and texts of a glossary in one file; the same input, the same bytes."""
    made = columns(survey)
    return _fill(
        _file("page.html"),
        {
            "title": escape(sound(survey.glossary.title)),
            "generator": escape(made.header["generator"]),
            "css": TOKENS_CSS + _file("explorer.css"),
            "script": script(),
            "data": "\n".join(_data(made.header, made.blocks)),
        },
    )


def script() -> str:
    """Join the modules that `main.js` needs, each behind those that it imports, without imports, exports and comments."""
    order: dict[str, str] = {}
    _collect("main.js", order, set())
    return "".join(_COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub("", source))) for source in order.values())


def _collect(name: str, order: dict[str, str], seen: set[str]) -> None:
    if name in seen:
        return
    seen.add(name)
    source = _file(name)
    for needed in _IMPORT.findall(source):
        _collect(needed, order, seen)
    order[name] = source


def _fill(template: str, values: Mapping[str, str]) -> str:
    """Fill the slots in one pass, so that a value with a slot in it is left alone; the policy comes of the script."""
    inside = re.search(r'<script type="module">(.*?)</script>', template, re.DOTALL)
    text = _filled(inside[1], values) if inside else ""
    digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return _filled(template, {**values, "csp": _POLICY.format(script=f"sha256-{digest}")})


def _filled(template: str, values: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda slot: values[slot[1]], template)


def _data(header: Mapping[str, Any], blocks: Mapping[str, str]) -> Iterator[str]:
    yield f'<script type="application/json" id="atlas">\n{header_json(header)}\n</script>'
    for name, block in blocks.items():
        yield f'<script type="application/octet-stream" id="atlas-{name}">{block}</script>'


def header_json(header: Mapping[str, Any]) -> str:
    """Write the header, a key a line; no "<" is left that could end the script element."""
    rows = (f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in header.items())
    return sound("{\n" + ",\n".join(rows) + "\n}").replace("<", "\\u003c")


def _file(name: str) -> str:
    return files("termatlas.explorer").joinpath(name).read_text("utf-8")
