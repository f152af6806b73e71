import { termHref } from "./fragment.js";
import { groupSwatch } from "./scene.js";
import { SWATCHES } from "./theme.js";
import { STATUSES } from "./words.js";

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {Record<string, unknown>} [attributes] @param {...(Node | string)} children */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  made.append(...children);
  return made;
}

/** @param {string} id */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error("the page lacks its part " + id);
  return found;
}

/** @param {string} id */
export function inputById(id) {
  return /** @type {HTMLInputElement} */ (byId(id));
}

/** An icon of page.html. @param {string} id */
export function icon(id) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", "#" + id);
  svg.append(use);
  svg.setAttribute("aria-hidden", "true");
  return svg;
}

/** A term's name, kept apart from the writing direction around it. @param {Atlas} atlas @param {number} index */
export function termName(atlas, index) {
  return element("bdi", { lang: atlas.language }, atlas.names[index] || atlas.slugs[index]);
}

/** A link that opens a term; main.js listens for all of them. @param {Atlas} atlas @param {number} index @param {Node} [label] */
export function termLink(atlas, index, label = termName(atlas, index)) {
  return element("a", { href: termHref(atlas, index), "data-term": index }, label);
}

/** @param {Atlas} atlas @param {number} index */
export function swatch(atlas, index) {
  const dot = element("i", { class: "dot", "data-status": STATUSES[atlas.status[index]] });
  const { name, token } = atlas.categories[atlas.category[index]] ?? { name: "", token: "--none" };
  const isGrouped = !name && atlas.categories.length < 2; // then the map shows communities
  dot.style.setProperty("--c", `var(${isGrouped ? SWATCHES[groupSwatch(atlas, "communities", index)] : token})`);
  return dot;
}

/** Text with the part from start to end marked. @param {string} text @param {number} start @param {number} end */
export function marked(text, start, end) {
  return element("bdi", {}, text.slice(0, start), element("mark", {}, text.slice(start, end)), text.slice(end));
}
