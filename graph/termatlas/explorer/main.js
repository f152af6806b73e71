import { createAnnouncer } from "./announce.js";
import { createAppearance, rememberedTheme } from "./appearance.js";
import { DataError } from "./blocks.js";
import { decode } from "./data.js";
import { byId } from "./dom.js";
import { createDownloads } from "./download.js";
import { fromFragment } from "./fragment.js";
import { createModes, createShown, createSide, createStatus, fillHeader } from "./frame.js";
import { createHelp } from "./help.js";
import { createHistory } from "./history.js";
import { createKeys } from "./keys.js";
import { createLegend } from "./legend.js";
import { createLenses, createSizes } from "./lenses.js";
import { createMap } from "./map.js";
import { createPanel } from "./panel.js";
import { createPaths } from "./paths.js";
import { createSearchBox } from "./searchbox.js";
import { createStore, firstView } from "./store.js";
import { createTable } from "./table.js";
import { texts } from "./texts.js";
import { categoryName, plural } from "./words.js";

/** @param {Atlas} atlas */
function start(atlas) {
  const say = createAnnouncer();
  const hasMap = document.createElement("canvas").getContext("2d") !== null;
  const asked = fromFragment(atlas, location.hash);
  const store = createStore({ ...firstView(), ...asked, mode: hasMap ? asked.mode : "table", camera: null, theme: rememberedTheme() });
  const shown = createShown(atlas, store);
  fillHeader(atlas);
  createAppearance(store);
  createModes(store, hasMap);
  createStatus(atlas, store, shown);
  const paths = createPaths(atlas, store, say);
  const map = hasMap ? makeMap(atlas, store, paths.found, () => shown().mask) : null;
  if (asked.camera) store.set({ camera: asked.camera });
  createLegend(atlas, store);
  createLenses(atlas, store);
  createSizes(atlas, store);
  const table = createTable(atlas, store, () => shown().mask);
  const panel = createPanel(atlas, store, texts(atlas), (index) => shown().mask[index] === 1);
  const open = (/** @type {number} */ index) => {
    panel.open(index);
    map?.flyTo(index);
  };
  const help = createHelp(atlas);
  const side = createSide();
  const walk = createHistory(atlas, store, showWalk);
  createSearchBox(atlas, store, { go: open, say });
  createDownloads(atlas, () => (store.get().mode === "table" ? table.rows() : shownIndices(shown().mask)), () => map);
  createKeys(atlas, store, { map, panel, help, go: walk.go, closeSide: side.close, say });
  byId("back").addEventListener("click", () => walk.go(-1));
  byId("forward").addEventListener("click", () => walk.go(1));
  followLinks(store, open);
  tellChanges(atlas, store, say);
}

/** @param {Atlas} atlas @param {Store} store @param {() => number[][]} paths @param {() => Uint8Array} mask */
function makeMap(atlas, store, paths, mask) {
  const reducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = createMap(/** @type {HTMLCanvasElement} */ (byId("map")), atlas, store, { paths, visible: mask, reducedMotion });
  byId("fit").addEventListener("click", () => map.fit());
  byId("zoom-in").addEventListener("click", () => map.zoomBy(1.4));
  byId("zoom-out").addEventListener("click", () => map.zoomBy(1 / 1.4));
  store.subscribe((view, before, options) => {
    if (options?.history === false) return;
    if (view.path !== before.path && paths().length) map.fit(paths()[0]);
    else if (view.around !== before.around && view.around) map.fit(shownIndices(mask()));
  });
  return map;
}

/** @param {Uint8Array} mask */
function shownIndices(mask) {
  return [...mask.keys()].filter((at) => mask[at]);
}

/** @param {number} at @param {number} last */
function showWalk(at, last) {
  byId("back").ariaDisabled = String(at <= 0);
  byId("forward").ariaDisabled = String(at >= last);
}

/** Every link to a term opens it here, and shows on the map where it leads. @param {Store} store @param {(index: number) => void} open */
function followLinks(store, open) {
  for (const type of ["pointerover", "pointerout"])
    byId("panel").addEventListener(type, (event) => {
      const link = /** @type {Element} */ (event.target).closest("[data-term]");
      if (link) store.set({ hovered: type === "pointerover" ? Number(link.getAttribute("data-term")) : -1 }, { history: false });
    });
  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a[data-term]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(Number(link.getAttribute("data-term")));
  });
}

/** @param {Atlas} atlas @param {Store} store @param {(words: string) => void} say */
function tellChanges(atlas, store, say) {
  store.subscribe((view, before) => {
    document.title = view.selected < 0 ? atlas.title : `${atlas.names[view.selected]} · ${atlas.title}`;
    if (view.selected < 0 || view.selected === before.selected || document.activeElement !== byId("map")) return;
    const ends = [atlas.out, atlas.in].map(({ offsets }) => offsets[view.selected + 1] - offsets[view.selected]);
    say(`${atlas.names[view.selected]}, ${categoryName(atlas, view.selected)}, ${plural(ends[0], "link")} out, ${ends[1] || "no"} in. Enter reads it.`);
  });
}

/** @param {Atlas} atlas */
function begin(atlas) {
  document.title = byId("title").textContent = atlas.title;
  document.body.className = atlas.count ? "" : "empty";
  byId("error").remove();
  if (atlas.count) return start(atlas);
  byId("none").textContent = "This glossary has no terms yet. Write the first one, build the glossary again, and its map appears here.";
  byId("none").hidden = false;
  return createAppearance(createStore(firstView()));
}

/** @param {unknown} error */
function fail(error) {
  const box = document.getElementById("error") ?? document.body.appendChild(document.createElement("div"));
  box.id = "error";
  box.setAttribute("role", "alert");
  const words = error instanceof Error ? error.message : String(error);
  box.textContent = error instanceof DataError ? words : `This page could not be shown: ${words}. Build it again from the glossary.`;
  document.body.className = "failed";
}

decode(document).then(begin).catch(fail);
