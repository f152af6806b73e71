import { byId, element } from "./dom.js";
import { lensCounts } from "./filters.js";
import { number, sentence } from "./words.js";

/** Views on what an editor looks for. @param {Atlas} atlas @param {Store} store */
export function createLenses(atlas, store) {
  const counts = lensCounts(atlas);
  const buttons = /** @type {HTMLElement[]} */ ([...byId("lenses").querySelectorAll("button")]);
  for (const button of buttons) {
    const lens = /** @type {View["lens"]} */ (button.dataset.lens);
    /** @type {Element} */ (button.querySelector(".n")).textContent = number(counts[lens]);
    /** @type {HTMLElement} */ (button.parentElement).hidden = lens === "suggested" && !atlas.suggestions;
    button.addEventListener("click", () => toggleLens(store, lens));
  }
  if (counts.isolated) isolatedNote(buttons[0], counts.isolated);
  const draw = () => buttons.forEach((button) => (button.ariaPressed = String(button.dataset.lens === store.get().lens)));
  store.subscribe(draw);
  draw();
}

/** @param {Store} store @param {View["lens"]} lens */
export function toggleLens(store, lens) {
  store.set({ lens: store.get().lens === lens ? "" : lens });
}

/** @param {HTMLElement} button @param {number} count */
function isolatedNote(button, count) {
  button.querySelector("small")?.append(` ${number(count)} of them ${count === 1 ? "has" : "have"} no link at all.`);
}

/** What makes a dot large. @param {Atlas} atlas @param {Store} store */
export function createSizes(atlas, store) {
  const select = /** @type {HTMLSelectElement} */ (byId("size"));
  select.append(...atlas.measures.map(({ name, title }) => element("option", { value: name }, sentence(title))));
  const draw = () => (select.value = store.get().size);
  select.addEventListener("change", () => store.set({ size: select.value }));
  store.subscribe(draw);
  draw();
}
