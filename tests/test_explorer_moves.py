"""The explorer's map in a real browser: what pointers, keys and the camera do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from map_alone import (
    Opener,
    do,
    labels,
    many,
    place,
    rest,
    view,
)
from termatlas.model import Glossary

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_wheel_zooms_about_the_pointer_and_double_click_too(opened_map: Opener) -> None:
    page = opened_map()
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


def test_click_selects_and_a_click_beside_it_takes_that_back(opened_map: Opener) -> None:
    page = opened_map()
    at = place(page, 0)
    page.mouse.click(*at)
    assert view(page)["selected"] == 0
    rest(page)
    page.mouse.click(990, 5)
    assert view(page)["selected"] == -1


def test_hover_lights_the_neighbourhood_and_leaves_no_trace(opened_map: Opener) -> None:
    page = opened_map()
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


def test_touch_taps_and_pinches(opened_map: Opener) -> None:
    page = opened_map(has_touch=True, viewport={"width": 360, "height": 560})
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


def test_camera_comes_from_the_store_and_goes_to_it(opened_map: Opener) -> None:
    page = opened_map(view='{"camera":{"x":40,"y":30,"k":2}}')
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


def test_keys_pan_by_pixels_and_the_map_cannot_be_lost(opened_map: Opener) -> None:
    page = opened_map()
    do(page, "map.flyTo(0)")
    before = view(page)["camera"]
    do(page, "map.panBy(-80, -40)")
    after = view(page)["camera"]
    moved = [(after[axis] - before[axis]) * before["k"] for axis in "xy"]
    assert moved == pytest.approx([-80, -40], abs=1)
    do(page, "map.panBy(90000, 90000)")
    far = view(page)["camera"]
    assert (
        far["x"] <= page.evaluate("Math.max(...kit.atlas.x, ...kit.atlas.shelves.map((one) => one.x + one.width))") + 1
    )
    assert (
        far["y"] <= page.evaluate("Math.max(...kit.atlas.y, ...kit.atlas.shelves.map((one) => one.y + one.height))") + 1
    )


def test_flight_is_short_and_none_for_those_who_want_none(opened_map: Opener) -> None:
    frames = """async () => {
      const pictures = new Set(), end = performance.now() + 150;
      kit.map.flyTo(9);
      while (performance.now() < end) {
        await new Promise(requestAnimationFrame);
        pictures.add(kit.map.toSvg().match(/<text[^>]*>/)?.[0] + kit.map.toSvg().length);
      }
      return pictures.size;
    }"""
    page = opened_map()
    assert page.evaluate(frames) > 2
    still = opened_map(reduced_motion="reduce")
    assert still.evaluate(frames) <= 2
    rest(still)
    camera = view(still)["camera"]
    assert [camera["x"], camera["y"]] == pytest.approx(still.evaluate("[kit.atlas.x[9], kit.atlas.y[9]]"), abs=0.1)
    assert camera["k"] >= 1


def test_flight_keeps_one_point_still(opened_map: Opener) -> None:
    page = opened_map()
    shift = page.evaluate("""() => {
      const screen = { width: 1000, height: 700 }, from = { x: 5, y: -8, k: 0.5 };
      const to = kit.zoomedAbout(from, screen, 820, 90, 3);
      const under = ({ x, y, k }) => [x + (820 - 500) / k, y + (90 - 350) / k];
      const stays = under(from), far = ([x, y]) => Math.hypot(x - stays[0], y - stays[1]);
      return [0, 0.25, 0.5, 0.8, 1].map((t) => far(under(kit.between(from, to, t))));
    }""")
    assert shift == pytest.approx([0] * 5, abs=1e-9)


def test_arrow_keys_find_neighbours_along_links(opened_map: Opener) -> None:
    page = opened_map()
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


def test_focus_of_the_keyboard_is_a_ring_of_its_own(opened_map: Opener) -> None:
    page = opened_map()
    before = do(page, "store.set({ selected: 4 })") or rest(page)
    page.keyboard.press("Tab")
    assert rest(page) != before


def crowd() -> Glossary:
    return many(900)


def test_labels_stay_put_while_one_pans(opened_map: Opener) -> None:
    page = opened_map(crowd)
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


def test_after_destroy_nothing_listens(opened_map: Opener) -> None:
    page = opened_map()
    x, y = place(page, 0)
    page.evaluate("kit.map.destroy()")
    page.mouse.click(x, y)
    page.mouse.wheel(0, -300)
    assert view(page)["selected"] == view(page)["hovered"] == -1
    assert view(page)["camera"] is None
