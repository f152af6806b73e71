"""The explorer's map: what is on the canvas, and what the pointer does to it, in a real browser.

What is drawn is read from the map's own SVG, which the same code draws, and from the pixels of the canvas.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

from termatlas.explorer import explore
from termatlas.explorer.render import script
from termatlas.model import Glossary, Reference, Term
from termatlas.resolve import resolve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from offline import OfflinePage

DESK: dict[str, Any] = {"viewport": {"width": 1000, "height": 700}, "color_scheme": "light"}
START = "decode(document).then(begin).catch(fail);"
KIT = """
decode(document).then((atlas) => {
  const store = createStore({ ...firstView(), ...JSON.parse(decodeURI(location.hash.slice(1) || "{}")) });
  const reducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const kit = { atlas, store, paths: [], between, zoomedAbout, labelText, xmlText };
  kit.map = createMap(byId("map"), atlas, store,
    { paths: () => kit.paths, visible: () => visible(atlas, store.get()).mask, reducedMotion });
  window.kit = kit;
});
"""
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>The map alone</title>
<style>{tokens} body {{ margin: 0 }} #map {{ display: block; width: 100vw; height: 100vh }}</style>
<canvas id="map" tabindex="0"></canvas>{data}<script type="module">{script}</script></html>"""
HASH = """() => {
  const map = document.querySelector("#map");
  const { data } = map.getContext("2d").getImageData(0, 0, map.width, map.height);
  return new Uint32Array(data.buffer).reduce((hash, pixel) => (Math.imul(hash, 31) + pixel) | 0, 7) >>> 0;
}"""
# Longer than the map waits for the end of a move, and some frames, so that links could have been drawn meanwhile.
WAIT = """async () => {
  await new Promise((done) => setTimeout(done, 180));
  for (let frame = 0; frame < 9; frame++) await new Promise(requestAnimationFrame);
}"""
BLOTS = [
    "</script><script>window.ran = 1</script>",
    '"><img src=x onerror="window.ran = 1">',
    "\u202egnp.exe\u202c",
    "Zalgo" + "\u0301" * 90,
    "x" * 5_000,
    "same",
    "same",
    "تعلّم الآلة العميق جدًّا",
    "注意力机制 🧠",
]


def many(count: int = 180) -> Glossary:
    """Give groups that link among themselves, with all that an editor has to repair."""
    chance = random.Random(3)
    groups = ["Vision", "Training", "Language models", "Retrieval", "Ethics and law", "Data"]
    terms = []
    for at in range(count):
        group = at % len(groups)
        inside = [f"t{other}" for other in range(group, count - 12, len(groups)) if other != at]
        targets = chance.choices(inside, [1 / (1 + rank) for rank in range(len(inside))], k=3)
        if at % 7 == 0:
            targets.append(f"t{chance.randrange(count - 12)}")
        if at % 45 == 1:
            targets.append(f"wish{at}")
        is_mute = at % 23 == 5 or at >= count - 4  # the last four are also never linked to: isolated
        name = (
            f"{chance.choice(['Deep', 'Sparse', 'Robust', 'Causal'])} {chance.choice(['kernel', 'token', 'loss'])} {at}"
        )
        related = () if is_mute else tuple(Reference(written=target) for target in dict.fromkeys(targets))
        terms.append(Term(slug=f"t{at}", name=name, categories=(groups[group],), related=related))
    return Glossary(title="Many & more", terms=tuple(resolve(terms)))


def named(*names: str) -> Glossary:
    """Give a ring of terms."""
    slugs = [f"n{at}" for at in range(len(names))]
    related = [(Reference(written=slug),) for slug in [*slugs[1:], *slugs[:1]]]
    terms = [Term(slug=slug, name=name, related=to) for slug, name, to in zip(slugs, names, related, strict=True)]
    return Glossary(title="Names", terms=tuple(resolve(terms)))


@cache
def page_of(make: Callable[[], Glossary]) -> str:
    """Give a page with nothing but the map, over the data and the script of the real one."""
    full = explore(make()).html
    data = "".join(re.findall(r'<script type="application/.*?</script>', full, re.DOTALL))
    code = script()
    assert START in code
    tokens = re.search(r"<style>(.*?)</style>", full, re.DOTALL)
    assert tokens
    return PAGE.format(tokens=tokens[1].split("body")[0], data=data, script=code.replace(START, KIT))


