import { boxes } from "./network_boxes.js";
import { nearness } from "./network_camera.js";
import { chosen } from "./network_chosen.js";
import { radius } from "./network_discs.js";
import { root } from "./network_dom.js";
import { network, terms } from "./network_terms.js";
import { colours } from "./network_theme.js";
import { short } from "./network_words.js";

const widths = /** @type {Map<string, { text: string, width: number }>} */ (new Map());

/**
 * Write names so that none lies on another; the most central come first, more of them the nearer one is.
 * @param {Canvas} ctx @param {Term[]} first the terms that stand out, if some do: no other is named
 */
export function drawLabels(ctx, first) {
  const { width, height } = ctx.canvas.getBoundingClientRect();
  const spread = 24 * nearness() ** 2 * Math.min(1, width / 700);
  const most = first.length ? 60 : Math.min(140, Math.round(spread));
  const asked = new Set([...(chosen.hovered ? [chosen.hovered] : []), ...(first.length ? first : terms)]);
  write(ctx, place(ctx, asked, most, discsWithin(width, height), width));
}

/** The discs in the map's frame, in its pixels. @param {number} width @param {number} height */
function discsWithin(width, height) {
  const scale = network.getScale();
  const corner = network.DOMtoCanvas({ x: 0, y: 0 });
  const discs = /** @type {Map<Term, Disc>} */ (new Map());
  for (const each of terms) {
    const [x, y] = [(each.x - corner.x) * scale, (each.y - corner.y) * scale];
    if (x >= 0 && y >= 0 && x <= width && y <= height) discs.set(each, { x, y, r: radius(each, scale) * scale });
  }
  return discs;
}

/** Find a place for each label. @param {Canvas} ctx @param {Set<Term>} asked @param {number} most @param {Map<Term, Disc>} discs @param {number} width */
function place(ctx, asked, most, discs, width) {
  const labels = boxes();
  const large = boxes();
  for (const { x, y, r } of discs.values()) if (r > 6) large.add([x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8]);
  const placed = /** @type {{ each: Term, text: string, box: Box }[]} */ ([]);
  for (const each of asked) {
    const disc = discs.get(each);
    if (!disc || placed.length >= most) continue;
    const { text, width: wide } = label(ctx, each);
    const free = spots(disc, wide).filter((box) => box[0] > 0 && box[2] < width && labels.isFree(box));
    const worthIt = placed.length < most / 3 + 4 || each === chosen.hovered || each === chosen.selected;
    const box = free.find(large.isFree) ?? (worthIt ? free[0] : undefined); // the most central may cover a disc
    if (!box) continue;
    labels.add(box);
    placed.push({ each, text, box });
  }
  return placed;
}

/** The boxes for a label below its disc, above it, to the right and to the left. @param {Disc} disc @param {number} wide @returns {Box[]} */
function spots({ x, y, r }, wide) {
  const corners = [[x - wide / 2, y + r + 3], [x - wide / 2, y - r - 19], [x + r + 5, y - 8], [x - r - wide - 5, y - 8]];
  return corners.map(([left, top]) => [left - 4, top - 1, left + wide + 4, top + 17]);
}

/** @param {Canvas} ctx @param {{ each: Term, text: string, box: Box }[]} placed */
function write(ctx, placed) {
  ctx.save();
  ctx.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  ctx.textBaseline = "top";
  ctx.textAlign = "left";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3.5;
  for (const { each, text, box } of placed) {
    ctx.font = font(each);
    ctx.strokeStyle = colours.panel;
    ctx.strokeText(text, box[0] + 4, box[1] + 2);
    ctx.fillStyle = each.status === "wanted" ? colours.muted : colours.ink;
    ctx.fillText(text, box[0] + 4, box[1] + 2);
  }
  ctx.restore();
  root.dataset.labels = String(placed.length);
}

/** @param {Canvas} ctx @param {Term} each */
function label(ctx, each) {
  const known = widths.get(each.id);
  if (known) return known;
  const text = short(each.name.replace(/\s+/g, " "), 32);
  ctx.font = font(each);
  const made = { text, width: ctx.measureText(text).width };
  widths.set(each.id, made);
  return made;
}

/** @param {Term} each */
function font(each) {
  return `${each.size > 15 ? "600 13px" : "400 12px"} system-ui, sans-serif`;
}
