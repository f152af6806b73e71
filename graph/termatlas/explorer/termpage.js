import { element, swatch, termLink } from "./dom.js";
import { findingSection, linkSection, suggestionSection } from "./termlinks.js";
import { measureSection } from "./termmeasures.js";
import { namesAround, paragraphs } from "./termtext.js";
import { categoryName, number, rank, sentence, STATUSES, STATUS_NAMES } from "./words.js";

/** Before a term is chosen: ways in. @param {Atlas} atlas */
export function startParts(atlas) {
  const central = [...Array(Math.min(12, atlas.count)).keys()];
  const rows = central.map((at) => element("li", {}, swatch(atlas, at), termLink(atlas, at), element("small", {}, categoryName(atlas, at))));
  return [element("p", { class: "meta" }, "The terms that most of the others lead to:"), element("ol", {}, ...rows)];
}

/** Category, status, rank and aliases. @param {Atlas} atlas @param {number} index */
export function headParts(atlas, index) {
  const status = atlas.status[index];
  const category = element("button", { type: "button", class: "quiet", "data-category": atlas.category[index], title: `Show only ${categoryName(atlas, index)}` }, element("bdi", {}, categoryName(atlas, index)));
  const word = STATUS_NAMES[status] && element("span", { title: sentence(atlas.words[STATUSES[status]] ?? "") }, " · ", STATUS_NAMES[status]);
  const place = atlas.measures.find(({ name }) => name === "pagerank")?.values;
  const also = atlas.aliases[index].split("\n").join(" · ");
  return [
    element("p", { class: "meta" }, swatch(atlas, index), category, word, place ? ` · rank ${number(rank(place, place[index]))}` : ""),
    ...(also ? [element("p", { class: "meta" }, "also ", element("bdi", { lang: atlas.language }, also))] : []),
  ];
}

/** @param {Atlas} atlas @param {number} index */
export function linkParts(atlas, index) {
  return [linkSection(atlas, index, "out"), linkSection(atlas, index, "in"), measureSection(atlas, index)];
}

/** Definition, explanation, questions and findings. @param {Atlas} atlas @param {number} index @param {TermText} text */
export function textParts(atlas, index, text) {
  const names = namesAround(atlas, index);
  const parts = [];
  if (text.definition) parts.push(withClass(paragraphs(atlas, text.definition, names), "definition"));
  else parts.push(element("p", { class: "meta" }, noDefinition(atlas, index)));
  if (text.explanation) parts.push(fold("Explanation", paragraphs(atlas, text.explanation, names), true));
  for (const { question, answer } of text.questions) parts.push(fold(element("bdi", { lang: atlas.language }, question), paragraphs(atlas, answer, names)));
  if (text.suggestions.length) parts.push(suggestionSection(atlas, index, text.suggestions));
  if (text.findings.length) parts.push(findingSection(atlas, text.findings));
  if (text.where) parts.push(element("p", { class: "meta where" }, "from ", element("bdi", {}, text.where)));
  return parts;
}

/** @param {Atlas} atlas @param {number} index */
function noDefinition(atlas, index) {
  return STATUSES[atlas.status[index]] === "wanted"
    ? "Links lead here, but no page defines it. Write the page, or mend the links."
    : "This term has no definition yet.";
}

/** @param {HTMLElement} made @param {string} name */
function withClass(made, name) {
  made.classList.add(name);
  return made;
}

/** @param {Node | string} title @param {HTMLElement} content */
function fold(title, content, open = false) {
  return element("details", { open }, element("summary", {}, title), content);
}
