/**
 * Which places of the screen hold a label already, as a raster: a label that finds a cell taken is not written.
 * The raster hangs on the map, not on the screen: while one pans, no label gains or loses its place by rounding.
 * @typedef {{ clear: (frame: import("./camera.js").Frame) => void,
 *   take: (left: number, top: number, right: number, bottom: number) => boolean }} Taken
 */
const CELL = 6; // pixels
const MARGIN = 240; // around the screen, for labels that lie partly on it

/** @returns {Taken} */
export function createTaken() {
  let cells = new Uint8Array(0);
  let [across, down, shiftX, shiftY] = [0, 0, 0, 0];

  /** @type {Taken["clear"]} */
  function clear({ width, height, left, top }) {
    across = Math.ceil((width + 2 * MARGIN) / CELL) + 2;
    down = Math.ceil((height + 2 * MARGIN) / CELL) + 2;
    if (cells.length < across * down) cells = new Uint8Array(across * down);
    cells.fill(0);
    shiftX = MARGIN + CELL - (left - Math.floor(left / CELL) * CELL);
    shiftY = MARGIN + CELL - (top - Math.floor(top / CELL) * CELL);
  }

  /** @type {Taken["take"]} */
  function take(left, top, right, bottom) {
    const fromX = Math.floor((left + shiftX) / CELL);
    const toX = Math.floor((right + shiftX) / CELL);
    const fromY = Math.floor((top + shiftY) / CELL);
    const toY = Math.floor((bottom + shiftY) / CELL);
    if (fromX < 0 || fromY < 0 || toX >= across || toY >= down) return false;
    for (let row = fromY; row <= toY; row++) {
      for (let at = row * across + fromX; at <= row * across + toX; at++) if (cells[at]) return false;
    }
    for (let row = fromY; row <= toY; row++) cells.fill(1, row * across + fromX, row * across + toX + 1);
    return true;
  }

  return { clear, take };
}
