/**
 * The shapes of terms. Status is never colour alone: a wanted term is a hollow dashed ring, an orphan a ring with
 * a gap on top (nothing comes in), a dead end a disc with a bar across (nothing goes out).
 * @typedef {import("./svg.js").Pen} Pen
 */
const ORPHAN = 2;
const DEAD_END = 3;
const WANTED = 4;
/** Below this radius, in pixels, a shape cannot be told from a disc. */
const LEGIBLE = 2.7;
const RING = 0.36; // parts of the radius
const BAR = 0.18;
const BAR_END = 0.66;
const GAP = 0.75; // radians to each side of the top
const DASHES = 6;
const DASH = 0.6;

/**
 * Whether the colour of the term shows at x, y in a shape of radius 1; elsewhere in it the paper does.
 * @param {number} status
 * @param {number} x
 * @param {number} y
 */
function isInk(status, x, y) {
  const far = Math.sqrt(x * x + y * y); // Math.hypot takes many times as long
  if (far > 1) return false;
  if (status === DEAD_END) return Math.abs(y) > BAR || Math.abs(x) > BAR_END;
  if (far < 1 - RING) return false;
  const turn = Math.atan2(x, -y);
  return status === ORPHAN ? Math.abs(turn) > GAP : ((turn / (2 * Math.PI) + 1) * DASHES) % 1 < DASH;
}

/**
 * A shape as pixels: how much of each pixel it covers, and how much of that is ink, both 0 to 255.
 * @typedef {{ reach: number, cover: Uint8Array, ink: Uint8Array }} Stamp
 * @param {number} status
 * @param {number} radius in device pixels
 * @returns {Stamp}
 */
export function cutStamp(status, radius) {
  const shaped = radius >= LEGIBLE && status >= ORPHAN;
  const rim = radius >= LEGIBLE ? 1 : 0; // a line of paper keeps discs apart that touch
  const reach = Math.ceil(radius + rim);
  const side = 2 * reach + 1;
  const stamp = { reach, cover: new Uint8Array(side * side), ink: new Uint8Array(side * side) };
  for (let at = 0; at < side * side; at++) {
    const [x, y] = [(at % side) - reach, Math.floor(at / side) - reach];
    const far = Math.sqrt(x * x + y * y);
    const disc = Math.max(0, Math.min(1, radius + 0.5 - far));
    const ink = shaped ? sampled(status, x, y, radius) : disc;
    const cover = Math.max(ink, Math.min(1, radius + rim + 0.5 - far));
    stamp.cover[at] = 255 * cover;
    stamp.ink[at] = cover ? (255 * ink) / cover : 0;
  }
  return stamp;
}

/**
 * @param {number} status
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
function sampled(status, x, y, radius) {
  let hits = 0;
  for (let at = 0; at < 16; at++) {
    const [right, down] = [((at % 4) - 1.5) / 4, ((at >> 2) - 1.5) / 4];
    if (isInk(status, (x + right) / radius, (y + down) / radius)) hits++;
  }
  return hits / 16;
}

/**
 * The same shape as lines.
 * @param {Pen} pen
 * @param {number} status
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {string} colour
 * @param {string} paper
 */
export function drawMark(pen, status, x, y, radius, colour, paper) {
  const shape = radius >= LEGIBLE ? status : 0;
  const isHollow = shape === ORPHAN || shape === WANTED;
  pen.fillStyle = isHollow ? paper : colour;
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
  if (isHollow) drawRing(pen, shape, x, y, radius, colour);
  if (shape !== DEAD_END) return;
  pen.fillStyle = paper;
  pen.fillRect(x - BAR_END * radius, y - BAR * radius, 2 * BAR_END * radius, 2 * BAR * radius);
}

/**
 * @param {Pen} pen
 * @param {number} shape
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {string} colour
 */
function drawRing(pen, shape, x, y, radius, colour) {
  const middle = radius * (1 - RING / 2);
  const step = (2 * Math.PI * middle) / DASHES;
  const gap = shape === ORPHAN ? GAP : 0;
  pen.strokeStyle = colour;
  pen.lineWidth = radius * RING;
  pen.setLineDash(gap ? [] : [step * DASH, step * (1 - DASH)]);
  pen.beginPath();
  pen.arc(x, y, middle, gap - Math.PI / 2, 1.5 * Math.PI - gap);
  pen.stroke();
  pen.setLineDash([]);
}
