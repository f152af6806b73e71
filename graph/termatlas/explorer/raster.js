import { cutStamp } from "./marks.js";
import { GHOST, HIDDEN, LIT, strengthOf } from "./scene.js";
import { NONE_SWATCH } from "./theme.js";

const SMALLEST_DOT = 0.8; // device pixels: a lone term stays visible however far away
const BEYOND = 99; // device pixels: so far may the middle of a disc lie off the screen

/**
 * Discs as pixels, set by this script: without a graphics card a canvas needs ten times as long for 100,000 of them.
 */
export function createRaster() {
  const canvas = document.createElement("canvas");
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const stamps = /** @type {(import("./marks.js").Stamp | undefined)[][]} */ ([[], [], [], [], []]);
  let image = context.createImageData(1, 1);
  let pixels = new Uint32Array(image.data.buffer);
  let [width, height] = [0, 0];

  /** @param {import("./scene.js").Scene} scene */
  function paint(scene) {
    resize(Math.round(scene.frame.width * scene.frame.ratio), Math.round(scene.frame.height * scene.frame.ratio));
    pixels.fill(0);
    paintTerms(scene, false);
    if (scene.forced.length) paintTerms(scene, true);
    context.putImageData(image, 0, 0);
  }

  /** @param {number} wide @param {number} high */
  function resize(wide, high) {
    if (width === wide && height === high) return;
    [canvas.width, canvas.height] = [width, height] = [wide, high];
    image = context.createImageData(wide, high);
    pixels = new Uint32Array(image.data.buffer);
  }

  /**
   * The most important terms come last and so lie on top.
   * @param {import("./scene.js").Scene} scene
   * @param {boolean} lit
   */
  function paintTerms(scene, lit) {
    const { atlas, frame, radii, tones, swatch, palette } = scene;
    const { x, y, status } = atlas;
    const [k, left, top, grow] = [frame.k, frame.left, frame.top, frame.grow].map((value) => value * frame.ratio);
    for (let at = atlas.count - 1; at >= 0; at--) {
      const tone = tones[at];
      if (tone === HIDDEN || (tone === LIT) !== lit) continue;
      const column = Math.round(x[at] * k + left);
      const row = Math.round(y[at] * k + top);
      if (column < -BEYOND || row < -BEYOND || column > width + BEYOND || row > height + BEYOND) continue;
      const isGhost = tone === GHOST;
      const kind = isGhost ? 0 : status[at];
      const step = Math.round(Math.max(SMALLEST_DOT, radii[at] * grow * (isGhost ? 0.7 : 1)) * 2);
      const stamp = (stamps[kind][step] ??= cutStamp(kind, step / 2));
      press(stamp, column, row, palette.pixels[isGhost ? NONE_SWATCH : swatch[at]], palette.paper, (strengthOf(scene, at) * 256) | 0);
    }
  }

  /**
   * Blend a stamp in, with integers only.
   * @param {import("./marks.js").Stamp} stamp
   * @param {number} column of its middle
   * @param {number} row
   * @param {number} colour
   * @param {number} paper
   * @param {number} strength 0 to 256
   */
  function press({ reach, cover, ink }, column, row, colour, paper, strength) {
    const side = 2 * reach + 1;
    const fromX = Math.max(0, column - reach);
    const toX = Math.min(width - 1, column + reach);
    const toY = Math.min(height - 1, row + reach);
    for (let y = Math.max(0, row - reach); y <= toY; y++) {
      let spot = (y - row + reach) * side + fromX - column + reach;
      for (let to = y * width + fromX; to <= y * width + toX; to++, spot++) {
        const alpha = (cover[spot] * strength) >> 8;
        if (alpha === 0) continue;
        const share = ink[spot];
        const tint = share === 255 ? colour : share === 0 ? paper : blend(paper, colour, share);
        const under = pixels[to];
        const below = under >>> 24;
        if (alpha >= 254) pixels[to] = tint | 0xff000000;
        else if (below === 0) pixels[to] = (tint & 0xffffff) | (alpha << 24);
        else pixels[to] = blend(under, tint, alpha) | ((below + (((255 - below) * alpha) >> 8)) << 24);
      }
    }
  }

  return { canvas, paint };
}

/**
 * Two colours mixed, `share` of 255 of the second, without alpha; red and blue are computed at once.
 * @param {number} one
 * @param {number} other
 * @param {number} share
 */
function blend(one, other, share) {
  const rest = 256 - share;
  const redBlue = (((other & 0xff00ff) * share + (one & 0xff00ff) * rest) >>> 8) & 0xff00ff;
  return redBlue | ((((other & 0xff00) * share + (one & 0xff00) * rest) >>> 8) & 0xff00);
}
