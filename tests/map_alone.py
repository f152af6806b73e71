"""The explorer's map alone on a page, and what tests read from it.

What is drawn is read from the map's own SVG, which the same code draws, and from the pixels of the canvas.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from termatlas.explorer import explore
from termatlas.explorer.render import script
from termatlas.look import TOKENS_CSS
from termatlas.model import Glossary, Reference, Term
from termatlas.resolve import resolve

if TYPE_CHECKING:
    from playwright.sync_api import Page


SCREEN: dict[str, Any] = {"viewport": {"width": 1000, "height": 700}, "color_scheme": "light"}

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

Opener = Callable[..., Any]


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
    return PAGE.format(tokens=TOKENS_CSS, data=data, script=code.replace(START, KIT))


def show_map(page: Page, file: Path, make: Callable[[], Glossary], view: str) -> Page:
    """Write and open the map of a glossary with a view, and wait until it rests."""
    file.write_text(page_of(make), encoding="utf-8")
    page.goto("about:blank")
    page.mouse.move(0, 0)
    page.emulate_media(color_scheme="light")
    page.goto(f"{file.as_uri()}#{view}")
    page.wait_for_function("window.kit")
    rest(page)
    return page


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
