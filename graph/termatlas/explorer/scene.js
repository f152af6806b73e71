import { NONE_SWATCH, OTHER_SWATCH, SWATCHES } from "./theme.js";

/**
 * How each term is drawn under a view; the arrays are kept and filled anew.
 * @typedef {{ radii: Float32Array, tones: Uint8Array, swatch: Uint8Array, palette: import("./theme.js").Palette,
 *   lens: View["lens"], hasLit: boolean, links: number[], forced: number[] }} Scene
 * radii: in map units; tones: see below; links: of what is looked at, as source, target, kind; forced: always labelled
 */
export const HIDDEN = 0;
export const GHOST = 1; // filtered out: a trace, so that one sees where the rest lies
export const PLAIN = 2;
export const LIT = 3; // looked at: the others step back

export const OUT_LINK = 0;
export const IN_LINK = 1;
export const OTHER_PATH = 2;
export const CHOSEN_PATH = 3;

const SMALLEST = 4;
const LARGEST = 19;

/**
 * Radii that make a disc's area grow with the measure.
 * @param {Atlas} atlas
 * @param {string} measure
 * @param {Float32Array} radii
 */
export function fillRadii(atlas, measure, radii) {
  const values = (atlas.measures.find(({ name }) => name === measure) ?? atlas.measures[0])?.values ?? [];
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const span = high - low;
  for (let at = 0; at < radii.length; at++) {
    radii[at] = SMALLEST + (span > 0 ? (LARGEST - SMALLEST) * Math.sqrt((values[at] - low) / span) : 2);
  }
}

/**
 * The colour of each term: its category's, or its group's where the lens is about groups or no term has a category.
 * @param {Atlas} atlas
 * @param {View["lens"]} lens
 * @param {Uint8Array} swatch
 */
export function fillSwatches(atlas, lens, swatch) {
  const grouping = lens || (atlas.categories.filter(({ name }) => name).length ? "" : "communities");
  const tokens = atlas.categories.map(({ token }) => SWATCHES.indexOf(token));
  for (let at = 0; at < atlas.count; at++) {
    const isAlone = atlas.out.offsets[at] === atlas.out.offsets[at + 1] && atlas.in.offsets[at] === atlas.in.offsets[at + 1];
    if (grouping === "islands") swatch[at] = isAlone || !atlas.component[at] ? NONE_SWATCH : (atlas.component[at] - 1) % OTHER_SWATCH;
    else if (grouping === "communities") swatch[at] = isAlone ? NONE_SWATCH : Math.min(atlas.community[at], OTHER_SWATCH);
    else swatch[at] = tokens[atlas.category[at]] >= 0 ? tokens[atlas.category[at]] : NONE_SWATCH;
  }
}

/**
 * What is shown, and what of it is lit: the neighbourhood of the hovered and the selected term, or the paths.
 * @param {Atlas} atlas
 * @param {View} view
 * @param {Uint8Array} visible
 * @param {number[][]} paths
 * @param {Scene} scene
 */
export function light(atlas, view, visible, paths, scene) {
  const out = view.around ? HIDDEN : GHOST;
  for (let at = 0; at < scene.tones.length; at++) scene.tones[at] = visible[at] ? PLAIN : out;
  scene.links.length = scene.forced.length = 0;
  lightPaths(view, paths, scene);
  const centres = paths.length ? [view.hovered] : [view.hovered, view.selected];
  for (const index of new Set(centres)) if (index >= 0 && index < atlas.count) lightTerm(atlas, index, visible, scene);
  if (view.selected >= 0 && view.selected < atlas.count) force(view.selected, scene);
  scene.hasLit = scene.forced.length > 0;
}

/**
 * @param {View} view
 * @param {number[][]} paths
 * @param {Scene} scene
 */
function lightPaths(view, paths, scene) {
  const chosen = Math.min(view.path?.chosen ?? 0, paths.length - 1);
  const draw = (/** @type {number[]} */ path, /** @type {number} */ kind) => {
    for (let at = 0; at < path.length; at++) {
      if (kind === CHOSEN_PATH) force(path[at], scene);
      scene.tones[path[at]] = LIT;
      if (at) scene.links.push(path[at - 1], path[at], kind);
    }
  };
  paths.forEach((path, at) => at !== chosen && draw(path, OTHER_PATH));
  if (paths.length) draw(paths[chosen], CHOSEN_PATH);
}

/**
 * @param {Atlas} atlas
 * @param {number} index
 * @param {Uint8Array} visible
 * @param {Scene} scene
 */
function lightTerm(atlas, index, visible, scene) {
  force(index, scene);
  for (const [rows, kind] of /** @type {[Csr, number][]} */ ([[atlas.in, IN_LINK], [atlas.out, OUT_LINK]])) {
    for (let at = rows.offsets[index]; at < rows.offsets[index + 1]; at++) {
      const other = rows.nodes[at];
      if (!visible[other]) continue;
      scene.tones[other] = LIT;
      if (kind === OUT_LINK) scene.links.push(index, other, kind);
      else scene.links.push(other, index, kind);
    }
  }
}

/**
 * @param {number} index
 * @param {Scene} scene
 */
function force(index, scene) {
  scene.tones[index] = LIT;
  if (!scene.forced.includes(index)) scene.forced.push(index);
}
