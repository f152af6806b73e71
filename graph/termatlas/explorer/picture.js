import { createWeb } from "./edges.js";
import { writeLabels } from "./labels.js";
import { drawMark } from "./marks.js";
import { drawRings, drawShelves, drawSuggestions } from "./overlay.js";
import { GHOST, HIDDEN, LIT, PLAIN } from "./scene.js";
import { svgPen } from "./svg.js";
import { drawTapers } from "./tapers.js";
import { NONE_SWATCH } from "./theme.js";

/**
 * The map as it is on the screen, for a file.
 * @typedef {{ atlas: Atlas, scene: import("./scene.js").Scene, frame: import("./camera.js").Frame,
 *   labels: import("./labels.js").Label[], view: View, dimmed: number }} Picture
 */

/**
 * @param {Picture} picture
 * @returns {string}
 */
export function pictureSvg(picture) {
  const pen = svgPen(picture.frame.width, picture.frame.height);
  drawPicture(pen, picture);
  return pen.finish(picture.atlas.title);
}

/**
 * At twice the size of the screen, so that it can be printed.
 * @param {Picture} picture
 * @returns {Promise<Blob>}
 */
export function picturePng(picture) {
  const canvas = document.createElement("canvas");
  canvas.width = picture.frame.width * 2;
  canvas.height = picture.frame.height * 2;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.scale(2, 2);
  drawPicture(context, picture);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture is too large for this browser."))), "image/png"));
}

/**
 * @param {import("./svg.js").Pen} pen
 * @param {Picture} picture
 */
function drawPicture(pen, { atlas, scene, frame, labels, view, dimmed }) {
  pen.fillStyle = scene.palette.surface;
  pen.fillRect(0, 0, frame.width, frame.height);
  const web = createWeb(atlas);
  web.begin(scene, { ...frame, ratio: 1 }, dimmed);
  web.step(pen, Infinity);
  drawShelves(pen, atlas, scene, frame);
  drawSuggestions(pen, atlas, scene, frame, Infinity);
  drawTapers(pen, atlas, scene, frame, Infinity);
  drawMarks(pen, atlas, scene, frame, dimmed);
  drawRings(pen, atlas, scene, frame, view, false);
  writeLabels(pen, labels, scene.palette);
}

/**
 * @param {import("./svg.js").Pen} pen
 * @param {Atlas} atlas
 * @param {import("./scene.js").Scene} scene
 * @param {import("./camera.js").Frame} frame
 * @param {number} dimmed
 */
function drawMarks(pen, atlas, scene, frame, dimmed) {
  const { palette, tones, swatch, radii } = scene;
  for (const tone of [GHOST, PLAIN, LIT]) {
    pen.globalAlpha = tone === GHOST ? 0.16 : tone === PLAIN ? dimmed : 1;
    for (let at = atlas.count - 1; at >= 0; at--) {
      if (tones[at] !== tone || tones[at] === HIDDEN) continue;
      const x = atlas.x[at] * frame.k + frame.left;
      const y = atlas.y[at] * frame.k + frame.top;
      if (x < -50 || y < -50 || x > frame.width + 50 || y > frame.height + 50) continue;
      const radius = radii[at] * frame.grow * (tone === GHOST ? 0.7 : 1);
      const colour = palette.swatches[tone === GHOST ? NONE_SWATCH : swatch[at]];
      drawMark(pen, tone === GHOST ? 0 : atlas.status[at], x, y, radius, colour, palette.surface);
    }
  }
  pen.globalAlpha = 1;
}
