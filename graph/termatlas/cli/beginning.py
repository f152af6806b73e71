"""The command that begins a page: new."""

from __future__ import annotations

from pathlib import Path

import click

from termatlas.cli.group import cli
from termatlas.errors import UsageError
from termatlas.terminal import safe

_OWN = Path("data/ai-terms")


@cli.command()
@click.argument("term")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--category", default="", metavar="NAME", help="The category that it belongs to.")
def new(term: str, folder: Path | None, category: str) -> None:
    """Begin the page of a new term: in its category's folder, with the fields that the other pages have.

    FOLDER is a glossary in Markdown; without it, data/ai-terms in the current folder.
    """
    from termatlas.new_page import new_page
    from termatlas.replace_files import replace_file

    home = folder or _OWN
    if not home.is_dir():
        raise UsageError(f"there is no folder {home}; name your glossary's: termatlas new TERM FOLDER")
    page = new_page(home, term, category=category)
    if page.path.exists():
        raise UsageError(f"{page.path} exists already; it is no term's page yet: mend it, or take another name")
    replace_file(page.path, page.text.encode())
    click.echo(f"wrote {safe(str(page.path))}")
    if page.wanted_by:
        click.echo(f"linked to already from {safe(', '.join(page.wanted_by))}")
    click.echo("write its definition, give it related terms, and link to it from two others: termatlas check")
