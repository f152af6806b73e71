/**
 * Where the reader looks: x and y, in map units, stand in the middle of the screen; k is CSS pixels per unit.
 * @typedef {{ x: number, y: number, k: number }} Camera
 * @typedef {{ width: number, height: number, ratio: number }} ScreenSize CSS pixels, and device pixels for each
 * @typedef {{ left: number, top: number, right: number, bottom: number }} Box
 * A camera on a screen: a term at x, y is drawn at x * k + left, y * k + top.
 * @typedef {ScreenSize & { k: number, left: number, top: number, grow: number }} Frame
 */

const CLOSEST = 8;

/** @returns {Frame} */
export function emptyFrame() {
  return { width: 0, height: 0, ratio: 1, k: 1, left: 0, top: 0, grow: 1 };
}

/**
 * Fill in `frame`. The map moves by whole device pixels: so terms and labels do not quiver against each other.
 * @param {Frame} frame
 * @param {Camera} camera
 * @param {ScreenSize} screen
 */
export function aim(frame, camera, screen) {
  const { width, height, ratio } = screen;
  Object.assign(frame, screen);
  frame.k = camera.k;
  frame.left = Math.round((width / 2 - camera.x * camera.k) * ratio) / ratio;
  frame.top = Math.round((height / 2 - camera.y * camera.k) * ratio) / ratio;
  frame.grow = Math.min(1.7, camera.k ** 0.55); // discs grow slower than the map, so that zooming in makes room
}

/**
 * @param {Camera} camera
 * @param {Frame} frame
 */
export function isAimedAt(camera, frame) {
  const left = Math.round((frame.width / 2 - camera.x * camera.k) * frame.ratio) / frame.ratio;
  const top = Math.round((frame.height / 2 - camera.y * camera.k) * frame.ratio) / frame.ratio;
  return camera.k === frame.k && left === frame.left && top === frame.top;
}

/**
 * The box around terms and shelves.
 * @param {{ x: Float32Array, y: Float32Array, shelves: { x: number, y: number, width: number, height: number }[] }} atlas
 * @param {ArrayLike<number>} [indices] all terms and the shelves without it
 * @returns {Box}
 */
export function boxAround(atlas, indices) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  const count = indices ? indices.length : atlas.x.length;
  for (let at = 0; at < count; at++) {
    const index = indices ? indices[at] : at;
    stretch(box, atlas.x[index], atlas.y[index]);
  }
  for (const shelf of indices ? [] : atlas.shelves) {
    stretch(box, shelf.x, shelf.y);
    stretch(box, shelf.x + shelf.width, shelf.y + shelf.height);
  }
  return box.left <= box.right ? box : { left: 0, top: 0, right: 0, bottom: 0 };
}

/**
 * @param {Box} box
 * @param {number} x
 * @param {number} y
 */
function stretch(box, x, y) {
  box.left = Math.min(box.left, x);
  box.right = Math.max(box.right, x);
  box.top = Math.min(box.top, y);
  box.bottom = Math.max(box.bottom, y);
}

/**
 * The camera that shows all of `box`, and nothing larger than at `closest`.
 * @param {Box} box
 * @param {ScreenSize} screen
 * @param {number} closest
 * @returns {Camera}
 */
export function fitted(box, screen, closest) {
  const room = Math.min(56, screen.width / 12);
  const across = (screen.width - 2 * room) / (box.right - box.left || 1);
  const down = (screen.height - 2 * room) / (box.bottom - box.top || 1);
  const k = Math.max(1e-4, Math.min(across, down, closest));
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, k };
}

/**
 * Keep the middle on the map and the zoom within reason.
 * @param {Camera} camera
 * @param {Box} box
 * @param {number} whole the zoom that shows the whole map
 * @returns {Camera}
 */
export function within(camera, box, whole) {
  return {
    x: Math.max(box.left, Math.min(box.right, camera.x)),
    y: Math.max(box.top, Math.min(box.bottom, camera.y)),
    k: Math.max(Math.min(whole, 1) / 2, Math.min(CLOSEST, camera.k)),
  };
}

/**
 * Zoom so that what lies under the pixel px, py stays there.
 * @param {Camera} camera
 * @param {ScreenSize} screen
 * @param {number} px
 * @param {number} py
 * @param {number} factor
 * @param {number} whole
 * @returns {Camera}
 */
export function zoomedAbout(camera, screen, px, py, factor, whole) {
  const k = Math.max(Math.min(whole, 1) / 2, Math.min(CLOSEST, camera.k * factor));
  const shift = 1 / camera.k - 1 / k;
  return { x: camera.x + (px - screen.width / 2) * shift, y: camera.y + (py - screen.height / 2) * shift, k };
}

/**
 * A camera on the way, t from 0 to 1: the zoom changes evenly, and one point of the map stands still meanwhile.
 * @param {Camera} from
 * @param {Camera} to
 * @param {number} t
 * @returns {Camera}
 */
export function between(from, to, t) {
  if (t >= 1) return to;
  const k = from.k * (to.k / from.k) ** t;
  const part = Math.abs(to.k / from.k - 1) < 1e-6 ? t : (1 / k - 1 / from.k) / (1 / to.k - 1 / from.k);
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part, k };
}
