import { byId } from "./dom.js";
import { NOTHING_HIDDEN } from "./filters.js";
import { neighbours } from "./graph.js";
import { createMap } from "./map.js";
import { toggleLens } from "./lenses.js";
import { setAround, startPath } from "./scope.js";
import { number } from "./words.js";

const ARROWS = new Map([["ArrowLeft", [-1, 0]], ["ArrowRight", [1, 0]], ["ArrowUp", [0, -1]], ["ArrowDown", [0, 1]]]);

/** Everything by keyboard. @param {Atlas} atlas @param {Store} store @param {Parts} parts
 * @typedef {{ map: ReturnType<typeof createMap> | null, panel: { read(): void, close(): void, open(index: number): void },
 *   help: { open(): void, isOpen(): boolean, letters(): boolean }, go: (by: number) => void, closeSide: () => boolean, say: (words: string) => void }} Parts */
export function createKeys(atlas, store, parts) {
  const letters = letterKeys(store, parts);
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || parts.help.isOpen()) return;
    if (event.key === "Escape") return escape(store, parts);
    if (isTyping(event.target)) return;
    const act = mapKey(atlas, store, parts, event) ?? (event.key.length > 1 || parts.help.letters() ? letters.get(event.key) : undefined);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** @param {Store} store @param {Parts} parts @returns {Map<string, () => void>} */
function letterKeys(store, { map, help, go }) {
  const mode = (/** @type {View["mode"]} */ mode) => () => store.set({ mode });
  return new Map([
    ["/", () => byId("search").focus()], ["?", help.open], ["Backspace", () => go(-1)],
    ["f", () => map?.fit()], ["+", () => map?.zoomBy(1.4)], ["=", () => map?.zoomBy(1.4)], ["-", () => map?.zoomBy(1 / 1.4)],
    ["o", () => toggleLens(store, "orphans")], ["d", () => toggleLens(store, "dead-ends")], ["w", () => toggleLens(store, "wanted")],
    ["m", mode("map")], ["t", mode("table")], ["p", () => startPath(store)], ["r", () => store.set(NOTHING_HIDDEN)],
    ...[0, 1, 2, 3].map((depth) => /** @type {[string, () => void]} */ ([String(depth), () => setAround(store, depth)])),
  ]);
}

/** Keys that need the map in focus. @param {Atlas} atlas @param {Store} store @param {Parts} parts @param {KeyboardEvent} event */
function mapKey(atlas, store, parts, event) {
  const arrow = ARROWS.get(event.key);
  const { selected, hovered } = store.get();
  if (/** @type {Element} */ (event.target).id !== "map" || !parts.map) return undefined;
  if (arrow && event.shiftKey) return () => parts.map?.panBy(80 * arrow[0], 80 * arrow[1]);
  if (arrow) return () => walk(store, parts, arrow);
  if (event.key === "Enter" && hovered >= 0) return () => go(store, parts, hovered);
  if (event.key === "Enter" && selected >= 0) return parts.panel.read;
  if (event.key === "[" || event.key === "]") return () => pointAt(atlas, store, parts, event.key === "]" ? 1 : -1);
  return undefined;
}

/** @param {Store} store @param {Parts} parts @param {number[]} arrow */
function walk(store, parts, [dx, dy]) {
  const { selected } = store.get();
  const next = selected < 0 ? 0 : parts.map?.nearest(selected, dx, dy) ?? -1;
  if (next < 0) parts.say("no linked term in that direction");
  else go(store, parts, next);
}

/** Choose a term while the map keeps the focus. @param {Store} store @param {Parts} parts @param {number} index */
function go(store, parts, index) {
  store.set({ selected: index, hovered: -1 });
  parts.map?.flyTo(index);
}

/** @param {Atlas} atlas @param {Store} store @param {Parts} parts @param {number} by */
function pointAt(atlas, store, parts, by) {
  const { selected, hovered } = store.get();
  const near = selected < 0 ? [] : [...neighbours(atlas, selected)];
  if (!near.length) return parts.say("no linked term");
  const at = (near.indexOf(hovered) + by + near.length + (by < 0 && !near.includes(hovered) ? 1 : 0)) % near.length;
  store.set({ hovered: near[at] });
  parts.say(`${atlas.names[near[at]]}, ${number(at + 1)} of ${number(near.length)}`);
}

/** @param {Store} store @param {Parts} parts */
function escape(store, { panel, closeSide }) {
  if (!closeSide() && store.get().selected >= 0) panel.close();
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof Element && target.matches("input:not([type=checkbox]), select, textarea");
}
