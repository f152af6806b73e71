"""The command line: parses, calls, prints; the only package that prints or exits."""

from __future__ import annotations

import os
import sys

import click

from termatlas.cli import (
    aligning,
    asking,
    beginning,
    checking,
    deciding,
    differing,
    publishing,
    querying,
    serving,
    suggesting,
    validating,
    writing,
)
from termatlas.cli.group import cli
from termatlas.errors import TermAtlasError, UsageError
from termatlas.terminal import safe

__all__ = [
    "aligning",
    "asking",
    "beginning",
    "checking",
    "cli",
    "deciding",
    "differing",
    "main",
    "publishing",
    "querying",
    "serving",
    "suggesting",
    "validating",
    "writing",
]


def main() -> None:
    """Run the command line; an error that a user can cause is one line, never a traceback."""
    # Read when numpy is loaded. Our vectors are too short to share between cores: threads spend more time in waiting
    # than they save, and the number of cores would show in the last digits.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        sys.exit(cli.main(standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("termatlas: stopped; nothing was changed", err=True)
        sys.exit(130)
    except UsageError as error:
        click.echo(f"termatlas: {safe(str(error))}", err=True)
        sys.exit(2)
    except TermAtlasError as error:
        click.echo(f"termatlas: {safe(str(error))}", err=True)
        sys.exit(3)
    except BrokenPipeError:
        sys.stdout = None  # else Python complains again while it closes the pipe
        sys.exit(141)
