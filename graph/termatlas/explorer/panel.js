import { byId, element, termName } from "./dom.js";
import { createScope } from "./scope.js";
import { headParts, linkParts, startParts, textParts } from "./termpage.js";

/** Show the chosen term beside the map. @param {Atlas} atlas @param {Store} store
 * @param {(index: number) => Promise<TermText>} textOf @param {(index: number) => boolean} isShown */
export function createPanel(atlas, store, textOf, isShown) {
  const [title, head, body] = ["panel-title", "panel-head", "panel-body"].map(byId);
  let opener = /** @type {Element | null} */ (null);

  const draw = () => {
    const index = store.get().selected;
    const chosen = index >= 0;
    document.body.classList.toggle("reading", chosen);
    byId("panel-close").hidden = !chosen;
    if (chosen) byId("hint").hidden = true; // it has been found
    title.replaceChildren(chosen ? termName(atlas, index) : "Start here");
    head.replaceChildren(...(chosen ? headParts(atlas, index) : []));
    const read = element("div", { class: "read" });
    body.replaceChildren(...(chosen ? [read, ...linkParts(atlas, index)] : startParts(atlas)));
    /** @param {unknown} error */
    const damaged = (error) => read.append(element("p", { role: "alert" }, error instanceof Error ? error.message : String(error)));
    if (chosen) textOf(index).then((text) => read.append(...textParts(atlas, index, text))).catch(damaged);
  };
  store.subscribe((view, before) => {
    if (view.selected === before.selected) return;
    draw();
    byId("panel").scrollTop = 0;
  });
  createScope(store, isShown);
  draw();

  const close = () => {
    store.set({ selected: -1 });
    const back = opener?.isConnected && opener.checkVisibility() ? opener : byId(store.get().mode === "table" ? "table" : "map");
    opener = null;
    /** @type {HTMLElement} */ (back).focus();
  };
  byId("panel-close").addEventListener("click", close);
  return {
    close,
    read: () => title.focus(),
    /** Choose a term and read it from its heading on. @param {number} index */
    open(index) {
      if (store.get().selected < 0) opener = document.activeElement;
      store.set({ selected: index });
      title.focus();
    },
  };
}
