"""Measure the main job against the plain script that a user would write instead.

Usage: python tests/bench/main_job.py [--sizes 1k,10k,100k] [--foldoc GLOSSARY.jsonl] [--script] [--runs 3]

Every program runs in a process of its own, all in one run and by turns; CPU seconds (user and system) and the peak
of memory are what the operating system charged it for. Two comparisons: `same_outputs.py` writes what the script
writes; ``termatlas build`` does the whole main job. Without ``--script``, and above 20,000 terms, whose square its
time grows with, only the whole main job is measured.
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
_LONG = 20  # CPU seconds
_EQUAL = ("hub", "authority", "betweenness", "closeness")  # networkx's default PageRank is too rough to compare


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    print(f"{machine()}\n")
    with tempfile.TemporaryDirectory() as folder:
        for name, path in _inputs(asked, Path(folder)):
            count = sum(1 for _ in path.open("rb"))
            with_script = asked.script and count <= _SCRIPT_UP_TO
            runs = measure(path, Path(folder), asked.runs if count <= _SCRIPT_UP_TO else 1, with_script=with_script)
            print(f"### {name}: {count:,} terms\n\n{report(runs)}\n", flush=True)
            if with_script:
                print(f"{_compared(Path(folder))}\n")
    print(machine())


def measure(glossary: Path, folder: Path, times: int, *, with_script: bool) -> dict[str, list[Used]]:
    """Run the programs by turns, several times each; of the script one long run is enough."""
    programs = {
        SCRIPT: (str(HERE / "plain_script.py"), str(glossary), str(folder / "script")),
        SAME: (str(HERE / "same_outputs.py"), str(glossary), str(folder / "same")),
        WHOLE: ("-m", "termatlas", "build", str(glossary), "--out", str(folder / "whole")),
    }
    runs: dict[str, list[Used]] = {name: [] for name in (programs if with_script else (WHOLE,))}
    for _ in range(times):
        for name, done in runs.items():
            if name != SCRIPT or not done or done[0].cpu < _LONG:
                done.append(run(*programs[name]))
    return runs


def report(runs: dict[str, list[Used]]) -> str:
    """Make the table: a row a step, then all, then memory."""
    found = {name: middle(each) for name, each in runs.items()}
    script, whole = found.get(SCRIPT), found[WHOLE]
    times = ", ".join(f"{name} {len(each)}" for name, each in runs.items())
    if script is None:
        rows: list[tuple[object, ...]] = [("CPU s", whole.cpu), ("peak MB", whole.memory)]
        return f"{table((WHOLE, 'termatlas'), rows)}\n\nMedians; runs: {times}."
    same = found[SAME]
    rows = [_row(step, script.steps[step], seconds) for step, seconds in same.steps.items()]
    for name, ours in ((SAME, same), (WHOLE, whole)):
        rows += [_row(f"{name}, CPU s", script.cpu, ours.cpu), _row(f"{name}, peak MB", script.memory, ours.memory)]
    return f"{table(('', 'script', 'termatlas', 'ratio'), rows)}\n\nMedians; runs: {times}."


def _row(name: str, script: float, ours: float) -> tuple[object, ...]:
    return name, script, ours, f"{script / max(ours, 1e-3):.1f}"


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
    parser.add_argument("--runs", type=int, default=3, help="of each program, on up to 20,000 terms")
    parser.add_argument("--script", action="store_true", help="run the plain script, too")
    return parser.parse_args()


if __name__ == "__main__":
    main()
