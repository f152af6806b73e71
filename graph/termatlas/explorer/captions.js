import { OTHER_SWATCH, SWATCHES } from "./theme.js";
import { number } from "./words.js";

/**
 * Words on the map that are not terms: the names of categories where they are at home, and captions of shelves.
 * @typedef {{ text: string, x: number, y: number, category: number, swatch: number, share: number }} Caption in map units
 */
const CELLS = 24; // on each side of the raster in which the thick of a category is looked for
const SIDES = [-CELLS - 1, -CELLS, -CELLS + 1, -1, 0, 1, CELLS - 1, CELLS, CELLS + 1];

/**
 * The name of each category with a colour of its own, at its medoid: of the terms where the category is densest the one most in the middle.
 * The middle of all its terms would lie between its parts where it has several.
 * @param {Atlas} atlas
 * @param {import("./camera.js").Box} box
 * @returns {Caption[]} the largest category first
 */
export function categoryCaptions(atlas, box) {
  const cells = cellsOf(atlas, box);
  const peaks = peaksOf(atlas, cells);
  const near = /** @type {number[][]} */ (atlas.categories.map(() => []));
  for (let at = 0; at < atlas.count; at++) {
    const category = atlas.category[at];
    if (cells[at] >= 0 && SIDES.includes(cells[at] - peaks[category])) near[category].push(at);
  }
  const captions = /** @type {Caption[]} */ ([]);
  for (const [category, { name, token, count }] of atlas.categories.entries()) {
    if (!name || token === SWATCHES[OTHER_SWATCH] || !near[category].length) continue;
    const medoid = medoidOf(atlas, near[category]);
    const swatch = Math.max(0, SWATCHES.indexOf(token));
    captions.push({ text: name, x: atlas.x[medoid], y: atlas.y[medoid], category, swatch, share: count / atlas.count });
  }
  return captions.sort((one, other) => other.share - one.share);
}

/**
 * The cell of each term, -1 for terms on shelves; a rim of empty cells spares the search its borders.
 * @param {Atlas} atlas
 * @param {import("./camera.js").Box} box
 */
function cellsOf(atlas, box) {
  const across = (CELLS - 2.001) / (box.right - box.left || 1);
  const down = (CELLS - 2.001) / (box.bottom - box.top || 1);
  return Int32Array.from({ length: atlas.count }, (_, at) => {
    if (onShelf(atlas, at)) return -1;
    return CELLS * (1 + Math.floor((atlas.y[at] - box.top) * down)) + 1 + Math.floor((atlas.x[at] - box.left) * across);
  });
}

/**
 * @param {Atlas} atlas
 * @param {number} at
 */
function onShelf(atlas, at) {
  const [x, y] = [atlas.x[at], atlas.y[at]];
  return atlas.shelves.some((shelf) => x >= shelf.x && y >= shelf.y && x <= shelf.x + shelf.width && y <= shelf.y + shelf.height);
}

/**
 * The cell in which, with those around it, most terms of a category lie; -1 where it has only terms on shelves.
 * @param {Atlas} atlas
 * @param {Int32Array} cells
 */
function peaksOf(atlas, cells) {
  const counts = atlas.categories.map(() => new Uint16Array(CELLS * CELLS));
  for (let at = 0; at < cells.length; at++) if (cells[at] >= 0) counts[atlas.category[at]][cells[at]]++;
  return counts.map(densest);
}

/** @param {Uint16Array} counts */
function densest(counts) {
  let [peak, most] = [-1, 0];
  for (let cell = CELLS + 1; cell < counts.length - CELLS - 1; cell++) {
    if (!counts[cell]) continue;
    const sum = SIDES.reduce((total, side) => total + counts[cell + side], 3 * counts[cell]);
    if (sum > most) [peak, most] = [cell, sum];
  }
  return peak;
}

/**
 * @param {Atlas} atlas
 * @param {number[]} terms
 */
function medoidOf(atlas, terms) {
  const x = median(Float32Array.from(terms, (at) => atlas.x[at]));
  const y = median(Float32Array.from(terms, (at) => atlas.y[at]));
  const far = (/** @type {number} */ at) => (atlas.x[at] - x) ** 2 + (atlas.y[at] - y) ** 2;
  return terms.reduce((best, at) => (far(at) < far(best) ? at : best));
}

/** @param {Float32Array} values */
function median(values) {
  return values.sort()[values.length >> 1];
}

/** @param {Atlas["shelves"][number]} shelf */
export function shelfCaption({ name, count }) {
  return `${number(count)} ${name} ${count === 1 ? "term" : "terms"}`;
}
