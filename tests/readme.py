"""The README's commands, as data: ``python tests/readme.py N`` prints the Nth set-up command."""

from __future__ import annotations

import re
import sys
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"


def blocks(language: str) -> list[str]:
    """Give the README's code blocks in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def set_up_commands() -> list[str]:
    """Give the set-up commands: the lines of the first shell block."""
    return [line for line in blocks("sh")[0].splitlines() if line and not line.startswith("#")]


if __name__ == "__main__":
    sys.stdout.write(set_up_commands()[int(sys.argv[1]) - 1])
