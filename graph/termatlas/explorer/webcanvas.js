import { emptyFrame } from "./camera.js";
import { createWeb } from "./edges.js";

/**
 * The web of links as a picture: while the map moves, the picture moves with it; at rest a new one is drawn behind it
 * and then takes its place.
 * @typedef {{ canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, frame: import("./camera.js").Frame }} Sheet
 */
const SLICE = 8; // milliseconds

/** @param {Atlas} atlas */
export function createWebCanvas(atlas) {
  const web = createWeb(atlas);
  let front = newSheet();
  let back = newSheet();
  let isDrawing = false;

  return {
    /** @param {import("./scene.js").Scene} scene @param {import("./camera.js").Frame} frame */
    start(scene, frame) {
      Object.assign(back.frame, frame);
      back.canvas.width = Math.max(1, Math.round(frame.width * frame.ratio)); // which also clears it
      back.canvas.height = Math.max(1, Math.round(frame.height * frame.ratio));
      back.context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
      web.begin(scene, back.frame);
      isDrawing = true;
    },
    /** Draw a slice; false when nothing is left to draw. */
    step() {
      if (isDrawing && web.step(back.context, performance.now() + SLICE)) {
        isDrawing = false;
        [front, back] = [back, front];
      }
      return isDrawing;
    },
    stop() {
      isDrawing = false;
    },
    /** Forget the picture: other links are shown. */
    forget() {
      isDrawing = false;
      front.frame.width = 0;
    },
    /** @param {CanvasRenderingContext2D} context @param {import("./camera.js").Frame} frame @param {number} alpha */
    draw(context, frame, alpha) {
      context.globalAlpha = alpha;
      if (front.frame.width) drawSheet(context, front, frame);
      else if (isDrawing) drawSheet(context, back, frame);
      context.globalAlpha = 1;
    },
  };
}

/** @returns {Sheet} */
function newSheet() {
  const canvas = document.createElement("canvas");
  return { canvas, context: /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")), frame: emptyFrame() };
}

/**
 * @param {CanvasRenderingContext2D} context in device pixels
 * @param {Sheet} sheet
 * @param {import("./camera.js").Frame} frame
 */
function drawSheet(context, sheet, frame) {
  const scale = frame.k / sheet.frame.k;
  if (scale > 6 || scale < 1 / 6) return; // no more than a smear
  const stretch = (scale * frame.ratio) / sheet.frame.ratio;
  const x = Math.round((frame.left - sheet.frame.left * scale) * frame.ratio);
  const y = Math.round((frame.top - sheet.frame.top * scale) * frame.ratio);
  if (stretch === 1) context.drawImage(sheet.canvas, x, y);
  else context.drawImage(sheet.canvas, x, y, sheet.canvas.width * stretch, sheet.canvas.height * stretch);
}
