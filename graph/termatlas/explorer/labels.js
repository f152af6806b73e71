import { shelfCaption } from "./captions.js";
import { GHOST, LIT } from "./scene.js";
import { createTaken } from "./taken.js";

/**
 * @typedef {import("./scene.js").Scene} Scene
 * @typedef {import("./camera.js").Frame} Frame
 * @typedef {import("./captions.js").Caption} Caption
 * @typedef {{ index: number, text: string, x: number, y: number, width: number, size: number, weight: number,
 *   colour: string, alpha: number }} Label index: of the term, -1 for a caption; x, y: left end of the middle line
 */
const SIDE_COUNT = 4; // right, left, below, above
const LONGEST = 40; // signs
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/g;
const HEAPED = /(\p{M}{3})\p{M}+/gu;
const FIRST_LABELS = 20;
const FEW = 80; // terms on the screen: then all may have a label
const MOST_LIT = 60;
const TRIES = 2500;
const DIMMED_LABEL = 0.35;

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
 * frame, then terms by importance. `place` gives the same list each time, filled anew.
 * @param {Atlas} atlas
 * @param {CanvasRenderingContext2D} context for measuring
 */
export function createLabels(atlas, context) {
  const taken = createTaken();
  const placed = /** @type {Label[]} */ ([]);
  const spare = /** @type {Label[]} */ ([]);
  const texts = /** @type {(string | undefined)[]} */ ([]);
  const captionWidths = /** @type {Map<string, number>} */ (new Map());
  const widths = new Float32Array(atlas.count); // in ems, 0 for unknown
  const sides = new Uint8Array(atlas.count);
  const tried = new Uint32Array(atlas.count); // the round in which a term was last tried
  let kept = /** @type {number[]} */ ([]);
  let next = /** @type {number[]} */ ([]);
  let [round, keptZoom] = [0, 0];
  let scene = /** @type {Scene} */ (/** @type {unknown} */ (null));
  let frame = /** @type {Frame} */ (/** @type {unknown} */ (null));

  /**
   * @param {Scene} newScene
   * @param {Frame} newFrame
   * @param {Caption[]} captions
   * @param {number} zoom 1 where the whole map is seen
   * @param {boolean} isGlance nothing is remembered of it
   * @returns {Label[]}
   */
  function place(newScene, newFrame, captions, zoom, isGlance) {
    [scene, frame] = [newScene, newFrame];
    while (placed.length) spare.push(/** @type {Label} */ (placed.pop()));
    taken.clear(frame);
    round++;
    for (const index of scene.forced) tryTerm(index, true);
    placeCaptions(captions, zoom);
    const most = budget(zoom) + placed.length;
    if (scene.hasLit) placeRanked(LIT, MOST_LIT + placed.length);
    next.length = 0;
    if (keptZoom === frame.k) for (const index of kept) if (tryKept(index)) next.push(index);
    placeRanked(GHOST + 1, most);
    if (!isGlance) remember();
    return placed;
  }

  function remember() {
    [kept, next] = [next, kept];
    keptZoom = frame.k;
  }

  /**
   * How many labels: about twenty at first, more as one zooms in, all where few terms are on the screen.
   * @param {number} zoom
   */
  function budget(zoom) {
    const room = (frame.width * frame.height) / 8000;
    let shown = 0;
    for (let at = 0; at < atlas.count && shown <= FEW; at++) if (scene.tones[at] > GHOST && isOn(at)) shown++;
    return shown <= FEW ? FEW : Math.min(room, FIRST_LABELS * Math.max(1, zoom) ** 1.3);
  }

  /** @param {number} at */
  function isOn(at) {
    const across = atlas.x[at] * frame.k + frame.left;
    const down = atlas.y[at] * frame.k + frame.top;
    return across > 0 && down > 0 && across < frame.width && down < frame.height;
  }

  /**
   * @param {number} tone at least
   * @param {number} most
   */
  function placeRanked(tone, most) {
    let tries = TRIES;
    for (let at = 0; at < atlas.count && placed.length < most && tries > 0; at++) {
      if (scene.tones[at] < tone || tried[at] === round || !isOn(at)) continue;
      tries--;
      if (tryTerm(at, false)) next.push(at);
    }
  }

  /** @param {number} index */
  function tryKept(index) {
    if (scene.tones[index] <= GHOST || tried[index] === round || !isOn(index)) return false;
    tried[index] = round;
    return tryAt(index, sides[index], 0, true);
  }

  /**
   * @param {number} index
   * @param {boolean} isForced then it may stand farther off, and over the border of the screen
   */
  function tryTerm(index, isForced) {
    if (tried[index] === round) return false;
    tried[index] = round;
    for (let side = 0; side < SIDE_COUNT; side++) if (tryAt(index, side, 0, false)) return true;
    for (let far = 0; isForced && far < 90; far += 9) {
      for (let side = 0; side < SIDE_COUNT; side++) if (tryAt(index, side, far, true)) return true;
    }
    return false;
  }

  /**
   * @param {number} index
   * @param {number} side
   * @param {number} far
   * @param {boolean} mayStickOut of the screen
   */
  function tryAt(index, side, far, mayStickOut) {
    const radius = scene.radii[index] * frame.grow;
    const size = radius > 10 ? 14 : radius > 6 ? 13 : 12;
    const width = widthOf(index) * size;
    const gap = radius + 4 + far;
    const x = atlas.x[index] * frame.k + frame.left + (side === 0 ? gap : side === 1 ? -gap - width : -width / 2);
    const y = atlas.y[index] * frame.k + frame.top + (side < 2 ? 0 : (side === 2 ? 1 : -1) * (gap + size / 2));
    if (!mayStickOut && (x < 2 || x + width > frame.width - 2 || y < size || y > frame.height - size)) return false;
    if (!taken.take(x - 3, y - size * 0.6, x + width + 3, y + size * 0.6)) return false;
    sides[index] = side;
    const isCentre = scene.forced.includes(index);
    const isDim = scene.hasLit && scene.tones[index] !== LIT;
    add(index, texts[index] ?? "", x, y, width, size, isCentre ? 600 : 400,
      scene.palette.ink, isDim ? DIMMED_LABEL : 1);
    return true;
  }

  /** @param {number} index */
  function widthOf(index) {
    if (widths[index]) return widths[index];
    const text = labelText(atlas.names[index] || atlas.slugs[index]) || "?";
    texts[index] = text;
    context.font = `600 16px ${scene.palette.font}`; // the broader weight, so that both fit
    widths[index] = context.measureText(text).width / 16;
    return widths[index];
  }

  /**
   * @param {Caption[]} captions
   * @param {number} zoom
   */
  function placeCaptions(captions, zoom) {
    for (const shelf of atlas.shelves) {
      if (shelf.count) caption(shelfCaption(shelf), shelf.x, shelf.y, -16, 13, 600, scene.palette.muted, 1, 0);
    }
    const alpha = Math.min(1, (2.6 - zoom) * 1.2) * (scene.hasLit ? DIMMED_LABEL : 1);
    if (alpha <= 0) return;
    for (const { text, x, y, category, share } of captions) {
      const size = Math.max(13, Math.min(20, 11 + 22 * Math.sqrt(share)));
      caption(labelText(text), x, y, 0, size, 700, scene.palette.names[category], alpha, 0.5);
    }
  }

  /**
   * @param {string} text
   * @param {number} x
   * @param {number} y
   * @param {number} below
   * @param {number} size
   * @param {number} weight
   * @param {string} colour
   * @param {number} alpha
   * @param {number} align
   */
  function caption(text, x, y, below, size, weight, colour, alpha, align) {
    let ems = captionWidths.get(text);
    if (ems === undefined) {
      context.font = `${weight} 16px ${scene.palette.font}`;
      ems = context.measureText(text).width / 16;
      captionWidths.set(text, ems);
    }
    const width = ems * size;
    const left = Math.min(x * frame.k + frame.left, frame.width - 8 - width * (1 - align)) - align * width;
    const middle = y * frame.k + frame.top + below;
    if (!taken.take(left - 4, middle - size * 0.65, left + width + 4, middle + size * 0.65)) return;
    add(-1, text, left, middle, width, size, weight, colour, alpha);
  }

  /**
   * @param {number} index
   * @param {string} text
   * @param {number} x
   * @param {number} y
   * @param {number} width
   * @param {number} size
   * @param {number} weight
   * @param {string} colour
   * @param {number} alpha
   */
  function add(index, text, x, y, width, size, weight, colour, alpha) {
    const label = spare.pop() ?? /** @type {Label} */ ({});
    placed.push(Object.assign(label, { index, text, x, y, width, size, weight, colour, alpha }));
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
    pen.lineWidth = size / 4.5;
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