Opener = Callable[..., Any]


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[OfflinePage]:
    """Share one page among the tests with an ordinary screen: a new one takes most of a second."""
    from offline import OfflinePage

    shared = OfflinePage(browser.new_page(**DESK))
    yield shared
    shared.page.close()
    assert shared.requests == []
    assert shared.errors == []


@pytest.fixture
def opened(desk: OfflinePage, offline_page: Callable[..., OfflinePage], tmp_path: Path) -> Opener:
    """Give a function that opens the map of a glossary and waits until it rests."""

    def open_map(make: Callable[[], Glossary] = many, view: str = "", **options: Any) -> Page:
        page = (offline_page(**DESK | options) if options else desk).page
        file = tmp_path / "map.html"
        file.write_text(page_of(make), encoding="utf-8")
        page.goto("about:blank")
        page.mouse.move(0, 0)
        page.emulate_media(color_scheme="light")
        page.goto(f"{file.as_uri()}#{view}")
        page.wait_for_function("window.kit")
        rest(page)
        return page

    return open_map


def rest(page: Page) -> int:
    """Wait until the picture no longer changes, and give a hash of it."""
    before = -1
    while (now := int(page.evaluate(HASH))) != before:
        before = now
        page.evaluate(WAIT)
    return now


def do(page: Page, code: str) -> Any:
    """Run code on what the page's kit holds, wait for the map to come to rest, give the result."""
    found = page.evaluate(f"(() => {{ const {{ atlas, store, map }} = kit; return {code} }})()")
    rest(page)
    return found


def view(page: Page) -> dict[str, Any]:
    return dict(page.evaluate("kit.store.get()"))


def drawing(page: Page) -> ElementTree.Element:
    return ElementTree.fromstring(page.evaluate("kit.map.toSvg()"))  # noqa: S314 - our own text, and well-formed is the test


def each(root: ElementTree.Element, tag: str) -> Iterator[ElementTree.Element]:
    return root.iter("{http://www.w3.org/2000/svg}" + tag)


def labels(page: Page) -> dict[str, tuple[float, float]]:
    return {str(text.text): (float(text.attrib["x"]), float(text.attrib["y"])) for text in each(drawing(page), "text")}


def boxes(page: Page) -> list[dict[str, float]]:
    """Measure the labels where the browser draws them."""
    return list(
        page.evaluate("""() => {
          const holder = document.createElement("div");
          holder.innerHTML = kit.map.toSvg();
          document.body.append(holder);
          const found = [...holder.querySelectorAll("text")].map((text) => text.getBBox())
            .map(({ x, y, width, height }) =>
              ({ left: x, right: x + width, top: y + height * 0.2, bottom: y + height * 0.8 }));
          holder.remove();
          return found;
        }""")
    )


def place(page: Page, index: int) -> tuple[float, float]:
    """Give the pixel of a term; the whole map is in view."""
    x, y = page.evaluate(
        """(index) => {
          const { atlas, map } = kit, svg = new DOMParser().parseFromString(map.toSvg(), "image/svg+xml");
          const [least, most] = [Math.min(...atlas.x), Math.max(...atlas.x)];
          const marks = [...svg.querySelectorAll("path[fill]:not([fill=none])")].map((path) => path.getAttribute("d"))
            .filter((d) => /^M\\S+ \\S+A.*A/.test(d)).map((d) => d.match(/-?[\\d.]+/g).map(Number))
            .map(([right, y, radius]) => [right - radius, y]);
          const by = (part) => (one, other) => one[part] - other[part];
          const [xs, ys] = [[...marks].sort(by(0)), [...marks].sort(by(1))];
          const k = (xs.at(-1)[0] - xs[0][0]) / (most - least);
          return [xs[0][0] + (atlas.x[index] - least) * k, ys[0][1] + (atlas.y[index] - Math.min(...atlas.y)) * k];
        }""",
        index,
    )
    return float(x), float(y)


def colours(page: Page) -> int:
    return int(
        page.evaluate("""() => {
          const map = document.querySelector("#map"), context = map.getContext("2d");
          return new Set(new Uint32Array(context.getImageData(0, 0, map.width, map.height).data.buffer)).size;
        }""")
    )


