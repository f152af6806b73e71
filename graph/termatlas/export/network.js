// Draws the terms of a pyvis network in our own way, and lets people search it, read it and walk along its links.
import { createCamera, whole } from "./network_camera.js";
import { createCard } from "./network_card.js";
import { chosen } from "./network_chosen.js";
import { byId, root } from "./network_dom.js";
import { createDrawing } from "./network_drawing.js";
import { createLegend } from "./network_legend.js";
import { createList } from "./network_list.js";
import { createPointer } from "./network_pointer.js";
import { createSearch } from "./network_search.js";
import { network } from "./network_terms.js";
import { createTheme, readColours } from "./network_theme.js";

/** Let the arrow keys reach the map; vis-network's frame, not ours, is in the order of the tab key. */
function createKeys() {
  network.setOptions({ interaction: { keyboard: { enabled: true, bindToWindow: false }, selectable: false } });
  const frame = /** @type {HTMLElement} */ (document.querySelector("#mynetwork .vis-network"));
  frame.tabIndex = 0;
  for (const name of ["role", "aria-roledescription", "aria-label"]) {
    frame.setAttribute(name, byId("mynetwork").getAttribute(name) ?? "");
    byId("mynetwork").removeAttribute(name);
  }
}

/** Keep the whole map in view when its frame changes, but not under a reader's hands. */
function createFit() {
  let size = "";
  network.moveTo(whole());
  network.on("resize", ({ width, height }) => {
    if (size && size !== `${width}×${height}` && !chosen.selected) network.moveTo(whole());
    size = `${width}×${height}`;
  });
}

createPointer();
createSearch();
createCard();
createLegend();
createList();
createCamera();
createTheme();
createKeys();
createDrawing();
readColours();
createFit();
root.dataset.ready = "true";
