"""Measure the main job against the plain script that a user would write instead.

Usage: python tests/bench/main_job.py [--sizes 1k,10k,100k] [--foldoc GLOSSARY.jsonl] [--script]

Every program runs in a process of its own, all in one run and by turns; CPU seconds (user and system) and the peak
of memory are what the operating system charged it for. Two comparisons: `same_outputs.py` writes what the script
writes; ``termatlas build`` does the whole main job. With ``--script`` the script runs too, on up to 20,000 terms:
its time grows with their square.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from math import isclose
from pathlib import Path

from children import HERE, Used, machine, middle, run, table

SCRIPT, SAME, WHOLE = "the script", "same outputs", "the whole main job"
_SCRIPT_UP_TO = 20_000
_EQUAL = ("hub", "authority", "betweenness", "closeness")  # networkx's default PageRank is too rough to compare


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    print(f"{machine()}\n")
    with tempfile.TemporaryDirectory() as folder:
        for name, path in _inputs(asked, Path(folder)):
            count = sum(1 for _ in path.open("rb"))
            with_script = asked.script and count <= _SCRIPT_UP_TO
            runs = measure(path, Path(folder), count, with_script=with_script)
            print(f"### {name}: {count:,} terms\n\n{report(runs)}\n")
            if with_script:
                print(f"{_compared(Path(folder))}\n")
    print(machine())


def measure(glossary: Path, folder: Path, count: int, *, with_script: bool) -> dict[str, list[Used]]:
    """Run the programs by turns: three times each, but once what takes long."""
    few = 3 if count <= 20_000 else 1
    programs = {
        SCRIPT: ((str(HERE / "plain_script.py"), str(glossary), str(folder / "script")), 3 if count <= 2_000 else 1),
        SAME: ((str(HERE / "same_outputs.py"), str(glossary), str(folder / "same")), few),
        WHOLE: (("-m", "termatlas", "build", str(glossary), "--out", str(folder / "whole")), few),
    }
    if not with_script:
        del programs[SCRIPT]
    runs: dict[str, list[Used]] = {name: [] for name in programs}
    for turn in range(3):
        for name, (command, times) in programs.items():
            if turn < times:
                runs[name].append(run(*command))
    return runs


def report(runs: dict[str, list[Used]]) -> str:
    """Make the table: a row a step, then all, then memory."""
    script = middle(runs[SCRIPT]) if SCRIPT in runs else None
    same, whole = middle(runs[SAME]), middle(runs[WHOLE])
    rows = [_row(step, script and script.steps[step], seconds) for step, seconds in same.steps.items()]
    rows += [
        _row(f"{SAME}, CPU s", script and script.cpu, same.cpu),
        _row(f"{WHOLE}, CPU s", script and script.cpu, whole.cpu),
        _row(f"{SAME}, peak MB", script and script.memory, same.memory),
        _row(f"{WHOLE}, peak MB", script and script.memory, whole.memory),
    ]
    times = ", ".join(f"{name} {len(each)}" for name, each in runs.items())
    return f"{table(('', 'script', 'termatlas', 'ratio'), rows)}\n\nMedians; runs: {times}."


def _row(name: str, script: float | None, ours: float) -> tuple[object, ...]:
    return name, "" if script is None else script, ours, "" if script is None else f"{script / max(ours, 1e-3):.1f}"


def _compared(folder: Path) -> str:
    """Check that the script's measures and ours are the same."""
    script, ours = (json.loads((folder / name / "measures.json").read_text("utf-8")) for name in ("script", "same"))
    for measure in _EQUAL:
        for slug, value in script[measure].items():
            if not isclose(value, ours[measure][slug], abs_tol=1e-6):
                raise ValueError(f"{measure} of {slug}: {value} by the script, {ours[measure][slug]} by termatlas")
    return f"The same to 1e-6 for each term: {', '.join(_EQUAL)}."


def _inputs(asked: argparse.Namespace, folder: Path) -> list[tuple[str, Path]]:
    inputs = [("foldoc", asked.foldoc)] if asked.foldoc else []
    for size in filter(None, asked.sizes.split(",")):
        path = folder / f"{size}.jsonl"
        run(str(HERE / "generate.py"), size, str(path))
        inputs.append((f"generated, {size}", path))
    return inputs


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1k,10k,100k", help="of generated glossaries")
    parser.add_argument("--foldoc", type=Path, help="another glossary in JSON Lines")
    parser.add_argument("--script", action="store_true", help="run the plain script, too")
    return parser.parse_args()


if __name__ == "__main__":
    main()
