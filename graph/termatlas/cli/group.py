"""The command that all others belong to."""

from __future__ import annotations

import click

from termatlas.version import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="termatlas")
def cli() -> None:
    """See, question, repair and publish a glossary as a graph.

    SOURCE is a file, a folder or a glob, any number of them, of several formats at once: Nuxt payloads
    and pages, JSON, JSON Lines, YAML, CSV, Markdown, SKOS. Without SOURCE a command works on the atlas
    of AI terms that TermAtlas ships.
    """
