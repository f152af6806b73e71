import { byId } from "./network_dom.js";
import { network, terms } from "./network_terms.js";

const MARGIN = 36;
const still = matchMedia("(prefers-reduced-motion: reduce)");
let fitted = 1;

/** How many times larger everything is than with the whole map in view; at least 1. */
export function nearness() {
  return Math.max(1, network.getScale() / fitted);
}

/** The view of the whole map. */
export function whole() {
  const { clientWidth: width, clientHeight: height } = byId("mynetwork");
  const [left, right] = extent(terms.map((each) => each.x));
  const [top, bottom] = extent(terms.map((each) => each.y));
  fitted = Math.min(1.6, (width - 2 * MARGIN) / (right - left + 40), (height - 2 * MARGIN) / (bottom - top + 40));
  return { position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(fitted, 0.001) };
}

/** @param {number[]} values */
function extent(values) {
  return values.length ? [Math.min(...values), Math.max(...values)] : [0, 0];
}

/** Move there, at once for those who do not want to see motion. @param {{ position?: Place, scale: number, offset?: Place }} view */
function move(view) {
  network.moveTo({ ...view, animation: still.matches ? false : { duration: 180, easingFunction: "easeInOutQuad" } });
}

/** Show where a term is, beside the card that covers a part of the map. @param {Term} each */
export function goTo(each) {
  const card = byId("card").getBoundingClientRect();
  const map = byId("map").getBoundingClientRect();
  const beside = card.width < map.width * 0.7;
  const offset = beside ? { x: -card.width / 2, y: 0 } : { x: 0, y: Math.min(0, (card.top - map.bottom) / 2) };
  move({ position: { x: each.x, y: each.y }, scale: Math.max(network.getScale(), Math.min(0.9, fitted * 4)), offset });
}

export function createCamera() {
  byId("fit").addEventListener("click", () => move(whole()));
  byId("closer").addEventListener("click", () => move({ scale: network.getScale() * 1.5 }));
  byId("farther").addEventListener("click", () => move({ scale: network.getScale() / 1.5 }));
}
