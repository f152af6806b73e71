"""The figures in `data/README.md`, made from the atlas and from the judged suggestions.

    python tests/atlas_counts.py [CORPORA]

writes them anew between the comments that mark their places; the coverage only where CORPORA, the folder of the other
glossaries, is given.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from pathlib import Path

import termatlas as ta
from atlas_coverage import coverages

README = Path(__file__).parents[1] / "data" / "README.md"
JUDGED = Path(__file__).parent / "judged_suggestions.csv"
_BANDS = ((0.1, 0.2), (0.2, 0.4), (0.4, 0.7), (0.7, 1.0))


def block(name: str) -> str:
    """Give what stands between two comments of the README."""
    found = _place(name).search(README.read_text("utf-8"))
    return found[0] if found else ""


def _place(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<=<!-- {name} -->\n).*?(?=<!-- end of {name} -->)", re.DOTALL)


def counts() -> str:
    """Write the counts of the shipped atlas as Markdown."""
    atlas = ta.read()
    graph = ta.build(atlas)
    numbers = ta.stats(graph)
    kinds: Counter[str] = Counter(data["kind"] for _, _, data in graph.edges(data=True))
    folders = {term.category: Path(term.file).parent.name for term in atlas.terms}
    sizes = Counter(term.category for term in atlas.terms)
    spoken = [f"{count:,} `{kind}`" for kind, count in sorted(kinds.items(), key=lambda each: (-each[1], each[0]))]
    head = (
        f"{len(atlas):,} terms with {sum(len(term.aliases) for term in atlas.terms):,} aliases in {len(sizes)} "
        f"categories; {numbers['links']:,} links, of which {', '.join(spoken)} (the kind that says most counts)."
    )
    rows = [
        f"| {name} | [{folders[name]}](ai-terms/{folders[name]}/_index.md) | {sizes[name]} |" for name in sorted(sizes)
    ]
    return "\n".join((head, "", "| category | folder | terms |", "|---|---|---:|", *rows, ""))


def judged() -> list[dict[str, str]]:
    """Read the suggestions that a person judged: kind, source, target, probability, verdict, why."""
    return list(csv.DictReader(JUDGED.read_text("utf-8").splitlines()))


def review() -> str:
    """Write how many of the judged suggestions were right as Markdown."""
    rows = ["| suggested | judged | right |", "|---|---:|---:|"]
    links = [row for row in judged() if row["kind"] == "link"]
    for low, high in _BANDS:
        band = [row for row in links if low <= float(row["probability"]) < high or float(row["probability"]) == high]
        rows.append(f"| links with a probability of {low} to {high} | {len(band)} | {_right(band)} |")
    for kind, name in (("term", "missing terms, the first 40"), ("duplicate", "duplicates, all of them")):
        band = [row for row in judged() if row["kind"] == kind]
        rows.append(f"| {name} | {len(band)} | {_right(band)} |")
    return "\n".join((*rows, ""))


def _right(rows: list[dict[str, str]]) -> str:
    right = sum(row["verdict"] == "right" for row in rows)
    return f"{right} ({right / len(rows):.0%})"


def coverage(corpora: Path) -> str:
    """Write how much of other glossaries the atlas covers as Markdown."""
    rows = ["| glossary | names | covered |", "|---|---:|---:|"]
    rows += [f"| {each.glossary} | {each.names} | {each.share:.1%} |" for each in coverages(corpora)]
    return "\n".join((*rows, ""))


def main() -> None:
    """Write the figures."""
    made = {"counts": counts(), "review": review()}
    if sys.argv[1:]:
        made["coverage"] = coverage(Path(sys.argv[1]))
    text = README.read_text("utf-8")
    for name, figures in made.items():
        text = _place(name).sub(figures.replace("\\", r"\\"), text)
    README.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
