"""The report's figures: what each plot shows, as a title that states the finding, and its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low

from termatlas.export import plots
from termatlas.export.report_view import View, links_between, terms_by_category
from termatlas.export.report_words import count, number, percent
from termatlas.look import COLOURS, palette

CENTRAL = 12  #: terms in the ranking
OTHER = "other categories"
NONE = "no category"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A plot with its title, what to read from it, and its numbers as a table."""

    anchor: str
    title: str
    note: str
    svg: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    wide: bool = False


def figures(view: View) -> list[Figure]:
    """Draw what there is to draw: nothing of a glossary without links."""
    made = (_degrees(view), _central(view), _mixing(view)) if view.stats["links"] else ()
    return [figure for figure in made if figure]


def _degrees(view: View) -> Figure:
    degrees = {slug: view.links_in(slug) for slug in view.defined()}
    bins = plots.degree_bins(degrees.values())
    top = min(degrees, key=lambda slug: (-degrees[slug], slug))
    middle = median_low(degrees.values())
    few = sum(degree <= middle for degree in degrees.values())
    title = (
        f"{percent(few, len(degrees))} of the terms have {_at_most(middle)}; "
        f"“{_short(view.name(top))}” has {number(degrees[top])}"
    )
    described = "; ".join(f"{bin.label}: {bin.count:,}" for bin in bins)
    return Figure(
        anchor="degrees",
        title=title,
        note="A few hubs and many terms with few links are usual. The column of 0 is what nothing leads to.",
        svg=plots.columns(
            bins,
            name="degrees",
            title=title,
            desc=f"Terms by links in. {described}.",
            axis="Links in; on top, the number of terms. + starts a range.",
        ),
        heads=("Links in", "Terms", "Share"),
        rows=[(bin.label, f"{bin.count:,}", percent(bin.count, len(degrees))) for bin in bins],
    )


def _central(view: View) -> Figure | None:
    ranks = view.measures.get("pagerank", {})
    top = sorted(view.defined(), key=lambda slug: (-ranks.get(slug, 0), slug))[:CENTRAL]
    if not ranks or not top:
        return None
    mean = sum(ranks.values()) / len(ranks)
    colours = palette(terms_by_category(view))
    bars = [
        plots.Bar(
            name=view.name(slug),
            note=view.category(slug) or (NONE if any(colours) else ""),
            value=ranks.get(slug, 0) / mean,
            label=_times(ranks.get(slug, 0) / mean),
            colour=colours[view.category(slug)].token,
        )
        for slug in top
    ]
    title = f"“{_short(bars[0].name)}” is the most central term, {bars[0].label} the average PageRank"
    return Figure(
        anchor="central",
        title=title,
        note="PageRank is how often a reader who follows links at random comes by. "
        "A mistake in one of these terms is read most; bars are coloured by category.",
        svg=plots.ranking(bars, name="central", title=title, desc=f"The {len(bars)} most central terms, by PageRank."),
        heads=("Term", "Category", "PageRank", "Links in"),
        rows=[
            (bar.name, bar.note, f"{ranks.get(slug, 0):.6f}", f"{view.links_in(slug):,}")
            for slug, bar in zip(top, bars, strict=True)
        ],
    )


def _mixing(view: View) -> Figure | None:
    between = links_between(view)
    names = _fold(terms_by_category(view))
    kept = list(dict.fromkeys(names.values()))
    if len(kept) < 2 or not between:
        return None
    cells: dict[tuple[str, str], int] = {}
    for (source, target), links in sorted(between.items()):
        pair = names[source], names[target]
        cells[pair] = cells.get(pair, 0) + links
    title = _inside(between) + _busiest(cells)
    square = [[cells.get((row, column), 0) for column in kept] for row in kept]
    return Figure(
        anchor="mixing",
        title=title,
        note="Each row is where links come from, each column where they lead; the diagonal stays inside. "
        "An empty cell between two neighbouring subjects is a place to look for missing links.",
        svg=plots.matrix(kept, square, name="mixing", title=title, desc=_described(cells)),
        heads=("From", "Links", "To"),
        rows=[_row(name, cells) for name in kept],
        wide=True,
    )


def _at_most(links: int) -> str:
    return "no link in" if not links else f"{count(links, 'link')} in{' or none' if links == 1 else ' or fewer'}"


def _fold(counts: Mapping[str, int]) -> dict[str, str]:
    """Give each category the name it is drawn under: those beyond the last colour share one."""
    ranked = list(palette(counts))
    drawn = {name: name if rank < len(COLOURS) else OTHER for rank, name in enumerate(ranked)}
    return drawn | ({"": NONE} if "" in counts else {})


def _row(name: str, cells: Mapping[tuple[str, str], int]) -> tuple[str, str, str]:
    out = sorted(((links, target) for (source, target), links in cells.items() if source == name), key=_strongest)
    listed = "; ".join(f"{_short(target)} {links:,}" for links, target in out)
    return name, f"{sum(links for links, _ in out):,}", listed or "no links"


def _strongest(pair: tuple[int, str]) -> tuple[int, str]:
    return -pair[0], pair[1]


def _inside(between: Mapping[tuple[str, str], int]) -> str:
    known = {pair: links for pair, links in between.items() if all(pair)}
    inside = percent(sum(links for pair, links in known.items() if pair[0] == pair[1]), sum(known.values()))
    if len(known) == len(between):
        return f"{inside} of links stay inside their category"
    return f"{inside} of the links between terms with a category stay inside it"


def _busiest(cells: Mapping[tuple[str, str], int]) -> str:
    ways = {pair: links for pair, links in cells.items() if pair[0] != pair[1] and not {OTHER, NONE} & {*pair}}
    if not ways:
        return ""
    source, target = min(ways, key=lambda pair: (-ways[pair], pair))
    links = count(ways[source, target], "link")
    return f"; the busiest way out is {_short(source)} → {_short(target)} ({links})"


def _described(cells: Mapping[tuple[str, str], int]) -> str:
    ranked = sorted(cells, key=lambda pair: (-cells[pair], pair))[:10]
    ways = "; ".join(f"{_short(source)} to {_short(target)} {cells[source, target]:,}" for source, target in ranked)
    return f"Links from category to category. The most: {ways}."


def _times(ratio: float) -> str:
    return f"{ratio:.0f}×" if ratio >= 10 else f"{ratio:.1f}×"


def _short(name: str) -> str:
    """Clip a name and keep its writing direction to itself."""
    flat = " ".join(name.split())
    clipped = flat if len(flat) <= 48 else flat[:47].rstrip() + "…"
    return clipped if clipped.isascii() else f"\u2068{clipped}\u2069"
