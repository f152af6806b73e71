import { element, swatch, termLink } from "./dom.js";
import { number } from "./words.js";

const FIRST_LINKS = 40;

/** @param {Atlas} atlas @param {number} index @param {"out" | "in"} way */
export function linkSection(atlas, index, way) {
  const { offsets, nodes, kinds } = atlas[way];
  const places = Array.from({ length: offsets[index + 1] - offsets[index] }, (_, at) => offsets[index] + at);
  const row = (/** @type {number} */ at) => linkRow(atlas, index, nodes[at], atlas.kinds[kinds[at]], way);
  return section(way === "out" ? "Links to" : "Linked from", places.length, shortList(places, row));
}

/** @param {Atlas} atlas @param {number} index @param {number} other @param {string} kind @param {"out" | "in"} way */
function linkRow(atlas, index, other, kind, way) {
  const oneWay = way === "out" ? atlas.oneWay(index, other) : atlas.oneWay(other, index);
  const notes = [STATUS_NOTES[atlas.status[other]], kind === "related" ? "" : kind, oneWay ? "one-way" : ""].filter(Boolean);
  return element("li", {}, swatch(atlas, other), termLink(atlas, other), element("small", {}, notes.join(" · ")));
}

const STATUS_NOTES = ["", "", "", "", "wanted: has no page"];

/** @param {Atlas} atlas @param {number} index @param {TermText["suggestions"]} suggestions */
export function suggestionSection(atlas, index, suggestions) {
  const { source, target, probability } = /** @type {Suggestions} */ (atlas.suggestions);
  const row = (/** @type {TermText["suggestions"][number]} */ { at, why: [reasons, before, mention, after] }) => {
    const leadsOut = source[at] === index;
    const other = leadsOut ? target[at] : source[at];
    const words = `${leadsOut ? "from here" : "to here"} · ${Math.round(100 * probability[at])} %`;
    const quote = mention ? [element("q", { lang: atlas.language, dir: "auto" }, before, element("mark", {}, mention), after)] : [];
    return element("li", {}, swatch(atlas, other), termLink(atlas, other), element("small", {}, words), element("p", {}, element("bdi", {}, reasons)), ...quote);
  };
  const made = section("Suggested links", suggestions.length, shortList(suggestions, row));
  made.className = "suggestions";
  return made;
}

/** @param {Atlas} atlas @param {TermText["findings"]} findings */
export function findingSection(atlas, findings) {
  const row = (/** @type {TermText["findings"][number]} */ finding) => {
    const { title, level, definition } = atlas.rules[finding.rule];
    const target = finding.target >= 0 ? [" ", termLink(atlas, finding.target)] : [];
    return element("li", { class: level, title: definition }, element("b", {}, title), " ", element("bdi", {}, finding.message), ...target);
  };
  const made = section("Findings", findings.length, shortList(findings, row), true);
  made.className = "findings";
  return made;
}

/** @param {string} title @param {number} count @param {HTMLElement} content @param {boolean} [folded] */
export function section(title, count, content, folded = false) {
  const words = [title, " ", element("span", { class: "n" }, number(count))];
  if (!count && !folded) words[2] = element("span", { class: "n" }, "no term");
  if (!folded) return element("section", {}, element("h3", {}, ...words), content);
  return element("details", {}, element("summary", {}, element("h3", {}, ...words)), content);
}

/** The first rows and a button for the others. @template T @param {T[]} items @param {(item: T) => HTMLElement} row */
export function shortList(items, row) {
  const list = element("ul", {}, ...items.slice(0, FIRST_LINKS).map(row));
  if (items.length <= FIRST_LINKS) return list;
  const more = element("button", { type: "button", class: "quiet" }, `show all ${number(items.length)}`);
  more.addEventListener("click", () => {
    const rest = items.slice(FIRST_LINKS).map(row);
    list.append(...rest);
    rest[0].querySelector("a")?.focus();
    more.remove();
  });
  return element("div", {}, list, more);
}
