import { chosen } from "./network_chosen.js";
import { drawHalo, drawTerm } from "./network_discs.js";
import { drawLabels } from "./network_labels.js";
import { drawAllLinks, drawLinks } from "./network_links.js";
import { around, network, termOf, terms } from "./network_terms.js";
import { colours } from "./network_theme.js";

/** Draw everything that vis-network would, in our own way. */
export function createDrawing() {
  network.on("beforeDrawing", drawAllLinks);
  network.on("afterDrawing", (ctx) => {
    const first = drawChosen(ctx);
    const { selected, hovered } = chosen;
    if (hovered && hovered !== selected) {
      drawLinks(ctx, hovered);
      for (const each of [...around(hovered), hovered]) drawTerm(ctx, each);
    }
    for (const each of [selected, hovered]) if (each) drawHalo(ctx, each);
    drawLabels(ctx, first);
  });
  network.setOptions({ nodes: { shape: "custom", ctxRenderer: drawNode } });
}

/** Draw over a veil the terms that stand out; give them. @param {Canvas} ctx */
function drawChosen(ctx) {
  const { selected, shown } = chosen;
  /** @type {Term[]} */
  let first = [];
  if (shown) {
    first = termsOf(shown);
    veil(ctx);
    for (const each of [...first].reverse()) drawTerm(ctx, each);
  }
  if (selected) {
    veil(ctx);
    drawLinks(ctx, selected);
    first = [selected, ...around(selected)];
    for (const each of [...first].reverse()) drawTerm(ctx, each);
  }
  return first;
}

/** The terms of a button of the legend. @param {HTMLElement} button */
function termsOf({ dataset: { token, status } }) {
  return terms.filter((each) => (token ? each.token === token : each.status === status));
}

/** @param {Canvas} ctx */
function veil(ctx) {
  const scale = network.getScale();
  const corner = network.DOMtoCanvas({ x: 0, y: 0 });
  const { width, height } = ctx.canvas.getBoundingClientRect();
  ctx.globalAlpha = 0.78;
  ctx.fillStyle = colours.panel;
  ctx.fillRect(corner.x, corner.y, width / scale, height / scale);
  ctx.globalAlpha = 1;
}

/** What vis-network asks for to draw a node of the shape "custom". @param {{ ctx: Canvas, id: string }} node */
function drawNode({ ctx, id }) {
  const each = termOf(id);
  return { drawNode: () => drawTerm(ctx, each), nodeDimensions: { width: 2 * each.size, height: 2 * each.size } };
}
