import { shelfCaption } from "./captions.js";
import { across, down, GHOST, grouping, isOnScreen, LIT, PLAIN, radiusOf } from "./scene.js";
import { createTaken } from "./taken.js";

/**
 * @typedef {import("./scene.js").Scene} Scene
 * @typedef {import("./captions.js").Caption} Caption
 * @typedef {{ index: number, text: string, x: number, y: number, width: number, size: number, weight: number,
 *   colour: string, alpha: number }} Label index: of the term, -1 for a caption; x, y: left end of the middle line
 */
const FIRST_LABELS = 20;
const ROOMY = 8e5; // pixels: on smaller screens fewer
const FEW = 80; // terms on the screen: then all may have a label
const NAMED_BY_LEGEND = 30; // terms: with fewer, names of categories would hide what they name
const MOST_LIT = 40;
const TRIES = 2500; // a frame
const DIMMED_LABEL = 0.35;
const LONGEST = 40; // signs
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/g;
const HEAPED = /(\p{M}{3})\p{M}+/gu;

/**
 * A name as a label: on one line, without signs that turn or heap up text, clipped between signs.
 * @param {string} name
 */
export function labelText(name) {
  const signs = [...name.slice(0, 400).replace(UNSEEN, " ").replace(HEAPED, "$1").trim()];
  return signs.length > LONGEST ? `${signs.slice(0, LONGEST - 1).join("").trimEnd()}…` : signs.join("");
}

/**
 * Choose and place labels that never overlap: what is looked at first, then captions, then the labels of the last
 * frame, then terms by importance. `placed` is one list, filled anew.
 * @param {CanvasRenderingContext2D} context for measuring
 * @param {Scene} scene
 * @param {Caption[]} captions
 */
