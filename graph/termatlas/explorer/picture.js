import { createWeb } from "./edges.js";
import { writeLabels } from "./labels.js";
import { drawMark } from "./marks.js";
import { drawRings, drawShelves, drawSuggestions } from "./overlay.js";
import { across, down, GHOST, isOnScreen, LIT, PLAIN, radiusOf, strengthOf, webStrength } from "./scene.js";
import { svgPen } from "./svg.js";
import { drawTapers } from "./tapers.js";
import { NONE_SWATCH } from "./theme.js";

/**
 * The map as it is on the screen, for a file.
 * @typedef {import("./scene.js").Scene} Scene
 * @typedef {import("./labels.js").Label} Label
 */

/**
 * @param {Scene} scene
 * @param {Label[]} labels
 */
export function pictureSvg(scene, labels) {
  const pen = svgPen(scene.frame.width, scene.frame.height);
  drawPicture(pen, scene, labels);
  return pen.finish(scene.atlas.title);
}

/**
 * At twice the size of the screen, so that it can be printed.
 * @param {Scene} scene
 * @param {Label[]} labels
 * @returns {Promise<Blob>}
 */
export function picturePng(scene, labels) {
  const canvas = document.createElement("canvas");
  canvas.width = scene.frame.width * 2;
  canvas.height = scene.frame.height * 2;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.scale(2, 2);
  drawPicture(context, scene, labels);
  const failure = new Error("The picture is too large for this browser: make its window smaller.");
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(failure))));
}

/**
 * @param {import("./svg.js").Pen} pen
 * @param {Scene} scene
 * @param {Label[]} labels
 */
function drawPicture(pen, scene, labels) {
  pen.fillStyle = scene.palette.surface;
  pen.fillRect(0, 0, scene.frame.width, scene.frame.height);
  const web = createWeb(scene.atlas);
  web.begin(scene, webStrength(scene));
  web.step(pen, Infinity);
  drawShelves(pen, scene);
  drawSuggestions(pen, scene, Infinity);
  drawTapers(pen, scene, Infinity);
  for (const tone of [GHOST, PLAIN, LIT]) drawMarks(pen, scene, tone);
  drawRings(pen, scene, false);
  writeLabels(pen, labels, scene.palette);
}

/**
 * @param {import("./svg.js").Pen} pen
 * @param {Scene} scene
 * @param {number} tone
 */
function drawMarks(pen, scene, tone) {
  const { atlas, palette, tones, swatch } = scene;
  const isGhost = tone === GHOST;
  for (let at = atlas.count - 1; at >= 0; at--) {
    if (tones[at] !== tone || !isOnScreen(scene, at, 50)) continue;
    pen.globalAlpha = strengthOf(scene, at);
    const colour = palette.swatches[isGhost ? NONE_SWATCH : swatch[at]];
    drawMark(pen, isGhost ? 0 : atlas.status[at], across(scene, at), down(scene, at), radiusOf(scene, at), colour, palette.surface);
  }
  pen.globalAlpha = 1;
}
