"""What a file's place says about its term: slug, category, address, and where its links lead."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

from termatlas.slugs import slugify
from termatlas.sources.files import SourceFile
from termatlas.sources.text import is_page

#: What the names of Markdown files end with, those of MDX, Quarto and R Markdown among them.
PAGE_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mdx", ".qmd", ".rmd"})
_SUFFIX = re.compile(rf"(?:{'|'.join(map(re.escape, sorted(PAGE_SUFFIXES)))})(?=$|[?#])", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_SAFE = re.compile(r"[\w.~-]+")


def slug_of(label: str) -> str:
    """Make a slug of a file's name or a key: itself, unless it holds spaces or other signs.

    >>> slug_of("GPT-4.1"), slug_of("Attention Mechanism"), slug_of("C++")
    ('GPT-4.1', 'attention-mechanism', 'c-plus-plus')
    """
    return label if _SAFE.fullmatch(label) else slugify(label) or label


def is_page_file(written: str) -> bool:
    """Tell whether a link is written as the path of a Markdown file.

    >>> is_page_file("../nlp/bert.md#use"), is_page_file("Node.js")
    (True, False)
    """
    return bool(_SUFFIX.search(written))


def page_of(file: SourceFile) -> Path:
    """Give the page's path below the root, without extension; ``clip/index.md`` is the page ``clip``."""
    page = file.relative.with_name(_SUFFIX.sub("", file.relative.name))
    return page.parent if page.name.lower() == "index" and page.parent.name else page


def category_of(file: SourceFile) -> str:
    """Give the name of the folder that the page is in or, at the root, of the folder that it stands for."""
    page = page_of(file)
    if page.parent.name:
        return page.parent.name.lstrip("_")
    return page.name if (file.root / page).is_dir() and file.relative.name.lower() != "index.md" else ""


def target_of(written: str, folder: Path) -> str:
    """Give what a Markdown link leads to, from a page in `folder` (a path below the root); "" if to no page.

    Relative paths become paths below the root, without extension and part; web addresses and
    absolute paths stay as they are written.

    >>> target_of("../nlp/bert.md#Use", Path("vision")), target_of("/terms/clip/", Path("vision"))
    ('nlp/bert', '/terms/clip/')
    >>> target_of("#use", Path()), target_of("clip.png", Path())
    ('', '')
    """
    if not is_page(written) or _SCHEME.match(written):
        return written if is_page(written) else ""
    path = unquote(re.split(r"[?#]", written, maxsplit=1)[0]).strip()
    if not path.strip("/.") or path.startswith("/"):
        return path if path.strip("/.") else ""
    # "../clip/" is how a page that is served as a folder points at the page beside it.
    steps = path.removeprefix("../") if path.startswith("../") and path.endswith("/") else path
    joined = posixpath.normpath(posixpath.join(folder.as_posix(), _SUFFIX.sub("", steps.rstrip("/"))))
    while joined.startswith("../"):
        joined = joined.removeprefix("../")
    return "" if joined in {".", ".."} else joined
