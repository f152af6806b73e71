"""Score the missing links of a large real glossary, with the links that its split hides.

Usage: python tests/bench/score_foldoc.py FOLDER [SEED]   (the folder of foldoc.jsonl; a seed instead of its split)
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import termatlas as ta
from termatlas.suggest.score import Score, score


def main(folder: str, seed: str = "") -> None:
    """Score and print a table."""
    source = Path(folder) / "foldoc.jsonl"
    glossary = ta.read(source)
    split = None if seed else Path(folder) / "split-42.json"
    found = score(glossary, ta.build(glossary), seed=int(seed or 42), split=split, progress=_say)
    print(table(found))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{time.process_time():.0f} CPU s, {memory:.2f} GB")


def table(found: Score) -> str:
    """Give the score as a Markdown table."""
    lines = [
        f"{found.terms} terms, {found.links} links, {found.hidden_links} hidden; apart, all of {found.hidden_terms}"
        f" terms; {found.model}; calibration error {found.calibration_error} {found.note}",
        "",
        "| hidden links | ranked by | MRR (95 %) | Hits@5 | Hits@10 | Recall@20 | P@1 |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in found.rows:
        mrr = row.measures["mrr"]
        others = " | ".join(f"{row.measures[key].value:.3f}" for key in ("hits_5", "hits_10", "recall_20", "p_1"))
        first = f"{row.regime} ({row.links})"
        lines.append(f"| {first} | {row.model} | {mrr.value:.3f} [{mrr.low:.3f}, {mrr.high:.3f}] | {others} |")
    return "\n".join(lines)


def _say(what: str) -> None:
    print(f"{time.process_time():6.0f} CPU s  {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
