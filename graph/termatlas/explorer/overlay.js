import { across, down, radiusOf } from "./scene.js";

/**
 * Frames of shelves, suggested links, and rings around what is selected, hovered or has the focus.
 * @typedef {import("./svg.js").Pen} Pen
 * @typedef {import("./scene.js").Scene} Scene
 */

/**
 * @param {Pen} pen
 * @param {Scene} scene
 */
export function drawShelves(pen, { atlas, frame, palette, view }) {
  pen.strokeStyle = palette.line;
  pen.lineWidth = 1;
  for (const shelf of view.around ? [] : atlas.shelves) {
    if (!shelf.count) continue;
    const left = Math.round(shelf.x * frame.k + frame.left) - 6.5;
    const top = Math.round(shelf.y * frame.k + frame.top) - 6.5;
    const right = left + Math.round(shelf.width * frame.k) + 13;
    const bottom = top + Math.round(shelf.height * frame.k) + 13;
    pen.beginPath();
    pen.moveTo(left, top);
    for (const [x, y] of [[right, top], [right, bottom], [left, bottom], [left, top]]) pen.lineTo(x, y);
    pen.stroke();
  }
}

/**
 * @param {Pen} pen
 * @param {Scene} scene
 * @param {boolean} hasFocus
 */
export function drawRings(pen, scene, hasFocus) {
  const { hovered, selected } = scene.view;
  const { accent, ink, surface } = scene.palette;
  if (hovered !== selected) drawCircle(pen, scene, hovered, 2, 1.5, ink);
  drawCircle(pen, scene, selected, 3, 5, surface);
  drawCircle(pen, scene, selected, 3, 2.5, accent);
  if (hasFocus) drawCircle(pen, scene, selected, 7.5, 2, accent);
}

/**
 * @param {Pen} pen
 * @param {Scene} scene
 * @param {number} index
 * @param {number} gap
 * @param {number} width
 * @param {string} colour
 */
function drawCircle(pen, scene, index, gap, width, colour) {
  if (index < 0 || index >= scene.atlas.count) return;
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.beginPath();
  pen.arc(across(scene, index), down(scene, index), radiusOf(scene, index) + gap, 0, 2 * Math.PI);
  pen.stroke();
}

/**
 * Suggested links as dotted lines, the likeliest first.
 * @param {Pen} pen
 * @param {Scene} scene
 * @param {number} most
 */
export function drawSuggestions(pen, scene, most) {
  const { source, target } = (scene.view.lens === "suggested" && scene.atlas.suggestions) || { source: [], target: [] };
  if (!source.length) return;
  pen.strokeStyle = scene.palette.accent;
  pen.lineWidth = 1.5;
  pen.globalAlpha = 0.8;
  pen.setLineDash([1.5, 3.5]);
  pen.beginPath();
  for (let at = 0; at < Math.min(most, source.length); at++) {
    pen.moveTo(across(scene, source[at]), down(scene, source[at]));
    pen.lineTo(across(scene, target[at]), down(scene, target[at]));
  }
  pen.stroke();
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}
