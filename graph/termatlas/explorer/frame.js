import { byId } from "./dom.js";
import { filterWords, isFiltered, NOTHING_HIDDEN, nothingWords, showsSame, visible } from "./filters.js";
import { number, plural } from "./words.js";

/** What the filters let through, counted once for each change of them. @param {Atlas} atlas @param {Store} store */
export function createShown(atlas, store) {
  let view = store.get();
  let shown = visible(atlas, view);
  return () => {
    if (!showsSame(view, store.get())) shown = visible(atlas, (view = store.get()));
    return shown;
  };
}

/** The line that always says how much is shown. @param {Atlas} atlas @param {Store} store @param {() => { count: number }} shown */
export function createStatus(atlas, store, shown) {
  const draw = () => {
    const words = filterWords(atlas, store.get());
    byId("status").textContent = `${number(shown().count)} of ${number(atlas.count)} shown`;
    byId("filters").textContent = words && " · " + words;
    byId("none").hidden = shown().count > 0;
    byId("none").textContent = nothingWords(store.get());
    byId("reset").ariaDisabled = String(!isFiltered(store.get()) && !store.get().lens);
  };
  byId("reset").addEventListener("click", () => store.set(NOTHING_HIDDEN));
  store.subscribe((view, before) => {
    if (!showsSame(view, before)) draw();
  });
  draw();
}

/** Map, table or path. @param {Store} store @param {boolean} hasMap */
export function createModes(store, hasMap) {
  const buttons = /** @type {HTMLButtonElement[]} */ ([...byId("modes").querySelectorAll("button")]);
  const draw = () => {
    const { mode } = store.get();
    const isTable = mode === "table" || !hasMap;
    document.body.dataset.mode = mode;
    byId("table").hidden = !isTable;
    byId("stage").hidden = isTable;
    byId("path").hidden = mode !== "path";
    for (const button of buttons) button.ariaPressed = String(button.dataset.mode === mode);
  };
  for (const button of buttons) button.addEventListener("click", () => store.set({ mode: /** @type {View["mode"]} */ (button.dataset.mode) }));
  byId("skip").addEventListener("click", () => {
    store.set({ mode: "table" });
    byId("table").focus();
  });
  if (!hasMap) buttons[0].disabled = true;
  store.subscribe(draw);
  draw();
}

/** The filters as a sheet, where there is no room beside the map. */
export function createSide() {
  const button = byId("open-side");
  const toggle = (/** @type {boolean} */ open) => {
    document.body.classList.toggle("filtering", open);
    button.ariaExpanded = String(open);
    if (open) byId("legend-all").focus();
    else button.focus();
  };
  const isOpen = () => document.body.classList.contains("filtering");
  button.addEventListener("click", () => toggle(!isOpen()));
  byId("side").querySelector(".close")?.addEventListener("click", () => toggle(false));
  return {
    /** Was it open? */
    close() {
      const open = isOpen();
      if (open) toggle(false);
      return open;
    },
  };
}

/** @param {Atlas} atlas */
export function fillHeader(atlas) {
  const wanted = atlas.status.filter((status) => status === 4).length;
  const named = atlas.categories.filter(({ name }) => name).length;
  const parts = [plural(atlas.count - wanted, "term"), wanted && number(wanted) + " wanted", plural(atlas.linkCount, "link"), named && plural(named, "category", "categories")];
  byId("counts").textContent = parts.filter(Boolean).join(" · ");
  byId("map").ariaLabel = `Map of ${plural(atlas.count, "term")} and ${plural(atlas.linkCount, "link")}`;
}
