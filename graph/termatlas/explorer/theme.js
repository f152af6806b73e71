/**
 * The colours of the page, as CSS and, for discs, as pixels (0xAABBGGRR).
 * @typedef {{ surface: string, ink: string, muted: string, line: string, accent: string, warning: string,
 *   font: string, dark: boolean, swatches: string[], names: string[], pixels: Uint32Array, paper: number }} Palette
 */

/** What a term can be coloured with: the custom properties of termatlas.look. */
export const SWATCHES = [...Array.from({ length: 24 }, (_, rank) => `--c${rank + 1}`), "--other", "--none"];
export const OTHER_SWATCH = 24;
export const NONE_SWATCH = 25;

/**
 * Read the custom properties as they are now: the reader's theme has been applied to them.
 * @param {Element} root
 * @returns {Palette}
 */
export function readPalette(root) {
  const style = getComputedStyle(root);
  const token = (/** @type {string} */ name) => style.getPropertyValue(name).trim() || "#888888";
  const swatches = SWATCHES.map(token);
  const surface = token("--surface");
  const ink = token("--ink");
  return {
    surface,
    ink,
    muted: token("--muted"),
    line: token("--line"),
    accent: token("--accent"),
    warning: token("--warning"),
    font: style.getPropertyValue("--sans").trim() || "sans-serif",
    dark: rgbOf(surface)[0] < 128,
    swatches,
    names: swatches.map((colour) => mixed(colour, ink, 0.4)), // text needs 4.5:1, discs only 3:1
    pixels: Uint32Array.from(swatches, pixelOf),
    paper: pixelOf(surface),
  };
}

/** @param {string} colour "#rrggbb" */
function rgbOf(colour) {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) || 0);
}

/** @param {string} colour */
function pixelOf(colour) {
  const [red, green, blue] = rgbOf(colour);
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/**
 * @param {string} one
 * @param {string} other
 * @param {number} share of the other
 */
function mixed(one, other, share) {
  const [to, from] = [rgbOf(other), rgbOf(one)];
  const parts = from.map((value, at) => Math.round(value + (to[at] - value) * share));
  return `#${parts.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
