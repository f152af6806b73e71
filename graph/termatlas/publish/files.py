"""Names for files that stand beside each other on any file system and in any address."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable
from typing import Final

#: What stands at the root of a site beside the terms' files, so that no term's file may be called so.
RESERVED: Final = frozenset(
    ("index", "404", "explorer", "start", "category", "a-z", "more", "site", "all", "terms", "glossary", "data")
).union(("dataset", "void", "sitemap", "robots", "redirects", "feed"))
# Names that Windows gives to devices, whatever follows a dot.
_DEVICES: Final = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789"))
)
_PLAIN = re.compile(r"[A-Za-z0-9~-][A-Za-z0-9_~.-]*")
_MOST_BYTES = 180  # of a name without its suffix; file systems hold 255


def file_names(texts: Iterable[str], reserved: Collection[str] = RESERVED) -> dict[str, str]:
    """Give each text, such as a slug, a file name without suffix that no other has, whatever the case.

    A text that is a good name already keeps it; any other gets a mark made of the whole text, so that
    its name does not depend on its neighbours.

    >>> file_names(["clip", "a/b", "index"])
    {'clip': 'clip', 'index': 'index~1bc04b52', 'a/b': 'a-b~c14cddc0'}
    """
    names: dict[str, str] = {}
    taken = {_folded(name) for name in reserved}
    for text in sorted(set(texts), key=lambda text: (_safe(text) != text, text != text.lower(), text)):
        safe = _safe(text)
        name = safe if safe == text else _marked(safe, text)
        while _folded(name) in taken:
            name = _marked(safe, name)
        taken.add(_folded(name))
        names[text] = name
    return names


def _marked(safe: str, text: str) -> str:
    return f"{safe}~{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _safe(text: str) -> str:
    """Replace what a name may not hold; a good name comes back as it is."""
    if not _PLAIN.fullmatch(text):
        text = unicodedata.normalize("NFC", text)
        text = "".join(char if _stays(char) else "-" for char in text).lstrip("._")
    text = text.rstrip(".") or "~"
    if len(text.encode()) > _MOST_BYTES:
        text = text.encode()[:_MOST_BYTES].decode(errors="ignore")
    return f"~{text}" if text.partition(".")[0].casefold() in _DEVICES else text


def _stays(char: str) -> bool:
    return char in "_~.-" or char.isalnum() or unicodedata.category(char)[0] == "M"


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
