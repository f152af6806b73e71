/**
 * What the map draws with: a canvas, or a pen that writes SVG, so that both pictures come from the same lines.
 * @typedef {Pick<CanvasRenderingContext2D, "fillStyle" | "strokeStyle" | "globalAlpha" | "lineWidth" | "lineCap" |
 *   "lineJoin" | "font" | "beginPath" | "moveTo" | "lineTo" | "arc" | "fill" | "stroke" | "fillRect" | "setLineDash" |
 *   "fillText" | "strokeText">} Pen
 */

const MARKUP = /** @type {Record<string, string>} */ ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" });

/**
 * Text as XML allows it: no markup, no control characters, no half of a surrogate pair.
 * @param {string} text
 */
export function xmlText(text) {
  // eslint-disable-next-line no-control-regex
  const legal = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, "\ufffd");
  return legal.replace(/[&<>"]/g, (sign) => MARKUP[sign]);
}

/** @param {number} value */
function short(value) {
  return String(+value.toFixed(1));
}

/**
 * A pen that writes SVG; `finish` gives the document, with its title.
 * @param {number} width
 * @param {number} height
 * @returns {Pen & { finish: (title: string) => string }}
 */
export function svgPen(width, height) {
  /** @type {string[]} */
  const parts = [];
  let path = "";
  let dash = "";
  let halo = "";
  const opacity = () => (pen.globalAlpha < 1 ? ` opacity="${+pen.globalAlpha.toFixed(3)}"` : "");
  const outline = () => `stroke="${pen.strokeStyle}" stroke-width="${short(pen.lineWidth)}"${dash}`;
  const pen = {
    fillStyle: /** @type {string | CanvasGradient | CanvasPattern} */ ("#000"),
    strokeStyle: /** @type {string | CanvasGradient | CanvasPattern} */ ("#000"),
    globalAlpha: 1,
    lineWidth: 1,
    lineCap: /** @type {CanvasLineCap} */ ("butt"),
    lineJoin: /** @type {CanvasLineJoin} */ ("round"),
    font: "",
    beginPath() {
      path = "";
    },
    /** @type {CanvasRenderingContext2D["moveTo"]} */
    moveTo(x, y) {
      path += `M${short(x)} ${short(y)}`;
    },
    /** @type {CanvasRenderingContext2D["lineTo"]} */
    lineTo(x, y) {
      path += `L${short(x)} ${short(y)}`;
    },
    /** @type {CanvasRenderingContext2D["arc"]} */
    arc(x, y, radius, start, end) {
      const half = (start + end) / 2; // SVG cannot draw a whole circle in one arc
      const to = (/** @type {number} */ turn) => `${short(x + radius * Math.cos(turn))} ${short(y + radius * Math.sin(turn))}`;
      const bow = (/** @type {number} */ turn) => `A${short(radius)} ${short(radius)} 0 0 1 ${to(turn)}`;
      path += `M${to(start)}${bow(half)}${bow(end)}`;
    },
    fill() {
      parts.push(`<path d="${path}" fill="${pen.fillStyle}"${opacity()}/>`);
    },
    stroke() {
      parts.push(`<path d="${path}" fill="none" ${outline()}${opacity()}/>`);
    },
    /** @type {CanvasRenderingContext2D["fillRect"]} */
    fillRect(x, y, wide, high) {
      const place = `x="${short(x)}" y="${short(y)}" width="${short(wide)}" height="${short(high)}"`;
      parts.push(`<rect ${place} fill="${pen.fillStyle}"${opacity()}/>`);
    },
    /** @param {Iterable<number>} lengths */
    setLineDash(lengths) {
      const text = Array.from(lengths, short).join(" ");
      dash = text && ` stroke-dasharray="${text}"`;
    },
    strokeText() {
      halo = ` paint-order="stroke" stroke-linejoin="round" ${outline()}`;
    },
    /** @type {CanvasRenderingContext2D["fillText"]} */
    fillText(text, x, y) {
      const font = xmlText(`font: ${pen.font}`);
      const place = `x="${short(x)}" y="${short(y)}" style="${font}"`;
      parts.push(`<text ${place} fill="${pen.fillStyle}"${halo}${opacity()}>${xmlText(text)}</text>`);
      halo = "";
    },
    /** @param {string} title */
    finish(title) {
      const size = `width="${short(width)}" height="${short(height)}" viewBox="0 0 ${short(width)} ${short(height)}"`;
      return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img"><title>${xmlText(title)}</title>\n${parts.join("\n")}\n</svg>`;
    },
  };
  return pen;
}
