/**
 * Which places of the screen are taken, as a raster: a label that finds one of its cells taken is not written.
 * The raster hangs on the map, not on the screen: while one pans, no label gains or loses its place by rounding.
 */
const CELL = 6; // pixels
const MARGIN = 240; // around the screen, for labels that lie partly on it; a multiple of CELL

export function createTaken() {
  let cells = new Uint8Array(0);
  let [columns, rows, shiftX, shiftY] = [0, 0, 0, 0];

  /** @param {import("./camera.js").Frame} frame */
  function clear({ width, height, left, top }) {
    columns = Math.ceil((width + 2 * MARGIN) / CELL) + 2;
    rows = Math.ceil((height + 2 * MARGIN) / CELL) + 2;
    if (cells.length < columns * rows) cells = new Uint8Array(columns * rows);
    cells.fill(0);
    shiftX = MARGIN + CELL - (left - Math.floor(left / CELL) * CELL);
    shiftY = MARGIN + CELL - (top - Math.floor(top / CELL) * CELL);
  }

  /**
   * Take a place; false, and nothing is taken, if part of it is taken or off the raster.
   * @param {number} left
   * @param {number} top
   * @param {number} right
   * @param {number} bottom
   * @param {boolean} [anyhow] even where part of it is taken
   */
  function take(left, top, right, bottom, anyhow = false) {
    const fromX = Math.floor((left + shiftX) / CELL);
    const toX = Math.floor((right + shiftX) / CELL);
    const fromY = Math.floor((top + shiftY) / CELL);
    const toY = Math.floor((bottom + shiftY) / CELL);
    if (fromX < 0 || fromY < 0 || toX >= columns || toY >= rows) return false;
    for (let row = fromY; row <= toY && !anyhow; row++) {
      for (let at = row * columns + fromX; at <= row * columns + toX; at++) if (cells[at]) return false;
    }
    for (let row = fromY; row <= toY; row++) cells.fill(1, row * columns + fromX, row * columns + toX + 1);
    return true;
  }

  return { clear, take };
}
