"""The README and the help keep what they promise."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

import readme
import termatlas as package
from running import Command
from termatlas.cli import cli
from termatlas.findings import RULES
from termatlas.job import FILES, MANIFEST, SUGGESTIONS
from termatlas.sources import READERS
from termatlas.sources.fields import SYNONYMS

README = readme.README.read_text(encoding="utf-8")


def test_there_are_two_set_up_commands_and_each_is_one_line() -> None:
    install, test = readme.set_up_commands()
    assert install.endswith("termatlas build --suggest")
    assert "pytest" in test


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_has_help_and_stands_in_the_readme(name: str) -> None:
    command = cli.commands[name]
    assert command.help
    assert f"termatlas {name}" in README
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.name} has no help"


@pytest.mark.parametrize("name", [*FILES, *SUGGESTIONS, MANIFEST, *READERS, *RULES, *SYNONYMS])
def test_every_file_reader_rule_and_field_stands_in_the_readme(name: str) -> None:
    assert f"`{name}`" in README


def examples() -> list[tuple[str, str]]:
    """Give the README's console examples: (command, what it prints)."""
    found = []
    for block in readme.blocks("console"):
        found += re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    return found


@pytest.mark.parametrize(("command", "printed"), examples())
def test_every_example_prints_what_the_readme_shows(
    termatlas: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, printed: str
) -> None:
    monkeypatch.chdir(tmp_path)  # where what it writes is in nobody's way
    program, *arguments = shlex.split(command)
    assert program == "termatlas"
    done = termatlas(*arguments)
    # "…" stands for the rest of a line, or, alone on a line, for any lines
    lines = (
        r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + r"\n" for line in printed.splitlines()
    )
    pattern = "".join(lines)
    assert re.fullmatch(pattern, done.out), done.out


def test_there_are_examples_to_run() -> None:
    assert len(examples()) >= 4


def test_the_public_face_is_sorted_and_whole() -> None:
    assert sorted(package.__all__) == sorted(set(package.__all__))
    for name in package.__all__:
        assert getattr(package, name) is not None
        assert name in package._HOME or name == "__version__"


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = package.nothing
