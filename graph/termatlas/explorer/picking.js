import { GHOST } from "./scene.js";

/**
 * The terms by place: a uniform grid in map units, each cell a run of `terms`.
 * @typedef {{ left: number, top: number, size: number, across: number, down: number,
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
  const [across, down] = [Math.floor(width / size) + 1, Math.floor(height / size) + 1];
  const starts = new Uint32Array(across * down + 1);
  const cell = (/** @type {number} */ at) =>
    Math.floor((atlas.y[at] - box.top) / size) * across + Math.floor((atlas.x[at] - box.left) / size);
  for (let at = 0; at < atlas.count; at++) starts[cell(at) + 1]++;
  for (let at = 1; at < starts.length; at++) starts[at] += starts[at - 1];
  const terms = new Uint32Array(atlas.count);
  const next = starts.slice();
  for (let at = 0; at < atlas.count; at++) terms[next[cell(at)]++] = at;
  return { left: box.left, top: box.top, size, across, down, starts, terms };
}

/**
 * The shown term nearest to a pixel, within `reach` pixels of its disc; -1 for none.
 * @param {Grid} grid
 * @param {Atlas} atlas
 * @param {import("./scene.js").Scene} scene
 * @param {import("./camera.js").Frame} frame
 * @param {number} px
 * @param {number} py
 * @param {number} reach
 */
export function termAt(grid, atlas, scene, frame, px, py, reach) {
  const [x, y] = [(px - frame.left) / frame.k, (py - frame.top) / frame.k];
  const far = (LARGEST_RADIUS * frame.grow + reach) / frame.k;
  const column = (/** @type {number} */ value) => Math.max(0, Math.min(grid.across - 1, Math.floor((value - grid.left) / grid.size)));
  const row = (/** @type {number} */ value) => Math.max(0, Math.min(grid.down - 1, Math.floor((value - grid.top) / grid.size)));
  let [found, nearest] = [-1, reach];
  for (let down = row(y - far); down <= row(y + far); down++) {
    const [first, last] = [down * grid.across + column(x - far), down * grid.across + column(x + far)];
    for (let at = grid.starts[first]; at < grid.starts[last + 1]; at++) {
      const term = grid.terms[at];
      if (scene.tones[term] <= GHOST) continue;
      const gap = Math.hypot(atlas.x[term] - x, atlas.y[term] - y) * frame.k - scene.radii[term] * frame.grow;
      if (gap < nearest || (gap === nearest && term < found)) [found, nearest] = [term, gap];
    }
  }
  return found;
}

/**
 * The neighbour that lies most in the direction dx, dy, near ones first; -1 for none within 60 degrees of it.
 * @param {Atlas} atlas
 * @param {import("./scene.js").Scene} scene
 * @param {number} index
 * @param {number} dx
 * @param {number} dy
 */
export function neighbourTowards(atlas, scene, index, dx, dy) {
  let [found, best] = [-1, Infinity];
  for (const { offsets, nodes } of [atlas.out, atlas.in]) {
    for (let at = offsets[index]; at < offsets[index + 1]; at++) {
      const right = atlas.x[nodes[at]] - atlas.x[index];
      const down = atlas.y[nodes[at]] - atlas.y[index];
      const far = Math.hypot(right, down);
      const straight = (right * dx + down * dy) / (far * Math.hypot(dx, dy));
      const cost = far / straight ** 2;
      if (scene.tones[nodes[at]] > GHOST && straight > 0.5 && cost < best) [found, best] = [nodes[at], cost];
    }
  }
  return found;
}
