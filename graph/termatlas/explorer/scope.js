import { byId } from "./dom.js";
import { NOTHING_HIDDEN } from "./filters.js";

/** What the map shows around the chosen term. @param {Store} store @param {(index: number) => boolean} isShown */
export function createScope(store, isShown) {
  const steps = /** @type {NodeListOf<HTMLElement>} */ (byId("scope").querySelectorAll("[data-depth]"));
  const draw = () => {
    const { selected, around } = store.get();
    byId("scope").hidden = selected < 0;
    byId("outside").hidden = selected < 0 || isShown(selected);
    const depth = around?.centre === selected ? around.depth : 0;
    for (const step of steps) step.ariaPressed = String(Number(step.dataset.depth) === depth);
  };
  for (const step of steps) step.addEventListener("click", () => setAround(store, Number(step.dataset.depth)));
  byId("show-it").addEventListener("click", () => store.set(NOTHING_HIDDEN));
  byId("path-here").addEventListener("click", () => startPath(store));
  store.subscribe(draw);
  draw();
}

/** Show only what lies within so many steps of the chosen term; 0 for all. @param {Store} store @param {number} depth */
export function setAround(store, depth) {
  const centre = store.get().selected;
  if (centre < 0) return;
  store.set({ around: depth ? { centre, depth: /** @type {1 | 2 | 3} */ (depth) } : null });
}

/** Look for paths from the chosen term. @param {Store} store */
export function startPath(store) {
  const { selected, path } = store.get();
  store.set({ mode: "path", path: selected < 0 ? path : { from: selected, to: -1, directed: path?.directed ?? false, chosen: 0 } });
  byId(selected < 0 ? "path-from" : "path-to").focus();
}