def test_the_same_glossary_gives_the_same_picture_and_it_is_not_blank(opened: Opener) -> None:
    page = opened()
    assert colours(page) > 200
    assert view(page)["camera"] is None
    first = rest(page), page.evaluate("kit.map.toSvg()")
    page = opened()
    assert (rest(page), page.evaluate("kit.map.toSvg()")) == first


@pytest.mark.parametrize("code", ["0", "map.zoomBy(1.5)", "map.flyTo(0)", "store.set({ selected: 0 })"])
def test_labels_never_overlap(opened: Opener, code: str) -> None:
    page = opened()
    do(page, code)
    found = boxes(page)
    assert len(found) >= 15
    for one, other in combinations(found, 2):
        is_apart = one["right"] <= other["left"] or other["right"] <= one["left"]
        assert is_apart or one["bottom"] <= other["top"] or other["bottom"] <= one["top"], (one, other)


def test_first_view_names_categories_shelves_and_the_most_central_terms(opened: Opener) -> None:
    page = opened()
    found = labels(page)
    names = page.evaluate("kit.atlas.names.slice(0, 40)")
    assert {"Vision", "Training", "Language models", "Retrieval", "Ethics and law", "Data"} <= set(found)
    assert "5 isolated terms" in found
    assert len(set(names) & set(found)) >= 10
    assert all(0 <= x <= 1000 and 0 <= y <= 700 for x, y in found.values())
    do(page, "store.set({ camera: { x: atlas.x[0], y: atlas.y[0], k: 3 } })")
    closer = labels(page)
    assert "Training" not in closer  # coarse names only from afar
    assert len(set(closer) - set(names)) > 0


def crowd() -> Glossary:
    return many(900)


def test_labels_stay_put_while_one_pans(opened: Opener) -> None:
    page = opened(crowd)
    do(page, "map.flyTo(0)")
    before = labels(page)
    page.mouse.move(500, 350)
    page.mouse.down()
    page.mouse.move(520, 370)
    page.mouse.move(537, 373)
    page.mouse.up()
    rest(page)
    after = labels(page)
    stay = {name for name, (x, y) in before.items() if 250 < x < 650 and 60 < y < 600}
    assert len(stay) > 5
    assert stay <= set(after)
    assert all(after[name] == pytest.approx((before[name][0] + 37, before[name][1] + 23), abs=0.21) for name in stay)
    assert view(page)["selected"] == -1
    do(page, "map.panBy(-140.4, 0)")  # a fraction of a pixel is rounded for all alike
    farther = labels(page)
    stay = {name for name, (x, y) in after.items() if 50 < x < 550 and 60 < y < 600}
    assert stay <= set(farther)
    assert len({round(farther[name][0] - after[name][0], 1) for name in stay}) == 1
    assert len(labels(page)) >= 15
    assert farther[min(stay)][0] - after[min(stay)][0] == pytest.approx(140, abs=0.11)


def test_wheel_zooms_about_the_pointer_and_double_click_too(opened: Opener) -> None:
    page = opened()
    x, y = place(page, 3)
    page.mouse.move(x, y)
    page.mouse.wheel(0, -120)
    rest(page)
    page.mouse.wheel(0, -120)
    rest(page)
    camera = view(page)["camera"]
    there = page.evaluate("[kit.atlas.x[3], kit.atlas.y[3]]")
    assert ((there[0] - camera["x"]) * camera["k"] + 500) == pytest.approx(x, abs=2)
    assert ((there[1] - camera["y"]) * camera["k"] + 350) == pytest.approx(y, abs=2)
    page.mouse.dblclick(x, y)
    rest(page)
    assert view(page)["camera"]["k"] == pytest.approx(2 * camera["k"], rel=0.01)


def test_click_selects_and_a_click_beside_it_takes_that_back(opened: Opener) -> None:
    page = opened()
    at = place(page, 0)
    page.mouse.click(*at)
    assert view(page)["selected"] == 0
    rest(page)
    page.mouse.click(990, 5)
    assert view(page)["selected"] == -1


