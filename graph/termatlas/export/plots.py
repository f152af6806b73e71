"""Plots as SVG text: plain functions from numbers to markup, drawn in the tokens of `termatlas.look`.

Each has a title and a description for those who cannot see it, and labels its marks directly. Sizes are in
units of the view box; the page scales them. Names are data: they are escaped, clipped and isolated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

WIDTH = 360  #: of a plot that stands beside another, and fills a small screen
_SINGLES = {False: 10, True: 5}  #: degrees up to here have a column of their own; fewer where some lie far
_FAR = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The values from `low` to `high`, both included, and how many fall among them."""

    low: int
    high: int
    count: int

    @property
    def label(self) -> str:
        """Name the bin: one value or a range."""
        return f"{self.low:,}" if self.low == self.high else f"{self.low:,}–{self.high:,}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of a ranking: its name, what stands beside it, its length and how that is written."""

    name: str
    note: str
    value: float
    label: str
    colour: str  #: a token of `termatlas.look`


def degree_bins(degrees: Iterable[int]) -> list[Bin]:
    """Count degrees in bins: one each up to 10, or to 5 where some are above 80, then ranges that double.

    >>> [(bin.label, bin.count) for bin in degree_bins([0, 0, 1, 12])][-3:]
    [('9', 0), ('10', 0), ('11–20', 1)]
    """
    counted = sorted(degrees)
    top = counted[-1] if counted else 0
    edges = list(range(_SINGLES[top > _FAR] + 2))
    while edges[-1] <= top:
        edges.append(2 * edges[-1] - 1)
    pairs = [(low, after - 1) for low, after in pairwise(edges) if low <= top]
    return [Bin(low=low, high=high, count=sum(low <= degree <= high for degree in counted)) for low, high in pairs]


def columns(bins: Sequence[Bin], *, name: str, title: str, desc: str, axis: str) -> str:
    """Draw bins as columns with their counts on top; the column of 0 stands out."""
    base, height = 250, 220
    step = WIDTH / max(len(bins), 1)
    most = max((bin.count for bin in bins), default=0) or 1
    parts = [f'<path class="axis" d="M0 {base}.5H{WIDTH}"/>']
    for rank, bin in enumerate(bins):
        tall = max(bin.count / most * height, 1.5) if bin.count else 0
        middle = _n((rank + 0.5) * step)
        box = f'x="{_n(rank * step + 2)}" y="{_n(base - tall)}" width="{_n(step - 4)}" height="{_n(tall)}"'
        parts.append(f'<rect class="{"zero" if bin.low == 0 else "bar"}" {box}/>' if tall else "")
        parts.append(_text(middle, _n(base - tall - 5), f"{bin.count:,}", "mid val") if bin.count else "")
        parts.append(_text(middle, str(base + 16), str(bin.low) if bin.low == bin.high else f"{bin.low}+", "mid"))
    parts.append(_text("0", str(base + 38), axis, "note"))
    return _svg(WIDTH, base + 44, "".join(parts), name=name, title=title, desc=desc)


def ranking(bars: Sequence[Bar], *, name: str, title: str, desc: str) -> str:
    """Draw bars under their names, with the note and the value at the right."""
    row, most = 30, max((bar.value for bar in bars), default=0) or 1
    parts = []
    for rank, bar in enumerate(bars):
        y = rank * row
        parts.append(
            f"<g><title>{escape(_clip(bar.name, 200))}</title>"
            f"{_text('0', str(y + 13), _clip(bar.name, 27), 'name')}"
            f"{_text(str(WIDTH - 44), str(y + 13), _clip(bar.note, 20), 'end note')}"
            f"{_text(str(WIDTH), str(y + 13), bar.label, 'end val')}"
            f'<rect x="0" y="{y + 18}" width="{_n(max(bar.value / most, 0) * WIDTH)}" height="5" rx="1"'
            f' style="fill:var(--{bar.colour})"/></g>'
        )
    return _svg(WIDTH, row * len(bars), "".join(parts), name=name, title=title, desc=desc)


def matrix(names: Sequence[str], cells: Sequence[Sequence[int]], *, name: str, title: str, desc: str) -> str:
    """Draw a square of counts, rows to columns, each cell as strong as its share of the largest one."""
    left, top, width = 132, 112, 800
    size = min((width - left - 50) / max(len(names), 1), 44)
    high = min(size, 26)
    small = " small" if size < 30 else ""
    most = max((count for row in cells for count in row), default=0) or 1
    parts = []
    for at, label in enumerate(names):
        across, down = _n(left + (at + 0.5) * size), _n(top + (at + 0.5) * high + 4)
        short = _clip(label, 21)
        turned = f'transform="translate({across} {top - 8}) rotate(-45)"'
        parts.append(
            f"<g {turned}>{_text('0', '0', _clip(label, 21), '')}</g>{_text(str(left - 8), down, short, 'end')}"
        )
    for y, row in enumerate(cells):
        for x, count in enumerate(row):
            box = f'x="{_n(left + x * size)}" y="{_n(top + y * high)}" width="{_n(size - 1)}" height="{_n(high - 1)}"'
            parts.append(f'<rect class="{"own" if x == y else "cell"}" {box}/>')
            parts.append(_cell(box, count, most, small, _n(left + (x + 0.5) * size), _n(top + (y + 0.5) * high + 4)))
    bottom = top + len(names) * high
    return _svg(width, int(bottom + 6), "".join(parts), name=name, title=title, desc=desc)


def _cell(box: str, count: int, most: int, small: str, x: str, y: str) -> str:
    if not count:
        return ""
    strength = _n(0.06 + 0.36 * (count / most) ** 0.5, 2)
    return f'<rect class="heat" {box} fill-opacity="{strength}"/>{_text(x, y, _brief(count), f"mid val{small}")}'


def _svg(width: int, height: int, body: str, *, name: str, title: str, desc: str) -> str:
    words = f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(desc)}</desc>'
    labels = f'role="img" aria-labelledby="{name}-t" aria-describedby="{name}-d"'
    return f'<svg viewBox="0 0 {width} {height}" {labels}>{words}{body}</svg>'


def _text(x: str, y: str, words: str, classes: str) -> str:
    named = f' class="{classes}"' if classes else ""
    return f'<text x="{x}" y="{y}"{named}>{escape(words)}</text>'


def _brief(count: int) -> str:
    """Write a count in at most four signs.

    >>> [_brief(count) for count in (7, 9999, 12_345, 1_234_567)]
    ['7', '9999', '12k', '1M']
    """
    if count < 10_000:
        return str(count)
    return f"{count // 1000}k" if count < 1_000_000 else f"{count // 1_000_000}M"


def _clip(words: str, length: int) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= length else flat[: length - 1].rstrip() + "…"


def _n(value: float, digits: int = 1) -> str:
    """Write a coordinate: few digits, no trailing zeros, the same on every machine."""
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") or "0"
