import { byId, element, termName } from "./dom.js";
import { startParts, termParts, textParts, scopeParts } from "./termpage.js";

/** Show the chosen term beside the map. @param {Atlas} atlas @param {Store} store
 * @param {(index: number) => Promise<TermText>} textOf @param {(index: number) => boolean} isShown */
export function createPanel(atlas, store, textOf, isShown) {
  const title = byId("panel-title");
  const body = byId("panel-body");
  let opener = /** @type {Element | null} */ (null);

  const draw = () => {
    const index = store.get().selected;
    document.body.classList.toggle("reading", index >= 0);
    byId("panel-close").hidden = index < 0;
    title.replaceChildren(index < 0 ? "Start here" : termName(atlas, index));
    body.replaceChildren(...(index < 0 ? startParts(atlas) : termParts(atlas, index)));
    byId("panel").scrollTop = 0;
    if (index >= 0) void fill(index);
    drawScope();
  };
  const drawScope = () => {
    const { selected } = store.get();
    if (selected >= 0) body.querySelector(".scope")?.replaceChildren(...scopeParts(atlas, store, selected, isShown(selected)));
  };
  /** @param {number} index */
  const fill = async (index) => {
    const text = await textOf(index);
    if (index === store.get().selected) body.querySelector(".read")?.replaceChildren(...textParts(atlas, index, text));
  };
  const close = () => {
    store.set({ selected: -1 });
    const back = opener?.isConnected && opener.checkVisibility() ? opener : byId(store.get().mode === "table" ? "table" : "map");
    /** @type {HTMLElement} */ (back).focus();
  };
  store.subscribe((view, before) => {
    if (view.selected !== before.selected) draw();
    else if (view.hovered === before.hovered && view.camera === before.camera) drawScope();
  });
  byId("panel-close").addEventListener("click", close);
  draw();
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
