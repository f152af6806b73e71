import { neighbourhood } from "./graph.js";
import { search } from "./search.js";
import { plural, STATUSES } from "./words.js";

/** @typedef {{ mask: Uint8Array, count: number }} Shown */
const UNWRITTEN = STATUSES.indexOf("wanted");

/** The terms that all filters of the view let through. @param {Atlas} atlas @param {View} view @returns {Shown} */
export function visible(atlas, view) {
  const mask = new Uint8Array(atlas.count).fill(1);
  for (const wanted of [lensMask(atlas, view.lens), queryMask(atlas, view.query), aroundMask(atlas, view.around)])
    if (wanted) for (let at = 0; at < mask.length; at++) mask[at] &= wanted[at];
  if (view.categories) keepCategories(atlas, mask, view.categories);
  return { mask, count: total(mask) };
}

/** @param {View} view */
export function isFiltered(view) {
  return Boolean(view.categories || view.query || view.around || (view.lens && view.lens !== "communities"));
}

/** Do two views show the same terms? @param {View} one @param {View} other */
export function showsSame(one, other) {
  return one.categories === other.categories && one.lens === other.lens && one.query === other.query && one.around === other.around;
}

/** The filters in words. @param {Atlas} atlas @param {View} view */
export function filterWords(atlas, view) {
  const words = [];
  if (view.categories) words.push(categoryWords(atlas, view.categories));
  if (view.lens) words.push(LENS_NAMES[view.lens]);
  if (view.query) words.push(`“${view.query}”`);
  if (view.around) words.push(`${plural(view.around.depth, "step")} around ${atlas.names[view.around.centre]}`);
  return words.join(" · ");
}

/** How many shown terms each category would have. @param {Atlas} atlas @param {View} view */
export function categoryCounts(atlas, view) {
  const { mask } = visible(atlas, { ...view, categories: null });
  const counts = new Uint32Array(atlas.categories.length);
  for (let at = 0; at < mask.length; at++) counts[atlas.category[at]] += mask[at];
  return counts;
}

export const NOTHING_HIDDEN = { categories: null, lens: /** @type {const} */ (""), query: "", around: null };

/** @type {Record<View["lens"], string>} */
export const LENS_NAMES = {
  "": "", orphans: "orphans", "dead-ends": "dead ends", wanted: "wanted terms", "one-way": "one-way links",
  islands: "islands", communities: "communities", suggested: "suggested links",
  findings: "errors and warnings",
};

/** @type {Partial<Record<View["lens"], string>>} */
const NOTHING_FOUND = {
  orphans: "No orphans: something links to every term.", "dead-ends": "No dead ends: every term links to another.",
  wanted: "No wanted terms: every link leads to a page.", "one-way": "No one-way links: every link has one back.",
  islands: "No islands: all terms with links hang together.", findings: "No term has an error or a warning.",
};

/** Why no term is shown. @param {View} view */
export function nothingWords({ lens, ...view }) {
  const alone = !isFiltered({ ...view, lens: "" });
  return (alone && NOTHING_FOUND[lens]) || "No term passes all these filters. Drop one of them, or reset.";
}

/** What each lens counts: terms, links or groups. @param {Atlas} atlas @returns {Record<string, number>} */
export function lensCounts(atlas) {
  const [, isolated, orphans, deadEnds, wanted] = tally(atlas.status, STATUSES.length);
  return {
    orphans: isolated + orphans, isolated, "dead-ends": deadEnds, wanted, "one-way": total(oneWayCounts(atlas)),
    islands: groups(atlas.component, islandMask(atlas)), communities: groups(atlas.community, linkedMask(atlas)),
    suggested: atlas.suggestions?.source.length ?? 0,
    findings: total(wrongMask(atlas)),
  };
}

