import { network } from "./network_terms.js";
import { colours } from "./network_theme.js";

/** The radius of a term's disc, which stays visible from afar. @param {Term} each */
export function radius(each, scale = network.getScale()) {
  return Math.max(each.size, 2.4 / scale);
}

/** Draw a disc; status is told by shape: dashed ring, ring with a gap, bar. @param {Canvas} ctx @param {Term} each */
export function drawTerm(ctx, each) {
  const scale = network.getScale();
  const r = radius(each, scale);
  const small = r * scale < 3.5; // rings would only blur
  if (each.status === "wanted") drawHollow(ctx, each, r, scale, small);
  else drawFull(ctx, each, r, scale, small);
  if (small) return;
  if (each.status === "dead-end") drawBar(ctx, each, r);
  if (each.status === "orphan") drawRing(ctx, each, r, [0], 1.56);
  if (each.status === "isolated") drawRing(ctx, each, r, [0, Math.PI], 0.56);
}

/** @param {Canvas} ctx @param {Term} each @param {number} r @param {number} scale @param {boolean} small */
function drawHollow(ctx, each, r, scale, small) {
  trace(ctx, each, r);
  ctx.fillStyle = colours.panel;
  ctx.fill();
  ctx.lineWidth = Math.max(1.6, 1.3 / scale);
  ctx.strokeStyle = colours[each.token];
  if (!small) ctx.setLineDash([r * 0.5, r * 0.36]);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** @param {Canvas} ctx @param {Term} each @param {number} r @param {number} scale @param {boolean} small */
function drawFull(ctx, each, r, scale, small) {
  const ringed = each.status === "orphan" || each.status === "isolated";
  trace(ctx, each, ringed && !small ? r * 0.72 : r);
  ctx.fillStyle = colours[each.token];
  ctx.fill();
  ctx.lineWidth = Math.max(1, 0.8 / scale);
  ctx.strokeStyle = colours.panel;
  ctx.stroke();
}

/** @param {Canvas} ctx @param {Place} at @param {number} r */
function trace(ctx, { x, y }, r) {
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
}

/** @param {Canvas} ctx @param {Place} at @param {number} r */
function drawBar(ctx, { x, y }, r) {
  ctx.beginPath();
  ctx.moveTo(x - r * 0.6, y);
  ctx.lineTo(x + r * 0.6, y);
  ctx.lineWidth = r * 0.36;
  ctx.strokeStyle = colours.panel;
  ctx.stroke();
}

/** Draw arcs around a disc, each so many times π long. @param {Canvas} ctx @param {Term} each @param {number} r @param {number[]} starts @param {number} long */
function drawRing(ctx, { x, y, token }, r, starts, long) {
  ctx.lineWidth = Math.max(1.2, r * 0.18);
  ctx.strokeStyle = colours[token];
  for (const start of starts) {
    ctx.beginPath();
    ctx.arc(x, y, r * 1.16, 0.7 + start, 0.7 + start + long * Math.PI);
    ctx.stroke();
  }
}

/** Draw a ring in the accent around a disc. @param {Canvas} ctx @param {Term} each */
export function drawHalo(ctx, each) {
  const scale = network.getScale();
  ctx.beginPath();
  ctx.arc(each.x, each.y, radius(each, scale) + 3 / scale, 0, 2 * Math.PI);
  ctx.lineWidth = 2 / scale;
  ctx.strokeStyle = colours.accent;
  ctx.stroke();
}
