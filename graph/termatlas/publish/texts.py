"""Texts of a glossary on a page: cut to a length, in the order of the alphabet, without what HTML cannot hold."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# What an HTML page cannot hold: controls, lone surrogates and non-characters; of the planes beyond the
# first, all signs are looked at one by one, since a class with the last two of each takes ten times as long.
_DOUBTFUL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe-\U0010ffff]")
# Signs that turn the direction of the text that follows, which an attribute cannot contain as an element does.
_TURNS: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RTL: Final = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"))


def sound(page: str) -> str:
    r"""Replace what HTML cannot hold (HTML, section 13.1.4 and "preprocessing the input stream").

    >>> sound("a\x00b")
    'a�b'
    """
    return _DOUBTFUL.sub(
        lambda sign: sign[0] if sign[0] > "\uffff" and ord(sign[0]) & 0xFFFE != 0xFFFE else "\ufffd", page
    )


def short(text: str, most: int) -> str:
    r"""Cut a text at a word, in one line, to a number of characters; "…" says that there is more.

    >>> short("A quick\nbrown fox", 12), short("Donaudampfschiff", 8)
    ('A quick…', 'Donauda…')
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    at_word = cut.rpartition(" ")[0]
    return f"{(at_word if len(at_word) > most // 2 else cut).rstrip(' ,;:')}…"


def cut_text(text: str, most: int) -> list[str]:
    """Cut a text into pieces of at most so many characters, at spaces where there are any.

    >>> cut_text("one two three", 8), cut_text("abcdefgh", 3)
    (['one two', 'three'], ['abc', 'def', 'gh'])
    """
    pieces: list[str] = []
    while len(text) > most:
        at = text.rfind(" ", most // 2, most + 1)
        at = most if at < 0 else at
        pieces.append(text[:at])
        text = text[at:].lstrip(" ")
    return [*pieces, text] if text else pieces


def level(text: str) -> str:
    """Leave out what turns the direction of text, for a place where nothing contains it, such as a title."""
    return text if text.isascii() else _TURNS.sub("", text)


@lru_cache(maxsize=1 << 18)
def folded(text: str) -> str:
    """Give the form in which texts are sorted and sought: without case and accents.

    >>> folded("Élan vital"), folded("ＧＰＵ")
    ('elan vital', 'gpu')
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(char for char in apart if not unicodedata.category(char).startswith("M")).lower()


def paragraphs(text: str) -> list[str]:
    """Split an explanation where a line is blank."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def direction(language: str) -> str:
    """Give the direction in which a language is written, as far as HTML wants to know.

    >>> direction("he-IL"), direction("de")
    ('rtl', 'ltr')
    """
    return "rtl" if language.lower().partition("-")[0] in _RTL else "ltr"


def plural(count: int, one: str, many: str = "") -> str:
    """Write a count with its noun.

    >>> plural(1, "term"), plural(1204, "category", "categories"), plural(0, "link")
    ('1 term', '1,204 categories', 'no links')
    """
    number = f"{count:,}" if count else "no"
    return f"{number} {one if count == 1 else many or one + 's'}"
