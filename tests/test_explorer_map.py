"""The explorer's map in a real browser: what is drawn."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest

from map_alone import (
    BLOTS,
    Opener,
    boxes,
    colours,
    do,
    drawing,
    each,
    labels,
    named,
    place,
    rest,
    view,
)
from termatlas.model import Glossary, Term

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_the_same_glossary_gives_the_same_picture_and_it_is_not_blank(opened_map: Opener) -> None:
    page = opened_map()
    assert colours(page) > 200
    assert view(page)["camera"] is None
    first = rest(page), page.evaluate("kit.map.toSvg()")
    page = opened_map()
    assert (rest(page), page.evaluate("kit.map.toSvg()")) == first


@pytest.mark.parametrize("code", ["0", "map.zoomBy(1.5)", "map.flyTo(0)", "store.set({ selected: 0 })"])
def test_labels_never_overlap(opened_map: Opener, code: str) -> None:
    page = opened_map()
    do(page, code)
    found = boxes(page)
    assert len(found) >= 15
    for one, other in combinations(found, 2):
        is_apart = one["right"] <= other["left"] or other["right"] <= one["left"]
        assert is_apart or one["bottom"] <= other["top"] or other["bottom"] <= one["top"], (one, other)


def test_first_view_names_categories_shelves_and_the_most_central_terms(opened_map: Opener) -> None:
    page = opened_map()
    found = labels(page)
    names = page.evaluate("kit.atlas.names.slice(0, 40)")
    assert {"Vision", "Training", "Language models", "Retrieval", "Ethics and law", "Data"} <= set(found)
    assert {"5 isolated terms", "4 wanted terms"} <= set(found)
    assert len(set(names) & set(found)) >= 10
    assert all(0 <= x <= 1000 and 0 <= y <= 700 for x, y in found.values())
    do(page, "store.set({ camera: { x: atlas.x[0], y: atlas.y[0], k: 3 } })")
    closer = labels(page)
    assert "Training" not in closer  # coarse names only from afar
    assert len(set(closer) - set(names)) > 0


def few() -> Glossary:
    return named("Large language model", "Transformer", "Retrieval-augmented generation", "Attention", "Embedding")


@pytest.mark.parametrize("make", [few, lambda: named("Large language model", "Transformer")])
def test_few_terms_all_have_names_that_lie_on_no_disc(opened_map: Opener, make: Callable[[], Glossary]) -> None:
    page = opened_map(make)
    names = page.evaluate("kit.atlas.names")
    assert set(labels(page)) == set(names)
    discs = [place(page, at) for at in range(len(names))]
    for box, (x, y) in product(boxes(page), discs):
        assert not (box["left"] <= x <= box["right"] and box["top"] <= y <= box["bottom"])
    across = max(x for x, _ in discs) - min(x for x, _ in discs)
    assert across > 150 or max(y for _, y in discs) - min(y for _, y in discs) > 150


def test_marks_tell_the_status_without_colour(opened_map: Opener) -> None:
    page = opened_map()
    page.evaluate("kit.store.set({ lens: 'wanted' })")
    rest(page)
    dashed = [path for path in each(drawing(page), "path") if "stroke-dasharray" in path.attrib]
    assert len(dashed) == 4
    do(page, "store.set({ lens: 'orphans' })")
    rings = [path.attrib["d"] for path in each(drawing(page), "path") if path.attrib["d"].count("A") == 2]
    assert any(not is_closed(ring) for ring in rings)
    assert lines(page) > 5  # to terms that are only a trace: so one sees where an orphan belongs
    do(page, "store.set({ lens: 'dead-ends' })")
    assert len(list(each(drawing(page), "rect"))) > 1  # the background, and bars


def lines(page: Page) -> int:
    """Count the links of the web."""
    frame = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--line').trim()")
    strokes = [path for path in each(drawing(page), "path") if path.attrib.get("stroke") not in {None, frame}]
    return sum(path.attrib["d"].count("L") for path in strokes)


def is_closed(ring: str) -> bool:
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", ring)]
    return numbers[:2] == pytest.approx(numbers[-2:], abs=0.2)


def test_filtered_terms_leave_a_trace_and_those_beyond_a_neighbourhood_none(opened_map: Opener) -> None:
    page = opened_map()
    everything = len(list(each(drawing(page), "path")))
    do(page, "store.set({ categories: [0] })")
    inner = page.evaluate("""() => {
      const { out, category, count } = kit.atlas, at = [...Array(count).keys()].filter((one) => category[one] === 0);
      return at.flatMap((one) => [...out.nodes.subarray(out.offsets[one], out.offsets[one + 1])])
        .filter((to) => category[to] === 0).length;
    }""")
    assert inner * 0.9 < lines(page) <= inner  # none to the others; those that discs hide are left out
    ghosts = [path for path in each(drawing(page), "path") if path.attrib.get("opacity") == "0.16"]
    assert len(ghosts) > 100
    names = {name for name in labels(page) if not re.match(r"\d+ (isolated|wanted)", name)}
    first = page.evaluate("kit.atlas.categories[0].name")
    inside = page.evaluate("kit.atlas.names.filter((_, at) => kit.atlas.category[at] === 0)")
    assert names <= {first, *inside}
    do(page, "store.set({ categories: null, around: { centre: 0, depth: 1 } })")
    assert len(list(each(drawing(page), "path"))) < everything / 3
    assert not [path for path in each(drawing(page), "path") if path.attrib.get("opacity") == "0.16"]


def test_path_is_drawn_as_tapers_from_its_start_to_its_end(opened_map: Opener) -> None:
    page = opened_map()
    way = page.evaluate("""() => {
      const { atlas, store } = kit, next = (index) => atlas.out.nodes[atlas.out.offsets[index]];
      const start = atlas.status.indexOf(2), way = [start, next(start), next(next(start))];
      kit.paths = [way];
      store.set({ path: { from: way[0], to: way[2], directed: true, chosen: 0 } });
      return way;
    }""")
    rest(page)
    assert set(page.evaluate("(way) => way.map((at) => kit.atlas.names[at])", way)) <= set(labels(page))
    accent = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()")
    (tapers,) = [path.attrib["d"] for path in each(drawing(page), "path") if path.attrib.get("fill") == accent]
    sides = [[float(number) for number in re.findall(r"-?[\d.]+", part)] for part in tapers.split("M")[1:]]
    assert len(sides) == 2
    starts = [place(page, index) for index in way[:2]]
    for (x1, y1, *_), start in zip(sides, starts, strict=True):
        assert (x1, y1) == pytest.approx(start, abs=5)
    for x1, y1, x2, y2, x3, y3, x4, y4 in sides:
        assert (x1 - x2) ** 2 + (y1 - y2) ** 2 > 20 * ((x3 - x4) ** 2 + (y3 - y4) ** 2)


def test_lenses_draw_their_own_lines(opened_map: Opener) -> None:
    page = opened_map()
    warning = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--warning').trim()")
    do(page, "store.set({ lens: 'one-way' })")
    assert [path for path in each(drawing(page), "path") if path.attrib.get("stroke") == warning]
    page.evaluate("kit.atlas.suggestions = { source: [0, 1], target: [5, 9], probability: [0.9, 0.8] }")
    do(page, "store.set({ lens: 'suggested' })")
    assert len([path for path in each(drawing(page), "path") if path.attrib.get("stroke-dasharray") == "1.5 3.5"]) == 1
    swatches = {}
    for lens in ["", "communities", "islands"]:
        do(page, f"store.set({{ lens: {lens!r} }})")
        swatches[lens] = [path.attrib.get("fill") for path in each(drawing(page), "path")]
    assert swatches[""] != swatches["communities"] != swatches["islands"]


def test_theme_and_size_of_the_screen_are_followed(opened_map: Opener) -> None:
    corner = "[...document.querySelector('#map').getContext('2d').getImageData(2, 2, 1, 1).data].slice(0, 3)"
    page = opened_map(device_scale_factor=2)
    assert page.evaluate("[document.querySelector('#map').width, document.querySelector('#map').height]") == [
        2000,
        1400,
    ]
    assert page.evaluate(corner) == [0xFB, 0xFB, 0xFA]
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    rest(page)
    assert page.evaluate(corner) == [0x13, 0x14, 0x16]
    page.evaluate("delete document.documentElement.dataset.theme")
    page.emulate_media(color_scheme="dark")
    rest(page)
    assert page.evaluate(corner) == [0x13, 0x14, 0x16]
    page.set_viewport_size({"width": 400, "height": 300})
    rest(page)
    assert page.evaluate("document.querySelector('#map').width") == 800
    assert all(0 <= x <= 400 and 0 <= y <= 300 for x, y in labels(page).values())


def test_png_is_twice_as_large_and_has_a_background(opened_map: Opener) -> None:
    page = opened_map()
    size = page.evaluate("""async () => {
      const picture = await createImageBitmap(await kit.map.toPng()), canvas = new OffscreenCanvas(9, 9);
      canvas.getContext("2d").drawImage(picture, 0, 0);
      return [picture.width, picture.height, ...canvas.getContext("2d").getImageData(4, 4, 1, 1).data];
    }""")
    assert size == [2000, 1400, 0xFB, 0xFB, 0xFA, 255]


def hostile() -> Glossary:
    return named(*BLOTS)


def test_hostile_names_are_labels(opened_map: Opener) -> None:
    page = opened_map(hostile)
    texts = {str(text.text) for text in each(drawing(page), "text")}
    assert BLOTS[0] in texts or f"{BLOTS[0][:39]}…" in texts
    assert {"gnp.exe", "x" * 39 + "…", "Zalgo" + "\u0301" * 3, "注意力机制 🧠", BLOTS[7]} <= texts
    assert not [text for text in texts if "\u202e" in text or len(text) > 41]
    assert not list(each(drawing(page), "script"))
    assert page.evaluate("kit.labelText('a\\ud83d'.padEnd(9, 'b')) + kit.labelText('\\u0000\\n')") == "a\ud83dbbbbbbb"
    assert page.evaluate("kit.xmlText('a<\\u0000\\ud83d&')") == "a&lt;\ufffd\ufffd&amp;"
    assert page.evaluate("window.ran") is None


def lone() -> Glossary:
    return Glossary(title="One", terms=(Term(slug="one", name="One"),))


def nothing() -> Glossary:
    return Glossary(title="None")


@pytest.mark.parametrize(("make", "found"), [(lone, {"One", "1 isolated term"}), (nothing, set())])
def test_small_glossaries_have_a_map(opened_map: Opener, make: Callable[[], Glossary], found: set[str]) -> None:
    page = opened_map(make)
    assert set(labels(page)) == found
    do(page, "map.fit() ?? map.zoomBy(3)")
    assert set(labels(page)) == found
