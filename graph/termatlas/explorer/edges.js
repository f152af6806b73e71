import { GHOST, HIDDEN } from "./scene.js";
import { NONE_SWATCH } from "./theme.js";

/**
 * The faint web of links, the links between important terms first, in slices of a few milliseconds.
 * @typedef {import("./svg.js").Pen} Pen
 * @typedef {import("./scene.js").Scene} Scene
 * @typedef {import("./camera.js").Frame} Frame
 */
export const MOST_EDGES = 30000;
const RUN = 64; // lines a stroke
const INK = NONE_SWATCH + 1;
const ONE_WAY = NONE_SWATCH + 2;
const NEAR = 70; // pixels: a link longer than this is fainter, one longer than FAR still more
const FAR = 220;
const FADE = [1, 0.5, 0.26];
const LENSES_FROM_OUTSIDE = ["orphans", "dead-ends", "wanted"]; // their terms are known by who links to them

/**
 * @param {Atlas} atlas
 * @returns {{ begin: (scene: Scene, frame: Frame, strength?: number) => void, step: (pen: Pen, until: number) => boolean }}
 */
export function createWeb(atlas) {
  const buckets = (ONE_WAY + 1) * FADE.length;
  const lines = new Float32Array(buckets * RUN * 4);
  const filled = new Uint8Array(buckets);
  /** @type {Scene} */
  let scene;
  /** @type {Frame} */
  let frame;
  let [term, drawn, alpha] = [0, 0, 1];

  /** @type {ReturnType<typeof createWeb>["begin"]} */
  function begin(newScene, newFrame, strength = 1) {
    [scene, frame, term, drawn] = [newScene, newFrame, 0, 0];
    alpha = faintness(Math.min(MOST_EDGES, expected()), scene.palette.dark) * strength;
    filled.fill(0);
  }

  /** About how many links lie on the screen: half of those at its terms. */
  function expected() {
    let ends = 0;
    for (let at = 0; at < atlas.count; at++) {
      if (!isOn(at)) continue;
      ends += atlas.out.offsets[at + 1] - atlas.out.offsets[at] + atlas.in.offsets[at + 1] - atlas.in.offsets[at];
    }
    return ends / 2;
  }

  /** @param {number} at */
  function isOn(at) {
    const across = atlas.x[at] * frame.k + frame.left;
    const down = atlas.y[at] * frame.k + frame.top;
    return scene.tones[at] > GHOST && across > 0 && down > 0 && across < frame.width && down < frame.height;
  }

  /**
   * Draw until the time is up; true when all is drawn. Slices do not change the picture.
   * @type {ReturnType<typeof createWeb>["step"]}
   */
  function step(pen, until) {
    pen.lineWidth = Math.max(0.5, 1 / frame.ratio);
    while (term < atlas.count && drawn < MOST_EDGES) {
      gather(pen, atlas.out, true);
      gather(pen, atlas.in, false);
      if (++term % 16 === 0 && performance.now() > until) return false;
    }
    for (let bucket = 0; bucket < buckets; bucket++) flush(pen, bucket);
    pen.globalAlpha = 1;
    return true;
  }

  /**
   * The links between this term and more important ones: so every link comes once, by its lesser end.
   * @param {Pen} pen
   * @param {Csr} rows
   * @param {boolean} leaving
   */
  function gather(pen, rows, leaving) {
    for (let at = rows.offsets[term]; at < rows.offsets[term + 1]; at++) {
      const other = rows.nodes[at];
      if (other < term && isDrawn(other, term)) add(pen, leaving ? term : other, leaving ? other : term);
    }
  }

  /**
   * @param {number} one
   * @param {number} other
   */
  function isDrawn(one, other) {
    const lower = Math.min(scene.tones[one], scene.tones[other]);
    if (lower === HIDDEN || (lower === GHOST && !LENSES_FROM_OUTSIDE.includes(scene.lens))) return false;
    return isOn(one) || isOn(other);
  }

  /**
   * @param {Pen} pen
   * @param {number} source
   * @param {number} target
   */
  function add(pen, source, target) {
    const { k, left, top } = frame;
    const [x, y] = [atlas.x[source] * k + left, atlas.y[source] * k + top];
    const [toX, toY] = [atlas.x[target] * k + left, atlas.y[target] * k + top];
    const length = Math.hypot(toX - x, toY - y);
    if (length < 3) return; // under the discs
    const fade = length < NEAR ? 0 : length < FAR ? 1 : 2;
    const bucket = hue(source, target) * FADE.length + fade;
    const at = (bucket * RUN + filled[bucket]) * 4;
    lines[at] = x;
    lines[at + 1] = y;
    lines[at + 2] = toX;
    lines[at + 3] = toY;
    drawn++;
    if (++filled[bucket] === RUN) flush(pen, bucket);
  }

  /**
   * Links within a category take its colour: so groups show before one reads a label.
   * @param {number} source
   * @param {number} target
   */
  function hue(source, target) {
    if (scene.lens === "one-way") return atlas.oneWay(source, target) ? ONE_WAY : INK;
    return scene.swatch[source] === scene.swatch[target] ? scene.swatch[source] : INK;
  }

  /**
   * @param {Pen} pen
   * @param {number} bucket
   */
  function flush(pen, bucket) {
    if (!filled[bucket]) return;
    const colour = Math.floor(bucket / FADE.length);
    const { palette } = scene;
    pen.strokeStyle = colour === INK ? palette.muted : colour === ONE_WAY ? palette.warning : palette.swatches[colour];
    const weight = colour === ONE_WAY ? 2.5 : colour === INK && scene.lens === "one-way" ? 0.4 : 1;
    pen.globalAlpha = Math.min(1, alpha * FADE[bucket % FADE.length] * weight);
    pen.beginPath();
    for (let at = bucket * RUN * 4; at < (bucket * RUN + filled[bucket]) * 4; at += 4) {
      pen.moveTo(lines[at], lines[at + 1]);
      pen.lineTo(lines[at + 2], lines[at + 3]);
    }
    pen.stroke();
    filled[bucket] = 0;
  }

  return { begin, step };
}

/**
 * The more links, the fainter each: so a hub does not become a blot.
 * @param {number} count
 * @param {boolean} isDark
 */
function faintness(count, isDark) {
  return Math.max(0.05, Math.min(0.5, 11 / Math.sqrt(count + 1))) * (isDark ? 1.15 : 1);
}
