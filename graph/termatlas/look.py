"""The pages' common look: colours, type and space, for the report, the explorer and the pyvis page.

`TOKENS_CSS` goes first into a page's ``<style>``; everything else says ``var(--ink)``, ``var(--gap-3)`` or,
for a category, ``var(--c4)``, and so follows the reader's light or dark theme without a script.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

#: The surfaces that categories are drawn on: (page, panel) for each theme.
SURFACES: Final = {"light": ("#fbfbfa", "#ffffff"), "dark": ("#131416", "#1b1d20")}


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour in both themes; `token` is its CSS custom property, without the two hyphens."""

    token: str
    light: str
    dark: str


# The hues of Okabe and Ito (2008), https://jfly.uni-koeln.de/color/, in their order. Lightness is moved
# as little as gives 3:1 on the surfaces and keeps the first eight at least ΔE2000 10 apart for normal,
# protanope and deuteranope eyes; black is a slate that turns pale on dark. Then the same hues twice more.
_PAIRS: Final = (
    ("#926402", "#e39e08"),
    ("#2a94c8", "#57b4ea"),
    ("#039f74", "#039f74"),
    ("#958f02", "#f3e745"),
    ("#056daa", "#0072b2"),
    ("#863900", "#cc5a02"),
    ("#be6c9a", "#cf7baa"),
    ("#243648", "#d1e5fb"),
    ("#ba8002", "#a67200"),
    ("#057faf", "#a2d8fe"),
    ("#017152", "#83ffce"),
    ("#656102", "#757002"),
    ("#013c61", "#3286c8"),
    ("#cc5a02", "#ff9656"),
    ("#914370", "#a25280"),
    ("#586a7d", "#8a9db2"),
    ("#604101", "#ffcf8f"),
    ("#024c6a", "#339acd"),
    ("#013827", "#047c5a"),
    ("#302d01", "#a69f01"),
    ("#02598c", "#85c0fe"),
    ("#4b2000", "#ffe3d4"),
    ("#57083c", "#fec8e4"),
    ("#7b8da2", "#66798d"),
)
#: The colours of categories, in the order in which they are given out.
COLOURS: Final = tuple(Colour(f"c{rank}", *pair) for rank, pair in enumerate(_PAIRS, start=1))
#: What the categories beyond the last colour share.
OTHER: Final = Colour("other", "#8b8b87", "#7c7c79")
#: Terms without a category.
UNCATEGORISED: Final = Colour("none", "#6a6a67", "#a9a9a5")


def palette(counts: Mapping[str, int]) -> dict[str, Colour]:
    """Give each category a colour, the largest first (ties by name).

    The first 24 have one each, all further ones share `OTHER`; the category "" is `UNCATEGORISED`.
    The result is in that order, "" last, as a legend wants it.

    >>> {name: colour.token for name, colour in palette({"": 9, "Vision": 3, "Audio": 5, "Agents": 3}).items()}
    {'Audio': 'c1', 'Agents': 'c2', 'Vision': 'c3', '': 'none'}
    """
    ranked = sorted((name for name in counts if name), key=lambda name: (-counts[name], name))
    colours = {name: COLOURS[rank] if rank < len(COLOURS) else OTHER for rank, name in enumerate(ranked)}
    return colours | ({"": UNCATEGORISED} if "" in counts else {})


def _tokens_css() -> str:
    every = (*COLOURS, OTHER, UNCATEGORISED)
    light = " ".join(f"--{colour.token}: {colour.light};" for colour in every)
    dark = " ".join(f"--{colour.token}: {colour.dark};" for colour in every)
    folder = files("termatlas")
    dark_rules = folder.joinpath("look-dark.css").read_text("utf-8").replace("/* categories */", dark)
    css = folder.joinpath("look.css").read_text("utf-8").replace("/* categories */", light)
    return css.replace("/* dark */", dark_rules.strip())


#: The custom properties of all pages: light, dark by preference, and `data-theme` on the root for either.
TOKENS_CSS: Final = _tokens_css()
