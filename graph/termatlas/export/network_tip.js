import { chosen } from "./network_chosen.js";
import { byId, element } from "./network_dom.js";
import { network } from "./network_terms.js";
import { short } from "./network_words.js";

/** Say what lies under the pointer. @param {Term | null} each @param {Place} [at] */
export function hover(each, at) {
  const tip = byId("tip");
  tip.hidden = !each || each === chosen.selected;
  if (each && at && !tip.hidden) {
    tip.replaceChildren(element("b", short(each.name, 120)), element("em", each.category), short(each.definition, 220));
    putBeside(tip, at);
  }
  if (each === chosen.hovered) return;
  chosen.hovered = each;
  byId("mynetwork").style.cursor = each ? "pointer" : "";
  network.redraw();
}

/** @param {HTMLElement} tip @param {Place} at */
function putBeside(tip, at) {
  const map = byId("map").getBoundingClientRect();
  tip.style.left = `${Math.max(4, Math.min(at.x + 14, map.width - tip.offsetWidth - 8))}px`;
  const under = at.y + 18;
  const over = Math.max(4, at.y - tip.offsetHeight - 12); // its height depends on where its left is
  tip.style.top = `${under + tip.offsetHeight > map.height ? over : under}px`;
}
