import { categoryName, number, sentence, STATUS_NAMES } from "./words.js";

/** A column of the table. @typedef {{ title: string, numeric: boolean, text: (index: number) => string, key: (index: number) => number | string }} Column */

/** @type {Record<string, string>} */
const SHORT_TITLES = { in_degree: "Links in", out_degree: "Links out" };

/** Term, category, status, links in and out, and the measure that sizes go by. @param {Atlas} atlas @param {string} size @returns {Column[]} */
export function tableColumns(atlas, size) {
  const words = (/** @type {string} */ title, /** @type {(index: number) => string} */ text) => ({ title, numeric: false, text, key: text });
  const measures = new Set(["in_degree", "out_degree", size]);
  return [
    words("Term", (at) => atlas.names[at] || atlas.slugs[at]),
    words("Category", (at) => categoryName(atlas, at)),
    words("Status", (at) => STATUS_NAMES[atlas.status[at]]),
    ...[...measures].flatMap((name) => atlas.measures.filter((measure) => measure.name === name)).map((measure) => ({
      title: SHORT_TITLES[measure.name] ?? sentence(measure.title), numeric: true,
      text: (/** @type {number} */ at) => number(measure.values[at]),
      key: (/** @type {number} */ at) => measure.values[at],
    })),
  ];
}

/** The terms in the order of a column; equal ones keep theirs. @param {number[]} indices @param {Column} column @param {boolean} falling @param {string} language */
export function sorted(indices, column, falling, language) {
  const compare = new Intl.Collator(isLanguage(language) ? language : "en", { numeric: true }).compare;
  const keys = new Map(indices.map((at) => [at, column.key(at)]));
  const order = column.numeric
    ? (/** @type {number} */ one, /** @type {number} */ other) => Number(keys.get(one)) - Number(keys.get(other))
    : (/** @type {number} */ one, /** @type {number} */ other) => compare(String(keys.get(one)), String(keys.get(other)));
  return [...indices].sort(falling ? (one, other) => order(other, one) : order);
}

/** @param {string} tag */
function isLanguage(tag) {
  try {
    return Intl.Collator.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}
