import { emptyFrame } from "./camera.js";
import { createWeb } from "./edges.js";

/**
 * The web of links as a picture: while the map moves, the picture moves with it; at rest a new one is drawn behind it
 * and then takes its place.
 * @typedef {{ canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, frame: import("./camera.js").Frame }} Sheet
 * @typedef {import("./scene.js").Scene} Scene
 */
const SLICE = 8; // milliseconds

/** @param {Atlas} atlas */
export function createWebCanvas(atlas) {
  const web = createWeb(atlas);
  let front = newSheet();
  let back = newSheet();
  let isDrawing = false;

  return {
    /** @param {Scene} scene */
    start(scene) {
      const { frame } = scene;
      Object.assign(back.frame, frame);
      back.canvas.width = Math.round(frame.width * frame.ratio); // which also clears it
      back.canvas.height = Math.round(frame.height * frame.ratio);
      back.context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
      web.begin(scene);
      isDrawing = true;
    },
    /** Draw a slice; true if there is more to draw. */
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
    /** Drop the picture: it shows other links. */
    forget() {
      isDrawing = false;
      front.frame.width = 0;
    },
    /** @param {CanvasRenderingContext2D} context in device pixels @param {Scene} scene @param {number} alpha */
    draw(context, { frame }, alpha) {
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
 * @param {CanvasRenderingContext2D} context
 * @param {Sheet} sheet
 * @param {import("./camera.js").Frame} frame
 */
function drawSheet(context, sheet, frame) {
  const scale = frame.k / sheet.frame.k;
  if (scale > 6 || scale < 1 / 6) return; // no more than a smear
  const stretch = (scale * frame.ratio) / sheet.frame.ratio;
  const x = Math.round((frame.left - sheet.frame.left * scale) * frame.ratio);
  const y = Math.round((frame.top - sheet.frame.top * scale) * frame.ratio);
  if (stretch === 1) context.drawImage(sheet.canvas, x, y); // much faster than with a size
  else context.drawImage(sheet.canvas, x, y, sheet.canvas.width * stretch, sheet.canvas.height * stretch);
}