def test_hover_lights_the_neighbourhood_and_leaves_no_trace(opened: Opener) -> None:
    page = opened()
    before = rest(page)
    x, y = place(page, 2)
    page.mouse.move(x, y)
    assert rest(page) != before
    assert view(page)["hovered"] == 2
    assert page.evaluate("document.querySelector('#map').style.cursor") == "pointer"
    assert set(page.evaluate("[kit.atlas.names[2]]")) <= set(labels(page))
    page.mouse.move(995, 3)
    assert rest(page) == before
    assert view(page)["hovered"] == -1


def test_touch_taps_and_pinches(opened: Opener) -> None:
    page = opened(has_touch=True, viewport={"width": 360, "height": 560})
    first = page.evaluate("kit.atlas.x.indexOf(Math.min(...kit.atlas.x))")
    x, y = place(page, first)
    page.touchscreen.tap(x - 12, y)  # a finger is broad
    rest(page)
    assert view(page)["selected"] == first
    page.touchscreen.tap(3, 3)
    assert view(page)["selected"] == -1
    page.touchscreen.tap(*place(page, 0))
    rest(page)
    assert view(page)["selected"] == 0
    pinch(page, 40, 50)
    before = view(page)["camera"]
    pinch(page, 20, 50)
    after = view(page)["camera"]
    assert after["k"] == pytest.approx(2.5 * before["k"], rel=0.02)
    assert (after["x"], after["y"]) == pytest.approx((before["x"], before["y"]), abs=3)  # it was about the middle
    assert view(page)["selected"] == 0


