"""The pages' colours can be told apart, on both themes and by colour-blind eyes."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termatlas import look

Vector = npt.NDArray[np.float64]
THEMES = ("light", "dark")
# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
EYES = {
    "normal": np.eye(3),
    "protanope": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranope": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def linear(colour: str) -> Vector:
    rgb = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.asarray(np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4))


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""
    dark, light = sorted(float(XYZ[1] @ linear(colour)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: Vector) -> list[float]:
    ratio = XYZ @ np.clip(rgb, 0, 1) / XYZ.sum(axis=1)
    root = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return [116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])]


def ciede2000(one: list[float], other: list[float]) -> float:
    """Sharma, Wu and Dalal (2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (hypot(a1, b1) + hypot(a2, b2)) / 2
    g = 0.5 * (1 - sqrt(mean**7 / (mean**7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = hypot(a1, b1), hypot(a2, b2)
    h1, h2 = degrees(atan2(b1, a1)) % 360, degrees(atan2(b2, a2)) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    lm, cm, big_h = (l1 + l2) / 2, (c1 + c2) / 2, 2 * sqrt(c1 * c2) * sin(radians(turn / 2))
    t = 1 - 0.17 * cos(radians(hue - 30)) + 0.24 * cos(radians(2 * hue)) + 0.32 * cos(radians(3 * hue + 6))
    t -= 0.20 * cos(radians(4 * hue - 63))
    sl, sc, sh = 1 + 0.015 * (lm - 50) ** 2 / sqrt(20 + (lm - 50) ** 2), 1 + 0.045 * cm, 1 + 0.015 * cm * t
    rt = -2 * sqrt(cm**7 / (cm**7 + 25**7)) * sin(radians(60 * exp(-(((hue - 275) / 25) ** 2))))
    x, y, z = (l2 - l1) / sl, (c2 - c1) / sc, big_h / sh
    return sqrt(x * x + y * y + z * z + rt * y * z)


def apart(one: str, other: str, eye: str) -> float:
    return ciede2000(lab(EYES[eye] @ linear(one)), lab(EYES[eye] @ linear(other)))


def shades(theme: str, colours: tuple[look.Colour, ...] = look.COLOURS) -> list[str]:
    return [colour.light if theme == "light" else colour.dark for colour in colours]


@pytest.mark.parametrize(
    ("one", "other", "expected"),  # rows of the authors' published test data
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_ruler_is_right(one: tuple[float, ...], other: tuple[float, ...], expected: float) -> None:
    assert ciede2000(list(one), list(other)) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_stands_out_from_both_surfaces(theme: str) -> None:
    every = shades(theme, (*look.COLOURS, look.OTHER, look.UNCATEGORISED))
    assert min(contrast(shade, surface) for shade in every for surface in look.SURFACES[theme]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eye", EYES)
def test_the_first_eight_differ_for_every_eye(theme: str, eye: str) -> None:
    assert min(apart(*pair, eye) for pair in combinations(shades(theme)[:8], 2)) >= 10


@pytest.mark.parametrize("theme", THEMES)
def test_all_colours_and_both_greys_differ(theme: str) -> None:
    every = shades(theme, (*look.COLOURS, look.OTHER, look.UNCATEGORISED))
    assert min(apart(*pair, "normal") for pair in combinations(every, 2)) >= 5
    assert min(apart(*pair, "normal") for pair in pairwise(every)) >= 10


def test_largest_categories_come_first_and_names_break_ties() -> None:
    counts = {"b": 2, "a": 2, "": 50, "c": 7}
    assert list(look.palette(counts)) == ["c", "a", "b", ""]
    assert look.palette(counts)[""] is look.UNCATEGORISED
    assert look.palette(counts) == look.palette(dict(reversed(counts.items())))


def test_the_smallest_share_one_grey() -> None:
    colours = look.palette({f"{rank:02}": 100 - rank for rank in range(30)})
    assert [colours[f"{rank:02}"].token for rank in (0, 23, 24, 29)] == ["c1", "c24", "other", "other"]


def test_no_category_no_colour() -> None:
    assert look.palette({}) == {}


@given(st.dictionaries(st.text("abc", max_size=3), st.integers(0, 5)))
@settings(deadline=None)
def test_every_category_has_a_colour(counts: dict[str, int]) -> None:
    assert look.palette(counts).keys() == counts.keys()


def properties(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): ([^;]+);", block))


def test_the_css_holds_each_token_in_each_theme() -> None:
    light, by_preference, by_choice = look.TOKENS_CSS.split("{", 1)[1].split(":root")[:3]
    assert properties(by_preference) == properties(by_choice)
    assert properties(by_choice).keys() <= properties(light).keys()
    for colour in (*look.COLOURS, look.OTHER, look.UNCATEGORISED):
        assert (properties(light)[colour.token], properties(by_choice)[colour.token]) == (colour.light, colour.dark)
    assert "/* dark */" not in look.TOKENS_CSS
    assert "/* categories */" not in look.TOKENS_CSS


@pytest.mark.parametrize(("theme", "at"), [("light", 0), ("dark", 2)])
def test_text_can_be_read(theme: str, at: int) -> None:
    tokens = properties(look.TOKENS_CSS.split("{", 1)[1].split(":root")[at])
    assert (tokens["surface"], tokens["panel"]) == look.SURFACES[theme]
    for ground in ("surface", "panel", "hover"):
        for ink in ("ink", "muted", "accent", "warning", "error"):
            assert contrast(tokens[ink], tokens[ground]) >= 4.5, (ink, ground)
    for ground in ("surface", "panel"):
        assert contrast(tokens["control"], tokens[ground]) >= 3
    assert contrast(tokens["on-accent"], tokens["accent"]) >= 4.5
    assert contrast(tokens["ink"], tokens["accent-soft"]) >= 4.5
