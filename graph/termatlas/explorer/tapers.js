import { CHOSEN_PATH, IN_LINK, OTHER_PATH } from "./scene.js";

/**
 * Links of what is looked at, as tapers: broad where they leave, a point where they arrive; the way of showing
 * direction that Holten and van Wijk ("A user study on visualizing directed edges in graphs", CHI 2009) found best.
 * @typedef {import("./svg.js").Pen} Pen
 */
const TAPER_RUN = 128; // tapers a path: one by one they would darken where they cross, all at once take too long

const STYLES = [
  { width: 2.6, alpha: 0.75 }, // OUT_LINK
  { width: 2.6, alpha: 0.45 }, // IN_LINK
  { width: 4, alpha: 0.35 }, // OTHER_PATH
  { width: 7, alpha: 0.95 }, // CHOSEN_PATH
];

/**
 * @param {Pen} pen
 * @param {Atlas} atlas
 * @param {import("./scene.js").Scene} scene
 * @param {import("./camera.js").Frame} frame
 * @param {number} most
 */
export function drawTapers(pen, atlas, scene, frame, most) {
  const { links, palette } = scene;
  for (const kind of [IN_LINK, 0, OTHER_PATH, CHOSEN_PATH]) {
    const { width, alpha } = STYLES[kind];
    pen.fillStyle = kind === IN_LINK ? palette.muted : palette.accent;
    pen.globalAlpha = alpha;
    pen.beginPath();
    let left = most;
    let waiting = 0;
    for (let at = 0; at < links.length && left; at += 3) {
      if (links[at + 2] !== kind) continue;
      left--;
      trace(pen, atlas, scene, frame, links[at], links[at + 1], width);
      if (++waiting % TAPER_RUN) continue;
      pen.fill();
      pen.beginPath();
    }
    if (waiting % TAPER_RUN) pen.fill();
  }
  pen.globalAlpha = 1;
}

/**
 * @param {Pen} pen
 * @param {Atlas} atlas
 * @param {import("./scene.js").Scene} scene
 * @param {import("./camera.js").Frame} frame
 * @param {number} source
 * @param {number} target
 * @param {number} width
 */
function trace(pen, atlas, scene, frame, source, target, width) {
  const x = atlas.x[source] * frame.k + frame.left;
  const y = atlas.y[source] * frame.k + frame.top;
  const right = atlas.x[target] * frame.k + frame.left - x;
  const down = atlas.y[target] * frame.k + frame.top - y;
  const length = Math.hypot(right, down);
  const end = length - scene.radii[target] * frame.grow - 1;
  if (end <= 0) return;
  const half = width / 2 / length;
  pen.moveTo(x - down * half, y + right * half);
  pen.lineTo(x + down * half, y - right * half);
  pen.lineTo(x + (right * end) / length + down * half * 0.12, y + (down * end) / length - right * half * 0.12);
  pen.lineTo(x + (right * end) / length - down * half * 0.12, y + (down * end) / length + right * half * 0.12);
}