def pinch(page: Page, start: int, end: int) -> None:
    session = page.context.new_cdp_session(page)
    for kind, spread in [("touchStart", start), ("touchMove", (start + end) // 2), ("touchMove", end), ("touchEnd", 0)]:
        points = [{"x": 180 - spread, "y": 280, "id": 0}, {"x": 180 + spread, "y": 280, "id": 1}] if spread else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    rest(page)


def test_marks_tell_the_status_without_colour(opened: Opener) -> None:
    page = opened()
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


def test_filtered_terms_leave_a_trace_and_those_beyond_a_neighbourhood_none(opened: Opener) -> None:
    page = opened()
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
    names = {name for name in labels(page) if "isolated" not in name}
    first = page.evaluate("kit.atlas.categories[0].name")
    inside = page.evaluate("kit.atlas.names.filter((_, at) => kit.atlas.category[at] === 0)")
    assert names <= {first, *inside}
    do(page, "store.set({ categories: null, around: { centre: 0, depth: 1 } })")
    assert len(list(each(drawing(page), "path"))) < everything / 3
    assert not [path for path in each(drawing(page), "path") if path.attrib.get("opacity") == "0.16"]


def test_path_is_drawn_as_tapers_from_its_start_to_its_end(opened: Opener) -> None:
    page = opened()
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


def test_lenses_draw_their_own_lines(opened: Opener) -> None:
    page = opened()
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


def test_camera_comes_from_the_store_and_goes_to_it(opened: Opener) -> None:
    page = opened(view='{"camera":{"x":40,"y":30,"k":2}}')
    near = rest(page)
    assert view(page)["camera"] == {"x": 40, "y": 30, "k": 2}
    do(page, "map.fit()")
    whole = rest(page)
    assert view(page)["camera"] is None
    do(page, "store.set({ camera: { x: 40, y: 30, k: 2 } })")
    assert rest(page) == near
    do(page, "store.set({ camera: null })")
    assert rest(page) == whole
    do(page, "map.fit([0, 1])")
    assert view(page)["camera"]["k"] > 0.8


def test_keys_pan_by_pixels_and_the_map_cannot_be_lost(opened: Opener) -> None:
    page = opened()
    do(page, "map.flyTo(0)")
    before = view(page)["camera"]
    do(page, "map.panBy(80, -40)")
    after = view(page)["camera"]
    moved = [(after[axis] - before[axis]) * before["k"] for axis in "xy"]
    assert moved == pytest.approx([80, -40], abs=1)
    do(page, "map.panBy(90000, 90000)")
    far = view(page)["camera"]
    assert (
        far["x"] <= page.evaluate("Math.max(...kit.atlas.x, ...kit.atlas.shelves.map((one) => one.x + one.width))") + 1
    )
    assert (
        far["y"] <= page.evaluate("Math.max(...kit.atlas.y, ...kit.atlas.shelves.map((one) => one.y + one.height))") + 1
    )


def test_flight_is_short_and_none_for_those_who_want_none(opened: Opener) -> None:
    frames = """async () => {
      const pictures = new Set(), end = performance.now() + 150;
      kit.map.flyTo(9);
      while (performance.now() < end) {
        await new Promise(requestAnimationFrame);
        pictures.add(kit.map.toSvg().match(/<text[^>]*>/)?.[0] + kit.map.toSvg().length);
      }
      return pictures.size;
    }"""
    page = opened()
    assert page.evaluate(frames) > 2
    still = opened(reduced_motion="reduce")
    assert still.evaluate(frames) <= 2
    rest(still)
    camera = view(still)["camera"]
    assert [camera["x"], camera["y"]] == pytest.approx(still.evaluate("[kit.atlas.x[9], kit.atlas.y[9]]"), abs=0.1)
    assert camera["k"] >= 1


def test_flight_keeps_one_point_still(opened: Opener) -> None:
    page = opened()
    shift = page.evaluate("""() => {
      const screen = { width: 1000, height: 700 }, from = { x: 5, y: -8, k: 0.5 };
      const to = kit.zoomedAbout(from, screen, 820, 90, 3);
      const under = ({ x, y, k }) => [x + (820 - 500) / k, y + (90 - 350) / k];
      const stays = under(from), far = ([x, y]) => Math.hypot(x - stays[0], y - stays[1]);
      return [0, 0.25, 0.5, 0.8, 1].map((t) => far(under(kit.between(from, to, t))));
    }""")
    assert shift == pytest.approx([0] * 5, abs=1e-9)


def test_arrow_keys_find_neighbours_along_links(opened: Opener) -> None:
    page = opened()
    found = page.evaluate("""() => [[1, 0], [-1, 0], [0, 1], [0, -1]].map(([dx, dy]) => {
      const { atlas, map } = kit, to = map.nearest(0, dx, dy);
      const isIn = ({ offsets, nodes }) => nodes.subarray(offsets[0], offsets[1]).includes(to);
      const linked = isIn(atlas.out) || isIn(atlas.in);
      return to < 0 ? null : linked && (atlas.x[to] - atlas.x[0]) * dx + (atlas.y[to] - atlas.y[0]) * dy > 0;
    })""")
    assert True in found
    assert False not in found
    alone = page.evaluate("kit.map.nearest(kit.atlas.status.indexOf(1), 1, 0)")
    assert alone == -1


def test_focus_of_the_keyboard_is_a_ring_of_its_own(opened: Opener) -> None:
    page = opened()
    before = do(page, "store.set({ selected: 4 })") or rest(page)
    page.keyboard.press("Tab")
    assert rest(page) != before


def test_theme_and_size_of_the_screen_are_followed(opened: Opener) -> None:
    corner = "[...document.querySelector('#map').getContext('2d').getImageData(2, 2, 1, 1).data].slice(0, 3)"
    page = opened(device_scale_factor=2)
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


def test_png_is_twice_as_large_and_has_a_background(opened: Opener) -> None:
    page = opened()
    size = page.evaluate("""async () => {
      const picture = await createImageBitmap(await kit.map.toPng()), canvas = new OffscreenCanvas(9, 9);
      canvas.getContext("2d").drawImage(picture, 0, 0);
      return [picture.width, picture.height, ...canvas.getContext("2d").getImageData(4, 4, 1, 1).data];
    }""")
    assert size == [2000, 1400, 0xFB, 0xFB, 0xFA, 255]


def hostile() -> Glossary:
    return named(*BLOTS)


def test_hostile_names_are_labels(opened: Opener) -> None:
    page = opened(hostile)
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
def test_small_glossaries_have_a_map(opened: Opener, make: Callable[[], Glossary], found: set[str]) -> None:
    page = opened(make)
    assert set(labels(page)) == found
    do(page, "map.fit() ?? map.zoomBy(3)")
    assert set(labels(page)) == found


def test_after_destroy_nothing_listens(opened: Opener) -> None:
    page = opened()
    x, y = place(page, 0)
    page.evaluate("kit.map.destroy()")
    page.mouse.click(x, y)
    page.mouse.wheel(0, -300)
    assert view(page)["selected"] == view(page)["hovered"] == -1
    assert view(page)["camera"] is None
