import { select } from "./network_card.js";
import { radius } from "./network_discs.js";
import { byId } from "./network_dom.js";
import { network, terms } from "./network_terms.js";
import { hover } from "./network_tip.js";

export function createPointer() {
  const frame = byId("mynetwork");
  network.on("click", ({ pointer }) => select(nearest(pointer.canvas, 10), { walk: false }));
  frame.addEventListener("mousemove", (event) => {
    if (event.buttons) return hover(null);
    const box = frame.getBoundingClientRect();
    const at = { x: event.clientX - box.left, y: event.clientY - box.top };
    hover(nearest(network.DOMtoCanvas(at), 6), at);
  });
  frame.addEventListener("mouseleave", () => hover(null));
}

/** The term nearest to a place, if its disc is within so many pixels. @param {Place} at @param {number} reach */
function nearest({ x, y }, reach) {
  const scale = network.getScale();
  let best = /** @type {Term | null} */ (null);
  let least = reach / scale;
  for (const each of terms) {
    const away = Math.hypot(each.x - x, each.y - y) - radius(each, scale);
    if (away < least) [best, least] = [each, Math.max(away, 0)];
  }
  return best;
}
