"""Edits of a text as readers see it → the bytes of its file, of which all else stays as it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from termatlas.apply.model import Edit

_BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile(r"\r\n|\r|\n")


def as_read(data: bytes) -> str:
    """Give the text that readers see: without a byte order mark, every line end a newline."""
    return _LINE_END.sub("\n", data.removeprefix(_BOM).decode())


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    r"""Carry out edits of `as_read` on the bytes; line ends that they put in are as the file's first.

    >>> edited(b"\xef\xbb\xbfa\r\nb\r\n", [Edit(1, 1, "!"), Edit(3, 3, "\nc")])
    b'\xef\xbb\xbfa!\r\nb\r\nc\r\n'
    """
    raw = data.removeprefix(_BOM).decode()
    first = _LINE_END.search(raw)
    pairs = [match.start() for match in re.finditer(r"\r\n", raw)]
    newlines = [place - before for before, place in enumerate(pairs)]
    parts: list[str] = []
    done = 0
    for edit in sorted(edits):
        start, end = (place + bisect_left(newlines, place) for place in (edit.start, edit.end))
        parts += raw[done:start], edit.text.replace("\n", first[0]) if first else edit.text
        done = end
    return data[: len(data) - len(data.removeprefix(_BOM))] + "".join([*parts, raw[done:]]).encode()


def list_edit(text: str, opening: int, spans: Sequence[tuple[int, int]], items: Sequence[str], usual: str) -> Edit:
    """Put items after the last of a list in brackets, parted as the others are, `usual` where nothing shows how.

    `opening` is the place of the bracket, `spans` are those of the items.

    >>> list_edit("[1,  2]", 0, [(1, 2), (5, 6)], ["3"], ", ")
    Edit(start=6, end=6, text=',  3')
    """
    if not spans:
        return Edit(opening + 1, opening + 1, usual.join(items))
    before = text[spans[-2][1] if len(spans) > 1 else opening + 1 : spans[-1][0]]
    space = before[len(before.rstrip()) :]
    between = before if before.strip() == "," else "," + space if "\n" in space else usual
    place = spans[-1][1]
    return Edit(place, place, "".join(f"{between}{item}" for item in items))
