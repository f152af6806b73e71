import { across, down, GHOST, HIDDEN, isOnScreen } from "./scene.js";
import { NONE_SWATCH } from "./theme.js";

/**
 * The faint web of links, the links between important terms first, in slices of a few milliseconds.
 * @typedef {import("./svg.js").Pen} Pen
 * @typedef {import("./scene.js").Scene} Scene
 */
const MOST_EDGES = 30000;
const WEB_RUN = 64; // lines a stroke
const ROOMY_WEB = 8e5; // pixels: on a smaller screen lines lie closer and are fainter
const INK = NONE_SWATCH + 1;
const ONE_WAY = NONE_SWATCH + 2;
const LONG = 70; // pixels: long links are fainter, they say least about who belongs together
const LONGER = 220;
const FADES = [1, 0.5, 0.26];
const HUB = 150; // links: those of a hub are fainter too
const BUCKETS = (ONE_WAY + 1) * FADES.length;
const LENSES_FROM_OUTSIDE = ["orphans", "dead-ends", "wanted"]; // their terms are known by who links to them

/** @param {Atlas} atlas */
export function createWeb(atlas) {
  const lines = new Float32Array(BUCKETS * WEB_RUN * 4);
  const filled = new Uint8Array(BUCKETS);
  let scene = /** @type {Scene} */ (/** @type {unknown} */ (null));
  let [term, drawn, alpha] = [0, 0, 1];

  /** @param {Scene} newScene @param {number} [strength] */
  function begin(newScene, strength = 1) {
    [scene, term, drawn] = [newScene, 0, 0];
    const crowd = ROOMY_WEB / (scene.frame.width * scene.frame.height);
    alpha = faintness(Math.min(MOST_EDGES, expected()) * crowd) * strength * (scene.palette.dark ? 1.15 : 1);
    filled.fill(0);
  }

  /** About how many links lie on the screen: half of those at its terms. */
  function expected() {
    let ends = 0;
    for (let at = 0; at < atlas.count; at++) {
      if (scene.tones[at] <= GHOST || !isOnScreen(scene, at, 0)) continue;
      ends += linksOf(at);
    }
    return ends / 2;
  }

  /** @param {number} at */
  function linksOf(at) {
    return atlas.out.offsets[at + 1] - atlas.out.offsets[at] + atlas.in.offsets[at + 1] - atlas.in.offsets[at];
  }

  /**
   * Draw until the time is up; true when all is drawn. How it is sliced does not change the picture.
   * @param {Pen} pen
   * @param {number} until
   */
  function step(pen, until) {
    pen.lineWidth = Math.max(0.5, 1 / scene.frame.ratio);
    while (term < atlas.count && drawn < MOST_EDGES) {
      gather(pen, atlas.out, true);
      gather(pen, atlas.in, false);
      if (++term % 16 === 0 && performance.now() > until) return false;
    }
    for (let bucket = 0; bucket < BUCKETS; bucket++) flush(pen, bucket);
    pen.globalAlpha = 1;
    return true;
  }

  /**
   * The links between this term and more important ones: so every link comes once, by its lesser end.
   * @param {Pen} pen
   * @param {Csr} rows
   * @param {boolean} isLeaving
   */
  function gather(pen, { offsets, nodes }, isLeaving) {
    for (let at = offsets[term]; at < offsets[term + 1]; at++) {
      const other = nodes[at];
      if (other < term && isDrawn(other, term)) add(pen, isLeaving ? term : other, isLeaving ? other : term);
    }
  }

  /** @param {number} one @param {number} other */
  function isDrawn(one, other) {
    const least = Math.min(scene.tones[one], scene.tones[other]);
    if (least === HIDDEN || Math.max(scene.tones[one], scene.tones[other]) === GHOST) return false;
    if (least === GHOST && !LENSES_FROM_OUTSIDE.includes(scene.view.lens)) return false;
    return isOnScreen(scene, one, 0) || isOnScreen(scene, other, 0);
  }

  /** @param {Pen} pen @param {number} source @param {number} target */
  function add(pen, source, target) {
    const x = across(scene, source);
    const y = down(scene, source);
    const toX = across(scene, target);
    const toY = down(scene, target);
    const length = Math.sqrt((toX - x) ** 2 + (toY - y) ** 2);
    if (length < 3) return; // under the discs
    const fade = Number(length >= LONG) + Number(length >= LONGER) + Number(linksOf(Math.min(source, target)) > HUB);
    const bucket = hue(source, target) * FADES.length + Math.min(fade, FADES.length - 1);
    const at = (bucket * WEB_RUN + filled[bucket]) * 4;
    lines[at] = x;
    lines[at + 1] = y;
    lines[at + 2] = toX;
    lines[at + 3] = toY;
    drawn++;
    if (++filled[bucket] === WEB_RUN) flush(pen, bucket);
  }

  /**
   * Links within a category take its colour: so groups show before one reads a label.
   * @param {number} source
   * @param {number} target
   */
  function hue(source, target) {
    if (scene.view.lens === "one-way") return atlas.oneWay(source, target) ? ONE_WAY : INK;
    return scene.swatch[source] === scene.swatch[target] ? scene.swatch[source] : INK;
  }

  /** @param {Pen} pen @param {number} bucket */
  function flush(pen, bucket) {
    if (!filled[bucket]) return;
    const colour = Math.floor(bucket / FADES.length);
    const { palette, view } = scene;
    pen.strokeStyle = colour === INK ? palette.muted : colour === ONE_WAY ? palette.warning : palette.swatches[colour];
    const weight = colour === ONE_WAY ? 3 : colour !== INK ? 1 : view.lens === "one-way" ? 0.3 : 0.75;
    pen.globalAlpha = Math.min(1, alpha * FADES[bucket % FADES.length] * weight);
    pen.beginPath();
    for (let at = bucket * WEB_RUN * 4; at < (bucket * WEB_RUN + filled[bucket]) * 4; at += 4) {
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
 * @param {number} count on a screen of ordinary size
 */
function faintness(count) {
  return Math.max(0.035, Math.min(0.5, 11 / Math.sqrt(count + 1)));
}