/** @param {Atlas} atlas @param {View["lens"]} lens @returns {ArrayLike<number> | null} */
function lensMask(atlas, lens) {
  if (lens === "orphans") return atlas.status.map((status) => +(status === 1 || status === 2));
  if (lens === "dead-ends") return atlas.status.map((status) => +(status === 3));
  if (lens === "wanted") return atlas.status.map((status) => +(status === 4));
  if (lens === "one-way") return oneWayMask(atlas);
  if (lens === "islands") return islandMask(atlas);
  if (lens === "suggested") return suggestedMask(atlas);
  if (lens === "findings") return wrongMask(atlas);
  return null;
}

/** One-way links out of each term. @param {Atlas} atlas */
function oneWayCounts(atlas) {
  return forEachOneWay(atlas, (counts, source) => counts[source]++);
}

/** @param {Atlas} atlas */
function oneWayMask(atlas) {
  return forEachOneWay(atlas, (mask, source, target) => (mask[source] = mask[target] = 1));
}

/** Walks along the links out of a term and into it at once: both are in order. @param {Atlas} atlas @param {(values: Uint32Array, source: number, target: number) => void} act */
function forEachOneWay(atlas, act) {
  const values = new Uint32Array(atlas.count);
  const { out, in: into, status } = atlas;
  for (let source = 0, back = 0; source < atlas.count; source++) {
    for (let at = out.offsets[source]; at < out.offsets[source + 1]; at++) {
      const target = out.nodes[at];
      while (back < into.offsets[source + 1] && into.nodes[back] < target) back++;
      const isReturned = back < into.offsets[source + 1] && into.nodes[back] === target;
      if (!isReturned && status[source] !== UNWRITTEN && status[target] !== UNWRITTEN) act(values, source, target);
    }
    back = into.offsets[source + 1];
  }
  return values;
}

/** How many terms have each status. @param {Uint8Array} statuses @param {number} kinds */
function tally(statuses, kinds) {
  const counts = new Array(kinds).fill(0);
  for (const status of statuses) counts[status]++;
  return counts;
}

/** Terms with links; the others are in no group. @param {Atlas} atlas */
function linkedMask(atlas) {
  return atlas.status.map((_, at) => +(atlas.out.offsets[at + 1] > atlas.out.offsets[at] || atlas.in.offsets[at + 1] > atlas.in.offsets[at]));
}

/** @param {Atlas} atlas */
function islandMask(atlas) {
  return linkedMask(atlas).map((linked, at) => +(linked && atlas.component[at] > 0));
}

/** Terms with an error or a warning. @param {Atlas} atlas */
function wrongMask({ worst }) {
  return worst.map((level) => +(level > 1));
}

/** @param {Atlas} atlas */
function suggestedMask(atlas) {
  const mask = new Uint8Array(atlas.count);
  for (const ends of [atlas.suggestions?.source, atlas.suggestions?.target]) for (const at of ends ?? []) mask[at] = 1;
  return mask;
}

/** @param {Atlas} atlas @param {string} query */
function queryMask(atlas, query) {
  if (!query) return null;
  const mask = new Uint8Array(atlas.count);
  for (const hit of search(atlas, null, query, atlas.count)) mask[hit.index] = 1;
  return mask;
}

/** @param {Atlas} atlas @param {View["around"]} around */
function aroundMask(atlas, around) {
  return around && neighbourhood(atlas, around.centre, around.depth);
}

/** @param {Atlas} atlas @param {Uint8Array} mask @param {number[]} categories */
function keepCategories(atlas, mask, categories) {
  const kept = new Set(categories);
  for (let at = 0; at < mask.length; at++) if (!kept.has(atlas.category[at])) mask[at] = 0;
}

/** @param {Atlas} atlas @param {number[]} categories */
function categoryWords(atlas, categories) {
  const names = categories.map((at) => atlas.categories[at].name || "no category");
  return names.length > 3 ? plural(names.length, "category", "categories") : names.join(", ") || "no category chosen";
}

/** @param {ArrayLike<number>} values */
function total(values) {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at];
  return sum;
}

/** @param {Uint32Array} group @param {ArrayLike<number>} mask */
function groups(group, mask) {
  return new Set(group.filter((_, at) => mask[at])).size;
}
