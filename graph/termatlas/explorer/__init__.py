"""The explorer: a glossary as a map that people read, search and follow, in one file that opens anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from termatlas.explorer.positions import read_positions
from termatlas.explorer.render import explorer_page
from termatlas.model import Glossary
from termatlas.replace_files import replace_file
from termatlas.suggest import Suggestion
from termatlas.survey import survey

__all__ = ["Explorer", "explore", "explorer_page", "read_positions"]


@dataclass(frozen=True, slots=True)
class Explorer:
    """The page of a glossary; as the last value of a notebook's cell it shows itself."""

    html: str

    def save(self, path: str | Path) -> Path:
        """Write the page to a file; raises `OutputError` where that cannot be done."""
        path = Path(path)
        replace_file(path, self.html.encode())
        return path

    def _repr_html_(self) -> str:
        """Give the page in a frame of its own.

        A notebook puts this into its own page, where neither the script nor its policy would come to life. As a
        frame's ``srcdoc`` it is a page again; ``sandbox`` keeps it apart from the notebook, but lets it run and save.
        """
        frame = 'title="Explorer" sandbox="allow-scripts allow-downloads" style="width: 100%; height: 720px; border: 0"'
        return f'<iframe {frame} srcdoc="{escape(self.html)}"></iframe>'

    def __repr__(self) -> str:
        return f"<Explorer, {len(self.html):,} characters; save(path) writes it>"


def explore(
    glossary: Glossary,
    *,
    positions: str | Path | None = None,
    keep: Callable[[Iterable[Suggestion]], Iterable[Suggestion]] | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Explorer:
    """Make the explorer of a glossary; with `positions`, an earlier ``explorer.html``, its terms stay where they were.

    It shows suggested links where `keep` is given, which says which of them to keep.

    Raises `SourceError` where the earlier page cannot be read.

    >>> explore(Glossary(title="Nothing yet")).html.startswith("<!doctype html>")
    True
    """
    start = read_positions(positions) if positions else None
    return Explorer(explorer_page(survey(glossary, progress, start=start, keep=keep)))
