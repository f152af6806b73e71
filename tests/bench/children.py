"""Run programs in processes of their own and say what each needed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

HERE = Path(__file__).parent


class Used(NamedTuple):
    """What a program needed, in all and for each step that it reported."""

    cpu: float  #: seconds, user and system
    memory: float  #: megabytes at the peak
    steps: dict[str, float]  #: CPU seconds


def run(*command: str) -> Used:
    """Run a Python program to its end; a line ``step<tab>seconds`` on its output reports a step.

    Raises `RuntimeError` where it fails.
    """
    child = subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    lines = [line.rstrip("\n").split("\t") for line in child.stdout]
    child.stdout.close()
    _, status, needed = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{' '.join(command)} failed")
    steps = {line[0]: float(line[1]) for line in lines if len(line) == 2}
    unit = 2**20 if sys.platform == "darwin" else 2**10  # bytes there, kilobytes elsewhere
    return Used(needed.ru_utime + needed.ru_stime, needed.ru_maxrss / unit, steps)


def middle(runs: Sequence[Used]) -> Used:
    """Give the medians of several runs."""
    return Used(
        median(used.cpu for used in runs),
        median(used.memory for used in runs),
        {step: median(used.steps[step] for used in runs) for step in runs[0].steps},
    )


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write a table in Markdown: numbers with three digits, to the right."""
    body = [[_cell(value) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(head, *body, strict=True)]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    lines = [head, rule, *body]
    return "\n".join(f"| {' | '.join(_padded(line, widths))} |" for line in lines)


def machine() -> str:
    """Say how busy the machine is, for CPU seconds rise with it."""
    busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    return f"{os.cpu_count()} cores; load average {busy} over 1, 5 and 15 minutes"


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return str(value)


def _padded(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    first, *rest = zip(cells, widths, strict=True)
    return [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]
