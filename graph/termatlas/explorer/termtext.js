import { element, termLink } from "./dom.js";
import { neighbours } from "./graph.js";
import { number } from "./words.js";

const CLIP = 6000; // characters; a text of a megabyte would stall the page
const LINKED = 400; // names looked for in a text

/** A text as paragraphs; the first mention of each neighbour is a link, what is very long waits behind a button.
 * @param {Atlas} atlas @param {string} text @param {Map<string, number>} names */
export function paragraphs(atlas, text, names) {
  const made = element("div", { class: "text", lang: atlas.language, dir: "auto" }, ...written(atlas, text.slice(0, CLIP), names));
  if (text.length <= CLIP) return made;
  const rest = element("button", { type: "button", class: "quiet" }, `… show all ${number(text.length)} characters`);
  rest.addEventListener("click", () => {
    made.replaceChildren(...text.split(/\n\s*\n/).map((part) => element("p", { tabindex: -1 }, part)));
    /** @type {HTMLElement} */ (made.firstChild).focus();
  });
  made.append(rest);
  return made;
}

/** The names and aliases by which a term's neighbours can be mentioned. @param {Atlas} atlas @param {number} index */
export function namesAround(atlas, index) {
  const names = new Map();
  for (const near of neighbours(atlas, index).slice(0, LINKED))
    for (const name of [atlas.names[near], ...atlas.aliases[near].split("\n")])
      if (name.length > 1 && name.length < 100 && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), near);
  return names;
}

/** @param {Atlas} atlas @param {string} text @param {Map<string, number>} names */
function written(atlas, text, names) {
  const left = new Map(names);
  const mention = mentionPattern([...names.keys()]);
  return text.split(/\n\s*\n/).map((part) => element("p", {}, ...(mention ? linked(atlas, part, mention, left) : [part])));
}

/** @param {Atlas} atlas @param {string} text @param {RegExp} mention @param {Map<string, number>} left the names not yet linked */
function linked(atlas, text, mention, left) {
  const pieces = [];
  let from = 0;
  for (const found of text.matchAll(mention)) {
    const near = left.get(found[0].toLowerCase());
    if (near === undefined || (found[0].length < 4 && found[0] !== atlas.names[near])) continue;
    for (const [name, index] of left) if (index === near) left.delete(name);
    pieces.push(text.slice(from, found.index), termLink(atlas, near, document.createTextNode(found[0])));
    from = found.index + found[0].length;
  }
  return [...pieces, text.slice(from)];
}

/** @param {string[]} names */
function mentionPattern(names) {
  if (!names.length) return null;
  const words = names.sort((one, other) => other.length - one.length).map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})(?![\\p{L}\\p{N}])`, "giu");
}
