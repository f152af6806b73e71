import { NONE_SWATCH, OTHER_SWATCH, SWATCHES } from "./theme.js";

/**
 * How each term is drawn under a view; the arrays are kept and filled anew.
 * radii: in map units; tones: see below; links: of what is looked at, as source, target, kind; forced: always labelled
 * @typedef {{ atlas: Atlas, view: View, frame: import("./camera.js").Frame, palette: import("./theme.js").Palette,
 *   radii: Float32Array, tones: Uint8Array, swatch: Uint8Array, links: number[], forced: number[],
 *   dimmed: number }} Scene
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
const GHOST_STRENGTH = 0.16;

/** @param {Scene} scene @param {number} at */
export function across({ atlas, frame }, at) {
  return atlas.x[at] * frame.k + frame.left;
}

/** @param {Scene} scene @param {number} at */
export function down({ atlas, frame }, at) {
  return atlas.y[at] * frame.k + frame.top;
}

/** @param {Scene} scene @param {number} at */
export function radiusOf({ radii, tones, frame }, at) {
  return radii[at] * frame.grow * (tones[at] === GHOST ? 0.7 : 1);
}

/** @param {Scene} scene @param {number} at @param {number} margin in pixels */
export function isOnScreen(scene, at, margin) {
  const x = across(scene, at);
  const y = down(scene, at);
  return x > -margin && y > -margin && x < scene.frame.width + margin && y < scene.frame.height + margin;
}

/** @param {Scene} scene @param {number} at */
export function strengthOf({ tones, dimmed }, at) {
  return tones[at] === PLAIN ? dimmed : tones[at] === GHOST ? GHOST_STRENGTH : 1;
}

/** How strongly the web of links shows. @param {Scene} scene */
export function webStrength({ view, forced, dimmed }) {
  if (forced.length || !isAboutLinks(view)) return dimmed;
  return view.lens === "suggested" ? dimmed : 1;
}

/** @param {View} view */
export function isAboutLinks({ lens }) {
  return lens === "one-way" || lens === "suggested";
}

/**
 * Radii that make a disc's area grow with the measure.
 * @param {Scene} scene
 */
export function fillRadii({ atlas, view, radii }) {
  const values = (atlas.measures.find(({ name }) => name === view.size) ?? atlas.measures[0])?.values ?? [];
  let [low, high] = [Infinity, -Infinity];
  for (let at = 0; at < values.length; at++) {
    if (values[at] < low) low = values[at];
    if (values[at] > high) high = values[at];
  }
  const span = high - low;
  for (let at = 0; at < radii.length; at++) {
    radii[at] = SMALLEST + (span > 0 ? (LARGEST - SMALLEST) * Math.sqrt((values[at] - low) / span) : 2);
  }
}

/** Are terms coloured by group: because the lens asks for it, or because no term has a category? @param {Pick<Scene, "atlas" | "view">} scene */
export function grouping({ atlas, view }) {
  if (view.lens === "islands" || view.lens === "communities") return view.lens;
  return atlas.categories.some(({ name }) => name) ? "" : "communities";
}

/**
 * The colour of each term: its category's or its group's.
 * @param {Scene} scene
 */
export function fillSwatches({ atlas, view, swatch }) {
  const groups = grouping({ atlas, view });
  const tokens = atlas.categories.map(({ token }) => Math.max(0, SWATCHES.indexOf(token)));
  for (let at = 0; at < atlas.count; at++) swatch[at] = groups ? groupSwatch(atlas, groups, at) : tokens[atlas.category[at]];
}

/** The colour of a term's group; grey for terms without links and, among islands, for the mainland. @param {Atlas} atlas @param {string} groups @param {number} at */
export function groupSwatch(atlas, groups, at) {
  const isAlone = atlas.out.offsets[at] === atlas.out.offsets[at + 1] && atlas.in.offsets[at] === atlas.in.offsets[at + 1];
  if (isAlone) return NONE_SWATCH;
  if (groups === "communities") return Math.min(atlas.community[at], OTHER_SWATCH);
  return atlas.component[at] ? (atlas.component[at] - 1) % OTHER_SWATCH : NONE_SWATCH;
}

/**
 * What is shown, and what of it is lit: the paths, or else what is next to the hovered and the selected term.
 * @param {Scene} scene
 * @param {Uint8Array} visible
 * @param {number[][]} paths
 */
export function light(scene, visible, paths) {
  const { atlas, view, tones, links, forced } = scene;
  const left = view.around ? HIDDEN : GHOST;
  for (let at = 0; at < tones.length; at++) {
    tones[at] = visible[at] ? PLAIN : left;
  }
  links.length = forced.length = 0;
  lightPaths(scene, paths);
  for (const index of [view.hovered, view.selected]) {
    if (index < 0 || index >= atlas.count || forced.includes(index)) continue;
    force(scene, index);
    if (paths.length && index !== view.hovered) continue;
    lightLinks(scene, visible, index, atlas.in, IN_LINK);
    lightLinks(scene, visible, index, atlas.out, OUT_LINK);
  }
}

/**
 * @param {Scene} scene
 * @param {number[][]} paths
 */
function lightPaths(scene, paths) {
  const chosen = Math.min(scene.view.path?.chosen ?? 0, paths.length - 1);
  for (const [rank, path] of paths.entries()) {
    for (let at = 0; at < path.length; at++) {
      if (rank === chosen) force(scene, path[at]);
      scene.tones[path[at]] = LIT;
      if (at) scene.links.push(path[at - 1], path[at], rank === chosen ? CHOSEN_PATH : OTHER_PATH);
    }
  }
}

/**
 * @param {Scene} scene
 * @param {Uint8Array} visible
 * @param {number} index
 * @param {Csr} rows
 * @param {number} kind
 */
function lightLinks({ tones, links }, visible, index, { offsets, nodes }, kind) {
  for (let at = offsets[index]; at < offsets[index + 1]; at++) {
    const other = nodes[at];
    if (!visible[other]) continue;
    tones[other] = LIT;
    links.push(kind === OUT_LINK ? index : other, kind === OUT_LINK ? other : index, kind);
  }
}

/** @param {Scene} scene @param {number} index */
function force({ tones, forced }, index) {
  tones[index] = LIT;
  if (!forced.includes(index)) forced.push(index);
}
