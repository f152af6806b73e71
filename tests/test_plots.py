"""The report's plots say what they count, in well-formed SVG, whatever the names are."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from termatlas.export.plots import Bar, Bin, columns, degree_bins, matrix, ranking

HOSTILE = '</svg><script>alert(1)</script> & "quotes" \u202e turned'


def parsed(svg: str) -> etree._Element:
    return etree.fromstring(svg.encode())


def texts(svg: str) -> list[str]:
    return [str(text.text) for text in parsed(svg).iter("text")]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 3000)))
def test_each_degree_falls_into_one_bin(degrees: list[int]) -> None:
    bins = degree_bins(degrees)
    assert sum(bin.count for bin in bins) == len(degrees)
    assert all(after.low == before.high + 1 for before, after in pairwise(bins))
    counted = Counter(degrees)
    assert all(bin.count == counted[bin.low] for bin in bins if bin.low == bin.high)
    assert bins[0].low == 0
    assert bins[-1].low <= max(degrees, default=0) <= bins[-1].high


def test_a_bin_is_named_by_its_value_or_range() -> None:
    assert [bin.label for bin in degree_bins([1200])][-1] == "641–1,280"


def test_columns_carry_their_counts_and_tell_zero_apart() -> None:
    svg = columns(degree_bins([0, 0, 1, 7]), name="d", title="Title", desc="Description", axis="links in")
    assert texts(svg) == ["2", "0", "1", "1", "2", "3", "4", "5", "6", "1", "7", "links in"]
    assert [box.get("class") for box in parsed(svg).iter("rect")] == ["zero", "bar", "bar"]


def test_a_column_is_as_high_as_its_count() -> None:
    svg = columns([Bin(low=1, high=1, count=10), Bin(low=2, high=2, count=5)], name="d", title="", desc="", axis="")
    heights = [float(box.get("height", "")) for box in parsed(svg).iter("rect")]
    assert heights[0] == 2 * heights[1]


def test_bars_are_as_long_as_their_values() -> None:
    bars = [Bar(name=name, note="", value=value, label="", colour="c1") for name, value in (("a", 4.0), ("b", 1.0))]
    widths = [float(box.get("width", "")) for box in parsed(ranking(bars, name="r", title="", desc="")).iter("rect")]
    assert widths == [360, 90]


def test_a_matrix_shows_each_count_that_is_not_zero() -> None:
    svg = matrix(["a", "b"], [[5, 0], [12_345, 1]], name="m", title="", desc="")
    assert texts(svg) == ["a", "a", "b", "b", "5", "12k", "1"]
    strengths = [float(box.get("fill-opacity", "")) for box in parsed(svg).iter("rect") if box.get("class") == "heat"]
    assert strengths[1] == max(strengths)
    assert strengths[2] == min(strengths)


def test_empty_plots_are_plots() -> None:
    for svg in (
        columns([], name="d", title="", desc="", axis=""),
        ranking([], name="r", title="", desc=""),
        matrix([], [], name="m", title="", desc=""),
    ):
        assert parsed(svg).tag == "svg"


def test_names_are_text_and_clipped_and_readers_get_the_words() -> None:
    bars = [Bar(name=HOSTILE + "x" * 5000, note=HOSTILE, value=1, label="1×", colour="c1")]
    drawn = (
        ranking(bars, name="r", title=HOSTILE, desc=HOSTILE),
        matrix([HOSTILE, "b"], [[1, 2], [3, 4]], name="m", title=HOSTILE, desc=HOSTILE),
    )
    for svg in drawn:
        root = parsed(svg)
        assert not list(root.iter("script"))
        assert root.get("role") == "img"
        assert root.findtext("title") == HOSTILE
        assert root.findtext("desc") == HOSTILE
        assert root.get("aria-labelledby") == root[0].get("id")
        assert max(map(len, texts(svg))) <= 30
