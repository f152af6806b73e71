import { createCombobox } from "./combobox.js";
import { byId, element, inputById, marked, swatch, termName } from "./dom.js";
import { search } from "./search.js";
import { definitionsForSearch } from "./texts.js";
import { categoryName, plural } from "./words.js";

const MOST_HITS = 50;

/** The one search box. @param {Atlas} atlas @param {Store} store @param {{ go: (index: number) => void, say: (words: string) => void }} act */
export function createSearchBox(atlas, store, act) {
  const input = inputById("search");
  /** @type {string[] | null} */
  let definitions = null;
  byId("find").addEventListener("submit", (event) => event.preventDefault());

  /** @param {string} text */
  const only = (text) => ({
    content: [element("span", { class: "only" }, "Show only terms named “", element("bdi", {}, text), "”")],
    choose: () => store.set({ query: text }),
  });
  const box = createCombobox(
    input, byId("results"),
    (text) => {
      const hits = search(atlas, definitions, text, MOST_HITS);
      const named = hits.some((hit) => hit.field !== "definition");
      return [...hits.map((hit) => hitChoice(atlas, definitions, hit, () => act.go(hit.index))), ...(named ? [only(text)] : [])];
    },
    (choices) => act.say(choices.length > MOST_HITS ? `the first ${MOST_HITS} terms` : `${plural(choices.filter(isTerm).length, "term")} found`),
  );
  const read = async () => {
    definitions = await definitionsForSearch(atlas);
    box.refresh();
  };
  input.addEventListener("focus", read, { once: true });
}

/** One found term. @param {Atlas} atlas @param {string[] | null} definitions @param {ReturnType<typeof search>[number]} hit @param {() => void} choose */
export function hitChoice(atlas, definitions, { index, field, start, end }, choose) {
  const name = field === "name" ? marked(atlas.names[index], start, end) : termName(atlas, index);
  const meta = element("small", {}, categoryName(atlas, index));
  if (field === "alias") meta.replaceChildren("also ", marked(...lineAround(atlas.aliases[index], start, end)));
  if (field === "definition" && definitions) meta.replaceChildren(marked(...wordsAround(definitions[index], start, end)));
  return { content: [swatch(atlas, index), name, meta], choose, index };
}

/** @param {object} choice */
function isTerm(choice) {
  return "index" in choice;
}

/** The one alias of many that a hit lies in. @param {string} text @param {number} start @param {number} end @returns {[string, number, number]} */
function lineAround(text, start, end) {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const to = text.indexOf("\n", end);
  return [text.slice(from, to < 0 ? undefined : to), start - from, end - from];
}

/** @param {string} text @param {number} start @param {number} end @returns {[string, number, number]} */
function wordsAround(text, start, end) {
  const from = start > 16 ? text.indexOf(" ", start - 16) + 1 : 0;
  const before = from && from <= start ? "… " : "";
  const cut = before ? from : 0;
  return [before + text.slice(cut, end + 60), before.length + start - cut, before.length + end - cut];
}
