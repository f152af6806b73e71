import { element, swatch, termLink } from "./dom.js";
import { NOTHING_HIDDEN } from "./filters.js";
import { findingSection, linkSection, suggestionSection } from "./termlinks.js";
import { measureSection } from "./termmeasures.js";
import { namesAround, paragraphs } from "./termtext.js";
import { categoryName, number, rank, sentence, STATUSES, STATUS_NAMES } from "./words.js";

/** Before a term is chosen: ways in. @param {Atlas} atlas */
export function startParts(atlas) {
  const central = [...atlas.slugs.keys()].slice(0, 12).filter((at) => atlas.status[at] !== 4);
  const rows = central.map((at) => element("li", {}, swatch(atlas, at), termLink(atlas, at), element("small", {}, categoryName(atlas, at))));
  return [element("p", { class: "meta" }, "The terms that most of the others lead to:"), element("ol", {}, ...rows)];
}

/** All of a term's page; its texts come later, into "read". @param {Atlas} atlas @param {number} index */
export function termParts(atlas, index) {
  const aliases = atlas.aliases[index].split("\n").join(" · ");
  return [
    metaLine(atlas, index),
    ...(aliases ? [element("p", { class: "meta" }, "also: ", element("bdi", { lang: atlas.language }, aliases))] : []),
    element("div", { class: "scope" }),
    element("div", { class: "read" }, ...(atlas.status[index] === WANTED ? [wantedLine()] : [])),
    linkSection(atlas, index, "out"),
    linkSection(atlas, index, "in"),
    ...suggestionSection(atlas, index),
    measureSection(atlas, index),
    element("p", { class: "meta where" }),
  ];
}
const WANTED = STATUSES.indexOf("wanted");

function wantedLine() {
  return element("p", {}, "Links lead here, but the glossary has no page for it. Write one, or mend the links.");
}

/** @param {Atlas} atlas @param {number} index */
function metaLine(atlas, index) {
  const status = atlas.status[index];
  const { values } = atlas.measures.find(({ name }) => name === "pagerank") ?? atlas.measures[0];
  const category = element("button", { type: "button", class: "quiet", "data-category": atlas.category[index], title: "Show this category alone" }, element("bdi", {}, categoryName(atlas, index)));
  const word = element("span", { title: sentence(atlas.words[STATUSES[status]] ?? "") }, STATUS_NAMES[status] && " · " + STATUS_NAMES[status]);
  return element("p", { class: "meta" }, swatch(atlas, index), category, word, ` · rank ${number(rank(values, values[index]))}`);
}

/** What the map shows in relation to the term. @param {Atlas} atlas @param {Store} store @param {number} index @param {boolean} isShown */
export function scopeParts(atlas, store, index, isShown) {
  const { around } = store.get();
  /** @param {0 | 1 | 2 | 3} depth */
  const step = (depth) => {
    const pressed = depth ? around?.centre === index && around.depth === depth : !around;
    const made = element("button", { type: "button", "aria-pressed": pressed, "aria-label": depth ? `only within ${depth} steps` : "all terms" }, depth ? String(depth) : "all");
    made.addEventListener("click", () => store.set({ around: depth ? { centre: index, depth } : null }));
    return made;
  };
  const path = action("Path from here", () => store.set({ mode: "path", path: { from: index, to: -1, directed: false, chosen: 0 } }));
  const parts = [element("span", { class: "steps", role: "group", "aria-label": "Steps around this term" }, "Steps around ", ...([0, 1, 2, 3]).map((depth) => step(/** @type {0} */ (depth)))), path];
  if (isShown) return parts;
  return [element("p", { class: "outside" }, "The filters hide this term. ", action("Show all", () => store.set(NOTHING_HIDDEN))), ...parts];
}

/** @param {string} label @param {() => void} act */
function action(label, act) {
  const made = element("button", { type: "button", class: "quiet" }, label);
  made.addEventListener("click", act);
  return made;
}

/** @param {Atlas} atlas @param {number} index @param {TermText} text */
export function textParts(atlas, index, text) {
  const names = namesAround(atlas, index);
  const questions = text.questions.map(({ question, answer }) =>
    element("details", { class: "question" }, element("summary", {}, element("bdi", { lang: atlas.language }, question)), paragraphs(atlas, answer, names)),
  );
  const definition = element("div", { class: "definition" });
  return [definition];
}
