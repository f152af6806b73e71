"""The command that writes a site: publish."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from termatlas.cli.group import cli
from termatlas.cli.options import reads_sources, takes_mappings
from termatlas.cli.reading import progress_bar, read_glossary
from termatlas.terminal import cell, safe

_SAID = 10


@cli.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("site"), show_default=True, help="The folder.")
@click.option("--site-url", default="", metavar="URL", help="Where the site will stand; else the base IRI.")
@click.option(
    "--templates",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Templates, colours and files of your own, in place of those of the same name.",
)
@click.option(
    "--redirects",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A CSV of old,new: slugs that terms had, and have now. Renamed terms are mostly found without it.",
)
@takes_mappings
@reads_sources
def publish(
    out: Path, site_url: str, templates: Path | None, redirects: Path | None, mapped: Path | None, **source: Any
) -> None:
    """Write a static site for any host: a page a term, categories, an index, search, the explorer, linked data.

    What an earlier run wrote there is compared, and only what changed is written. All files are made before the first
    is put in its place: on an error the folder is as it was. Files of others in the folder are never touched.
    """
    from termatlas.align import checked_mappings
    from termatlas.publish.contents import STEPS
    from termatlas.publish.folder import check_place
    from termatlas.publish.job import publish as publish_site

    check_place(out, source["sources"])
    with progress_bar(STEPS + 6) as say:
        glossary = read_glossary(source, say)
        done = publish_site(
            glossary,
            out,
            site_url=site_url,
            templates=templates,
            redirects=redirects,
            mappings=checked_mappings(mapped, glossary) if mapped else None,
            progress=say,
        )
    for old, new in list(done.moved.items())[:_SAID]:
        click.echo(f"renamed: {safe(old)} is {safe(new)} now, and its old address leads there")
    for path in done.kept[:_SAID]:
        click.echo(f"no longer made, but changed by others and left: {safe(path)}")
    removed = f", {cell(done.removed)} removed" if done.removed else ""
    click.echo(f"{cell(done.written)} of {cell(done.files)} files written{removed}, in {out}")
    click.echo(f"look at {out / 'index.html'}")
    _point_out_placeholder(glossary.base_iri, site_url)


def _point_out_placeholder(base: str, site_url: str) -> None:
    """Say so where pages would name an address that is nobody's."""
    from termatlas.model import Glossary

    if base == Glossary().base_iri and not site_url:
        click.echo(
            f"termatlas: the pages say that they stand at {base}; say where they will with --site-url, "
            "and what the terms' IRIs start with by --base-iri",
            err=True,
        )
