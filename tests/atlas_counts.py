"""The counts in `data/README.md`, made from the atlas.

    python tests/atlas_counts.py

writes them anew between the two comments that mark their place.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import termatlas as ta

README = Path(__file__).parents[1] / "data" / "README.md"
PLACE = re.compile(r"(?<=<!-- counts -->\n).*?(?=<!-- end of counts -->)", re.DOTALL)


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


if __name__ == "__main__":
    README.write_text(PLACE.sub(counts().replace("\\", r"\\"), README.read_text("utf-8")), "utf-8")
