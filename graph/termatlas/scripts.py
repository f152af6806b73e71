"""The pages' scripts: modules joined into one, for a page that is opened from disk cannot import another file."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Final

_IMPORT: Final = re.compile(r'^import \{[^}]*\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
_BARE: Final = (
    _IMPORT,
    re.compile(r"^export (?:\{\};\n)?", re.MULTILINE),
    re.compile(r"^[ \t]*(?:/\*\*(?:[^*]|\*(?!/))*\*/|//.*)\n", re.MULTILINE),  # comments on lines of their own
    re.compile(r"/\*\* @(?:[^*]|\*(?!/))*\*/ ?"),  # types within a line
    re.compile(r"^ +", re.MULTILINE),
)


def joined(package: str, main: str) -> str:
    """Join the modules of a package that one of them needs, each behind those that it imports, bare of comments.

    The names at the top of all of them must differ, and no import may rename.
    """
    order: dict[str, str] = {}
    _collect(package, main, order, set())
    return "".join(map(bare, order.values()))


def bare(source: str) -> str:
    r"""Leave out what only authors need: what is left is one script when all modules are joined.

    >>> bare('import { byId } from "./dom.js";\n// The map.\nexport const map = byId("map");\n')
    'const map = byId("map");\n'
    """
    for pattern in _BARE:
        source = pattern.sub("", source)
    return source


def _collect(package: str, name: str, order: dict[str, str], seen: set[str]) -> None:
    seen.add(name)
    source = files(package).joinpath(name).read_text("utf-8")
    for needed in _IMPORT.findall(source):
        if needed not in seen:
            _collect(package, needed, order, seen)
    order[name] = source