export function createLabels(context, scene, captions) {
  const { atlas, frame } = scene;
  const taken = createTaken();
  const placed = /** @type {Label[]} */ ([]);
  const spare = /** @type {Label[]} */ ([]);
  const texts = /** @type {string[]} */ ([]);
  const captionWidths = /** @type {Map<string, number>} */ (new Map());
  const widths = new Float32Array(atlas.count); // in ems, 0 for unknown
  const sides = new Uint8Array(atlas.count); // right, left, below, above
  const tried = new Uint32Array(atlas.count); // the round in which a term was last tried
  let kept = /** @type {number[]} */ ([]);
  let next = /** @type {number[]} */ ([]);
  let [round, keptZoom] = [0, 0];

  /** @param {number} zoom 1 where the whole map is seen */
  function place(zoom) {
    while (placed.length) spare.push(/** @type {Label} */ (placed.pop()));
    next.length = 0;
    taken.clear(frame);
    round++;
    for (const index of scene.forced) tryTerm(index, true);
    if (scene.forced.length) placeRanked(LIT, MOST_LIT);
    placeCaptions(zoom);
    const room = budget(zoom);
    if (room === FEW) takeDiscs();
    const most = placed.length + room;
    next.length = 0;
    if (keptZoom === frame.k) for (const index of kept) if (tryKept(index)) next.push(index);
    placeRanked(PLAIN, most);
    if (scene.view.hovered >= 0) return; // a glance: what was there comes back after it
    [kept, next] = [next, kept];
    keptZoom = frame.k;
  }

  /**
   * How many labels: about twenty at first, more as one zooms in, all where few terms are on the screen.
   * @param {number} zoom
   */
  function budget(zoom) {
    let shown = 0;
    for (let at = 0; at < atlas.count && shown <= FEW; at++) if (scene.tones[at] > GHOST && isOnScreen(scene, at, 0)) shown++;
    const area = frame.width * frame.height;
    if (shown <= FEW) return FEW;
    return Math.min(area / 11000, FIRST_LABELS * Math.min(1, area / ROOMY) * (scene.view.lens ? 2 : 1) * Math.max(1, zoom) ** 1.3);
  }

  /** Where terms are few no label needs to lie on a disc; nearly a cell less than it, so that its own fits beside it. */
  function takeDiscs() {
    for (let at = 0; at < atlas.count; at++) {
      const half = Math.min(0.6 * radiusOf(scene, at), radiusOf(scene, at) - 5);
      if (half >= 0 && scene.tones[at] > GHOST && isOnScreen(scene, at, 0)) takeDisc(at, half);
    }
  }

  /** @param {number} at @param {number} half */
  function takeDisc(at, half) {
    const [x, y] = [across(scene, at), down(scene, at)];
    taken.take(x - half, y - half, x + half, y + half, true);
  }

  /** @param {number} tone at least @param {number} most */
  function placeRanked(tone, most) {
    let tries = TRIES;
    for (let at = 0; at < atlas.count && placed.length < most && tries; at++) {
      if (scene.tones[at] < tone || !isOnScreen(scene, at, 0)) continue;
      tries--;
      if (tryTerm(at, false)) next.push(at);
      const half = radiusOf(scene, at) * 0.6; // lesser labels do not cover its disc
      if (half > 3) takeDisc(at, half);
    }
  }

  /** @param {number} index */
  function tryKept(index) {
    if (scene.tones[index] <= GHOST || tried[index] === round || !isOnScreen(scene, index, 0)) return false;
    tried[index] = round;
    return tryAt(index, sides[index], 0, true);
  }

  /** @param {number} index @param {boolean} isForced then it may stand farther off, and over the border of the screen */
  function tryTerm(index, isForced) {
    if (tried[index] === round) return false;
    tried[index] = round;
    for (let side = 0; side < 4; side++) if (tryAt(index, side, 0, false)) return true;
    for (let far = 0; isForced && far < 90; far += 9) {
      for (let side = 0; side < 4; side++) if (tryAt(index, side, far, true)) return true;
    }
    return false;
  }

  /** @param {number} index @param {number} side @param {number} far @param {boolean} mayStickOut of the screen */
  function tryAt(index, side, far, mayStickOut) {
    const radius = radiusOf(scene, index);
    const size = radius > 10 ? 14 : radius > 6 ? 13 : 12;
    const width = (widths[index] ||= measured(index)) * size;
    const gap = radius + 4 + far;
    const x = across(scene, index) + (side === 0 ? gap : side === 1 ? -gap - width : -width / 2);
    const y = down(scene, index) + (side < 2 ? 0 : (side === 2 ? 1 : -1) * (gap + size / 2));
    if (!mayStickOut && (x < 2 || x + width > frame.width - 2 || y < size || y > frame.height - size)) return false;
    if (!taken.take(x - 3, y - size * 0.6, x + width + 3, y + size * 0.6)) return false;
    if (scene.view.hovered < 0) sides[index] = side;
    const weight = scene.forced.includes(index) ? 600 : 400;
    const alpha = scene.forced.length && scene.tones[index] !== LIT ? DIMMED_LABEL : 1;
    add(index, texts[index], x, y, width, size, weight, scene.palette.ink, alpha);
    return true;
  }

  /** @param {number} index */
  function measured(index) {
    texts[index] = labelText(atlas.names[index] || atlas.slugs[index]) || "?";
    return emsOf(texts[index]);
  }

  /** The width of a text in ems, when written bold, so that both weights fit. @param {string} text */
  function emsOf(text) {
    context.font = `600 16px ${scene.palette.font}`;
    return context.measureText(text).width / 16;
  }

  /** @param {number} zoom */
  function placeCaptions(zoom) {
    const { view, palette } = scene;
    for (const shelf of view.around ? [] : atlas.shelves) {
      if (shelf.count) placeShelfCaption(shelf);
    }
    const alpha = Math.min(1, (2.6 - zoom) * 1.2) * (scene.forced.length ? DIMMED_LABEL : 1);
    if (alpha <= 0 || atlas.count < NAMED_BY_LEGEND || view.around || view.lens || grouping(scene)) return;
    const shrunk = Math.min(1, 0.65 + frame.width / 3000);
    for (const { text, x, y, category, swatch, share } of captions) {
      if (view.categories && !view.categories.includes(category)) continue;
      const size = Math.max(12, Math.min(20, 11 + 22 * Math.sqrt(share)) * shrunk);
      const [across, middle] = [x * frame.k + frame.left, y * frame.k + frame.top];
      if (across >= 0 && across <= frame.width) placeCaption(labelText(text), across, middle, size, palette.names[swatch], alpha, 0.5);
    }
  }

  /** Over the shelf, at its left end or, where another one's caption is in the way, at its right end. @param {Atlas["shelves"][number]} shelf */
  function placeShelfCaption(shelf) {
    const [left, middle] = [shelf.x * frame.k + frame.left, shelf.y * frame.k + frame.top - 16];
    const right = left + shelf.width * frame.k;
    if (right < 0 || left > frame.width) return;
    const text = shelfCaption(shelf);
    if (!placeCaption(text, left, middle, 13, scene.palette.muted, 1, 0)) placeCaption(text, right, middle, 13, scene.palette.muted, 1, 1);
  }

  /**
   * @param {string} text
   * @param {number} x in pixels
   * @param {number} y of its middle
   * @param {number} size
   * @param {string} colour
   * @param {number} alpha
   * @param {number} before the part of it that lies left of x
   */
  function placeCaption(text, x, y, size, colour, alpha, before) {
    const ems = captionWidths.get(text) ?? emsOf(text);
    captionWidths.set(text, ems);
    const width = ems * size;
    const left = Math.max(6, Math.min(frame.width - 6 - width, x - width * before));
    if (!taken.take(left - 4, y - size * 0.65, left + width + 4, y + size * 0.65)) return false;
    add(-1, text, left, y, width, size, 600, colour, alpha);
    return true;
  }

  /** @type {(...parts: [number, string, number, number, number, number, number, string, number]) => void} */
  function add(index, text, x, y, width, size, weight, colour, alpha) {
    const label = spare.pop() ?? { index, text, x, y, width, size, weight, colour, alpha };
    [label.index, label.text, label.colour, label.weight, label.alpha] = [index, text, colour, weight, alpha];
    [label.x, label.y, label.width, label.size] = [x, y, width, size];
    placed.push(label);
  }

  return { place, placed };
}

/**
 * @param {import("./svg.js").Pen} pen
 * @param {Label[]} labels
 * @param {import("./theme.js").Palette} palette
 */
export function writeLabels(pen, labels, palette) {
  pen.lineJoin = "round";
  pen.strokeStyle = palette.surface;
  for (const { text, x, y, size, weight, colour, alpha } of labels) {
    pen.globalAlpha = alpha;
    pen.font = `${weight} ${Math.round(size)}px ${palette.font}`;
    pen.fillStyle = colour;
    pen.lineWidth = 3.5;
    pen.strokeText(text, x, y + size * 0.35);
    pen.fillText(text, x, y + size * 0.35);
  }
  pen.globalAlpha = 1;
}

/**
 * The term whose label lies under a pixel, -1 for none.
 * @param {Label[]} labels
 * @param {number} px
 * @param {number} py
 */
export function labelAt(labels, px, py) {
  const hit = labels.find(({ x, y, width, size }) => px >= x && px <= x + width && Math.abs(py - y) <= size * 0.6);
  return hit ? hit.index : -1;
}
