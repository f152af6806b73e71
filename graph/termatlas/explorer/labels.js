/**
 * Labels that never overlap: each takes its cells of a raster, and one that finds a cell taken is not written.
 * The raster hangs on the map, not on the screen: while one pans, no label gains or loses its place by rounding.
 * @typedef {import("./svg.js").Pen} Pen
 * @typedef {import("./scene.js").Scene} Scene
 * @typedef {import("./camera.js").Frame} Frame
 * @typedef {{ index: number, text: string, x: number, y: number, width: number, size: number, weight: number,
 *   colour: string, alpha: number }} Label index: of the term, -1 for a caption; x, y: left end of the middle line
 */
const CELL = 6;
const MARGIN = 240; // pixels around the screen, for labels that are partly on it
const RIGHT = 0;
const LEFT = 1;
const BELOW = 2;
const ABOVE = 3;
const SIDES_TRIED = [RIGHT, LEFT, BELOW, ABOVE];
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

/** @returns {Taken} */
export function createTaken() {
  let cells = new Uint8Array(0);
  let [across, down, shiftX, shiftY] = [0, 0, 0, 0];
  return {
    clear(frame) {
      across = Math.ceil((frame.width + 2 * MARGIN) / CELL) + 1;
      down = Math.ceil((frame.height + 2 * MARGIN) / CELL) + 1;
      if (cells.length < across * down) cells = new Uint8Array(across * down);
      cells.fill(0);
      shiftX = MARGIN - modulo(frame.left, CELL);
      shiftY = MARGIN - modulo(frame.top, CELL);
    },
    take(left, top, right, bottom) {
      const [fromX, toX] = [Math.floor((left + shiftX) / CELL), Math.floor((right + shiftX) / CELL)];
      const [fromY, toY] = [Math.floor((top + shiftY) / CELL), Math.floor((bottom + shiftY) / CELL)];
      if (fromX < 0 || fromY < 0 || toX >= across || toY >= down) return false;
      for (let row = fromY; row <= toY; row++) {
        for (let at = row * across + fromX; at <= row * across + toX; at++) if (cells[at]) return false;
      }
      for (let row = fromY; row <= toY; row++) cells.fill(1, row * across + fromX, row * across + toX + 1);
      return true;
    },
  };
}

/** @typedef {{ clear: (frame: Frame) => void, take: (left: number, top: number, right: number, bottom: number) => boolean }} Taken */

/**
 * @param {number} value
 * @param {number} by
 */
function modulo(value, by) {
  return value - Math.floor(value / by) * by;
}

/**
 * Choose and place the labels of a frame; the list is reused.
 * @param {Atlas} atlas
 * @param {CanvasRenderingContext2D} context for measuring
 */
export function createLabels(atlas, context) {
  const taken = createTaken();
  /** @type {Label[]} */
  const placed = [];
  /** @type {Label[]} */
  const spare = [];
  /** @type {(string | undefined)[]} */
  const texts = [];
  const widths = new Float32Array(atlas.count); // in ems
  const sides = new Uint8Array(atlas.count);
  const seen = new Uint32Array(atlas.count); // the frame in which a term was last tried
  /** @type {number[]} */
  let kept = [];
  /** @type {number[]} */
  let keeping = [];
  let [round, keptZoom] = [0, 0];
  /** @type {Scene} */
  let scene;
  /** @type {Frame} */
  let frame;

  /** @param {Scene} newScene @param {Frame} newFrame */
  function begin(newScene, newFrame) {
    [scene, frame] = [newScene, newFrame];
    while (placed.length) spare.push(/** @type {Label} */ (placed.pop()));
    taken.clear(frame);
    round++;
  }
