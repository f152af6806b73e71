import { recall, remember } from "./appearance.js";
import { byId, inputById } from "./dom.js";
import { sentence } from "./words.js";

/** What the marks and keys mean. @param {Atlas} atlas */
export function createHelp(atlas) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("help-dialog"));
  const letters = inputById("letters");
  for (const status of ["orphan", "dead-end", "wanted"])
    if (atlas.words[status]) byId("word-" + status).textContent = sentence(atlas.words[status]);
  letters.checked = recall("letters") !== "off";
  letters.addEventListener("change", () => remember("letters", letters.checked ? "on" : "off"));
  byId("help").addEventListener("click", () => dialog.showModal());
  dialog.querySelector(".close")?.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  return { open: () => dialog.showModal(), isOpen: () => dialog.open, letters: () => letters.checked };
}
