/**
 * What lies over the discs: frames of shelves, and rings around what is selected, hovered or has the focus.
 * @typedef {import("./svg.js").Pen} Pen
 * @typedef {import("./scene.js").Scene} Scene
 * @typedef {import("./camera.js").Frame} Frame
 */

/**
 * @param {Pen} pen
 * @param {Atlas} atlas
 * @param {Scene} scene
 * @param {Frame} frame
 */
export function drawShelves(pen, atlas, scene, frame) {
  pen.strokeStyle = scene.palette.line;
  pen.lineWidth = 1;
  for (const shelf of atlas.shelves) {
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
 * @param {Atlas} atlas
 * @param {Scene} scene
 * @param {Frame} frame
 * @param {View} view
 * @param {boolean} hasFocus
 */
export function drawRings(pen, atlas, scene, frame, view, hasFocus) {
  const { accent, ink, surface } = scene.palette;
  if (view.hovered >= 0 && view.hovered !== view.selected) drawCircle(pen, atlas, scene, frame, view.hovered, 2, 1.5, ink);
  if (view.selected < 0) return;
  drawCircle(pen, atlas, scene, frame, view.selected, 3, 5, surface);
  drawCircle(pen, atlas, scene, frame, view.selected, 3, 2.5, accent);
  if (hasFocus) drawCircle(pen, atlas, scene, frame, view.selected, 7.5, 2, accent);
}

/**
 * @param {Pen} pen
 * @param {Atlas} atlas
 * @param {Scene} scene
 * @param {Frame} frame
 * @param {number} index
 * @param {number} gap
 * @param {number} width
 * @param {string} colour
 */
function drawCircle(pen, atlas, scene, frame, index, gap, width, colour) {
  if (index >= atlas.count) return;
  const x = atlas.x[index] * frame.k + frame.left;
  const y = atlas.y[index] * frame.k + frame.top;
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.beginPath();
  pen.arc(x, y, scene.radii[index] * frame.grow + gap, 0, 2 * Math.PI);
  pen.stroke();
}

/**
 * Suggested links as dotted lines, the likeliest first.
 * @param {Pen} pen
 * @param {Atlas} atlas
 * @param {Scene} scene
 * @param {Frame} frame
 * @param {number} most
 */
export function drawSuggestions(pen, atlas, scene, frame, most) {
  if (scene.lens !== "suggested" || !atlas.suggestions) return;
  const { source, target } = atlas.suggestions;
  pen.strokeStyle = scene.palette.accent;
  pen.lineWidth = 1.5;
  pen.globalAlpha = 0.8;
  pen.setLineDash([1.5, 3.5]);
  pen.beginPath();
  for (let at = 0; at < Math.min(most, source.length); at++) {
    pen.moveTo(atlas.x[source[at]] * frame.k + frame.left, atlas.y[source[at]] * frame.k + frame.top);
    pen.lineTo(atlas.x[target[at]] * frame.k + frame.left, atlas.y[target[at]] * frame.k + frame.top);
  }
  pen.stroke();
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}
