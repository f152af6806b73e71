import { radius } from "./network_discs.js";
import { links, linksIn, linksOut, network, termOf } from "./network_terms.js";
import { colours, isDark } from "./network_theme.js";

const lines = new Path2D();
for (const { from, to } of links) {
  lines.moveTo(termOf(from).x, termOf(from).y);
  lines.lineTo(termOf(to).x, termOf(to).y);
}

/** Draw all links as thin lines: the more there are, the fainter. @param {Canvas} ctx */
export function drawAllLinks(ctx) {
  ctx.globalAlpha = Math.min(0.5, Math.max(0.1, 14 / Math.sqrt(links.length * 4 + 1)) * (isDark() ? 1.2 : 1));
  ctx.strokeStyle = colours.control;
  ctx.lineWidth = 0.8 / network.getScale();
  ctx.stroke(lines);
  ctx.globalAlpha = 1;
}

/** Draw the links of a term as tapers: those out of it in the accent. @param {Canvas} ctx @param {Term} each */
export function drawLinks(ctx, each) {
  const scale = network.getScale();
  const faint = Math.min(1, 5 / Math.sqrt(linksOut(each).length + linksIn(each).length)); // or a hub would be a blot
  ctx.globalAlpha = 0.4 * faint;
  ctx.fillStyle = colours.ink;
  for (const { id } of linksIn(each)) drawTaper(ctx, termOf(id), each, scale, faint);
  ctx.globalAlpha = 0.75 * Math.sqrt(faint);
  ctx.fillStyle = colours.accent;
  for (const { id } of linksOut(each)) drawTaper(ctx, each, termOf(id), scale, faint);
  ctx.globalAlpha = 1;
}

/** Draw a taper: wide where the link starts, pointed where it leads. @param {Canvas} ctx @param {Term} from @param {Term} to @param {number} scale @param {number} thin */
function drawTaper(ctx, from, to, scale, thin) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const reach = Math.max(0, length - radius(to, scale)) / length;
  const wide = (thin * Math.min(5, Math.max(1.4, 2.6 / scale, from.size / 5))) / length;
  ctx.beginPath();
  ctx.moveTo(from.x - dy * wide, from.y + dx * wide);
  ctx.lineTo(from.x + dx * reach, from.y + dy * reach);
  ctx.lineTo(from.x + dy * wide, from.y - dx * wide);
  ctx.fill();
}
