import { across, down, GHOST, radiusOf } from "./scene.js";

/**
 * The terms by place: a uniform grid in map units, each cell a run of `terms`.
 * @typedef {{ left: number, top: number, size: number, columns: number, rows: number,
 *   starts: Uint32Array, terms: Uint32Array }} Grid
 */
const PER_CELL = 4;
const LARGEST_RADIUS = 19; // map units

/**
 * @param {Atlas} atlas
 * @param {import("./camera.js").Box} box
 * @returns {Grid}
 */
export function gridOf(atlas, box) {
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const size = Math.max(Math.sqrt((width * height * PER_CELL) / (atlas.count || 1)), Math.max(width, height) / 1000, 1);
  const [columns, rows] = [Math.floor(width / size) + 1, Math.floor(height / size) + 1];
  const starts = new Uint32Array(columns * rows + 1);
  const cell = (/** @type {number} */ at) =>
    Math.floor((atlas.y[at] - box.top) / size) * columns + Math.floor((atlas.x[at] - box.left) / size);
  for (let at = 0; at < atlas.count; at++) starts[cell(at) + 1]++;
  for (let at = 1; at < starts.length; at++) starts[at] += starts[at - 1];
  const terms = new Uint32Array(atlas.count);
  const next = starts.slice();
  for (let at = 0; at < atlas.count; at++) terms[next[cell(at)]++] = at;
  return { left: box.left, top: box.top, size, columns, rows, starts, terms };
}

/**
 * The shown term nearest to a pixel, within `reach` pixels of its disc; -1 for none.
 * @param {Grid} grid
 * @param {import("./scene.js").Scene} scene
 * @param {number} px
 * @param {number} py
 * @param {number} reach
 */
export function termAt(grid, scene, px, py, reach) {
  const { left, top, k, grow } = scene.frame;
  const far = (LARGEST_RADIUS * grow + reach) / k;
  const [x, y] = [(px - left) / k - grid.left, (py - top) / k - grid.top];
  const bound = (/** @type {number} */ value, /** @type {number} */ cells) => Math.max(0, Math.min(cells - 1, Math.floor(value / grid.size)));
  const [fromX, toX] = [bound(x - far, grid.columns), bound(x + far, grid.columns)];
  let [found, nearest] = [-1, reach];
  for (let row = bound(y - far, grid.rows); row <= bound(y + far, grid.rows); row++) {
    const end = grid.starts[row * grid.columns + toX + 1];
    for (let at = grid.starts[row * grid.columns + fromX]; at < end; at++) {
      const term = grid.terms[at];
      if (scene.tones[term] <= GHOST) continue;
      const gap = Math.hypot(across(scene, term) - px, down(scene, term) - py) - radiusOf(scene, term);
      if (gap < nearest || (gap === nearest && term < found)) [found, nearest] = [term, gap];
    }
  }
  return found;
}

/**
 * The neighbour that lies most in the direction dx, dy, near ones first; -1 for none within 60 degrees of it.
 * @param {import("./scene.js").Scene} scene
 * @param {number} index
 * @param {number} dx
 * @param {number} dy
 */
export function neighbourTowards({ atlas, tones }, index, dx, dy) {
  let [found, best] = [-1, Infinity];
  for (const { offsets, nodes } of [atlas.out, atlas.in]) {
    for (let at = offsets[index]; at < offsets[index + 1]; at++) {
      const [right, below] = [atlas.x[nodes[at]] - atlas.x[index], atlas.y[nodes[at]] - atlas.y[index]];
      const far = Math.hypot(right, below);
      const straight = (right * dx + below * dy) / (far * Math.hypot(dx, dy));
      const cost = far / straight ** 2;
      if (tones[nodes[at]] > GHOST && straight > 0.5 && cost < best) [found, best] = [nodes[at], cost];
    }
  }
  return found;
}
