/**
 * Where the reader looks: x and y, in map units, stand in the middle of the screen; k is CSS pixels per unit.
 * @typedef {{ x: number, y: number, k: number }} Camera
 * @typedef {{ width: number, height: number, ratio: number }} ScreenSize CSS pixels, and device pixels for each
 * @typedef {{ left: number, top: number, right: number, bottom: number }} Box
 * A camera on a screen: a term at x, y is drawn at x * k + left, y * k + top, its radius times grow.
 * @typedef {ScreenSize & { k: number, left: number, top: number, grow: number }} Frame
 */
const CLOSEST = 8;

/** @returns {Frame} */
export function emptyFrame() {
  return { width: 0, height: 0, ratio: 1, k: 1, left: 0, top: 0, grow: 1 };
}

/**
 * Fill in `frame`; true if that changed it. The map moves by whole device pixels: so nothing on it quivers.
 * @param {Frame} frame
 * @param {Camera} camera
 * @param {ScreenSize} screen
 */
export function aim(frame, { x, y, k }, { width, height, ratio }) {
  const left = Math.round((width / 2 - x * k) * ratio) / ratio;
  const top = Math.round((height / 2 - y * k) * ratio) / ratio;
  const isSame = k === frame.k && left === frame.left && top === frame.top && width === frame.width && height === frame.height;
  const grow = Math.min(1.7, k ** 0.62); // discs grow slower than the map, so that zooming in makes room
  Object.assign(frame, { width, height, ratio, k, left, top, grow });
  return !isSame;
}

/**
 * The box around some terms, or around all of the map.
 * @param {Atlas} atlas
 * @param {number[]} [indices]
 * @returns {Box}
 */
export function boxAround(atlas, indices) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  const count = indices ? indices.length : atlas.count;
  for (let at = 0; at < count; at++) stretch(box, atlas.x[indices ? indices[at] : at], atlas.y[indices ? indices[at] : at]);
  for (const { x, y, width, height } of indices ? [] : atlas.shelves) {
    stretch(box, x, y);
    stretch(box, x + width, y + height);
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
export function fitted({ left, top, right, bottom }, { width, height }, closest) {
  const room = Math.min(56, width / 12);
  const k = Math.min((width - 2 * room) / (right - left || 1), (height - 2 * room) / (bottom - top || 1), closest);
  return { x: (left + right) / 2, y: (top + bottom) / 2, k: Math.max(1e-4, k) };
}

/**
 * Keep the zoom within reason and the middle on the map, the nearer to its middle the smaller the map is.
 * @param {Camera} camera
 * @param {Box} box
 * @param {Camera} whole the camera that shows the whole map
 * @returns {Camera}
 */
export function within(camera, { left, top, right, bottom }, whole) {
  const k = Math.max(whole.k * 0.6, Math.min(CLOSEST, camera.k));
  const part = Math.max(0, Math.min(1, (k / whole.k - 0.6) * 2.5)) / 2;
  const inside = (/** @type {number} */ at, /** @type {number} */ middle, /** @type {number} */ span) =>
    Math.max(middle - span * part, Math.min(middle + span * part, at));
  return { x: inside(camera.x, whole.x, right - left), y: inside(camera.y, whole.y, bottom - top), k };
}

/**
 * Zoom so that what lies under the pixel px, py stays there.
 * @param {Camera} camera
 * @param {ScreenSize} screen
 * @param {number} px
 * @param {number} py
 * @param {number} k
 * @returns {Camera}
 */
export function zoomedAbout(camera, screen, px, py, k) {
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
