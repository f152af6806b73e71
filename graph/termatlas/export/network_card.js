import { goTo } from "./network_camera.js";
import { chosen } from "./network_chosen.js";
import { byId, dot, element } from "./network_dom.js";
import { linksIn, linksOut, network, termOf } from "./network_terms.js";
import { hover } from "./network_tip.js";
import { count, short, STANDING } from "./network_words.js";

/** Open the card of a term, or close it. @param {Term | null} each */
export function select(each, { walk = true } = {}) {
  const before = document.activeElement;
  chosen.selected = each;
  byId("card").hidden = !each;
  if (each) {
    fillCard(each);
    if (walk) goTo(each);
    if (walk) byId("term").focus({ preventScroll: true });
  } else if (byId("card").contains(before)) byId("query").focus();
  hover(null);
  network.redraw();
}

export function createCard() {
  byId("close").addEventListener("click", () => select(null));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target === byId("query")) return;
    if (event.key === "Escape") select(null);
  });
}

/** @param {Term} each */
function fillCard(each) {
  byId("category").replaceChildren(dot(each), element("bdi", each.category));
  byId("category").hidden = !each.category;
  byId("term").textContent = each.name;
  byId("standing").textContent = STANDING[each.status] ?? "";
  byId("standing").hidden = !STANDING[each.status];
  byId("definition").textContent = each.definition;
  byId("links").replaceChildren(
    ...linkList("Links to", linksOut(each), linksIn(each), each.out),
    ...linkList("Linked from", linksIn(each), linksOut(each), each.in),
  );
  byId("card").scrollTop = 0;
}

/** The links of one direction. @param {string} heading @param {Neighbour[]} links @param {Neighbour[]} back those of the other @param {number} all */
function linkList(heading, links, back, all) {
  if (!all) return [];
  const reciprocal = new Set(back.map(({ id }) => id));
  const list = element("ul");
  list.append(...links.map(({ id, kind }) => linkItem(termOf(id), kind, reciprocal.has(id))));
  const left = all - links.length;
  const rest = left > 0 ? [element("p", `${left} of them not on this map`, "meta")] : [];
  return [element("h3", `${heading} ${count(all, "term")}`), list, ...rest];
}

/** @param {Term} each @param {string} kind @param {boolean} reciprocal */
function linkItem(each, kind, reciprocal) {
  const item = element("li");
  const button = element("button");
  button.type = "button";
  const notes = [["related", "inline"].includes(kind) ? "" : kind, reciprocal ? "" : "one-way"].filter(Boolean);
  button.append(dot(each), element("bdi", short(each.name, 80)), element("small", notes.join(", ")));
  button.addEventListener("click", () => select(each));
  item.append(button);
  return item;
}
