import { across, CHOSEN_PATH, down, IN_LINK, OTHER_PATH, OUT_LINK, radiusOf } from "./scene.js";

/**
 * Links of what is looked at, as tapers: broad where they leave, a point where they arrive; the way of showing
 * direction that Holten and van Wijk ("A user study on visualizing directed edges in graphs", CHI 2009) found best.
 * @typedef {import("./svg.js").Pen} Pen
 * @typedef {import("./scene.js").Scene} Scene
 */
const TAPER_RUN = 128; // tapers a path: one by one they would darken where they cross, all at once take too long
const WIDTHS = [2.8, 2.8, 4, 7]; // by kind
const ALPHAS = [0.8, 0.5, 0.35, 0.95];
const CALM = 24; // links of one term; more are thinner and fainter

/**
 * @param {Pen} pen
 * @param {Scene} scene
 * @param {number} most
 */
export function drawTapers(pen, scene, most) {
  const { links, palette } = scene;
  const less = Math.min(1, (CALM / (links.length / 3 + 1)) ** 0.3);
  for (const kind of [IN_LINK, OUT_LINK, OTHER_PATH, CHOSEN_PATH]) {
    const factor = kind > IN_LINK ? 1 : less;
    pen.fillStyle = kind === IN_LINK ? palette.muted : palette.accent;
    pen.globalAlpha = ALPHAS[kind] * factor;
    pen.beginPath();
    let traced = 0;
    for (let at = 0; at < links.length && traced < most; at += 3) {
      if (links[at + 2] !== kind) continue;
      trace(pen, scene, links[at], links[at + 1], WIDTHS[kind] * factor);
      if (++traced % TAPER_RUN) continue;
      pen.fill();
      pen.beginPath();
    }
    if (traced % TAPER_RUN) pen.fill();
  }
  pen.globalAlpha = 1;
}

/**
 * @param {Pen} pen
 * @param {Scene} scene
 * @param {number} source
 * @param {number} target
 * @param {number} width
 */
function trace(pen, scene, source, target, width) {
  const [x, y] = [across(scene, source), down(scene, source)];
  const [right, below] = [across(scene, target) - x, down(scene, target) - y];
  const length = Math.hypot(right, below);
  const part = (length - radiusOf(scene, target) - 1) / length;
  if (!(part > 0)) return;
  const half = width / 2 / length;
  const tip = half * 0.12;
  pen.moveTo(x - below * half, y + right * half);
  pen.lineTo(x + below * half, y - right * half);
  pen.lineTo(x + right * part + below * tip, y + below * part - right * tip);
  pen.lineTo(x + right * part - below * tip, y + below * part + right * tip);
}
