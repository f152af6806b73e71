import { cutStamp } from "./marks.js";
import { GHOST, HIDDEN, LIT, PLAIN } from "./scene.js";
import { NONE_SWATCH } from "./theme.js";

const SMALLEST_DOT = 0.8; // device pixels: a lone term stays visible however far away

/**
 * Discs as pixels, set by this script: without a graphics card a canvas needs ten times as long for 100,000 of them.
 * @returns {{ canvas: HTMLCanvasElement, paint: (atlas: Atlas, scene: import("./scene.js").Scene,
 *   frame: import("./camera.js").Frame, dimmed: number) => void }}
 */
export function createRaster() {
  const canvas = document.createElement("canvas");
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  /** @type {(import("./marks.js").Stamp | undefined)[][]} */
  const stamps = [[], [], [], [], []];
  let image = context.createImageData(1, 1);
  let pixels = new Uint32Array(image.data.buffer);

  /** @type {ReturnType<typeof createRaster>["paint"]} */
  function paint(atlas, scene, frame, dimmed) {
    const wide = Math.max(1, Math.round(frame.width * frame.ratio));
    const high = Math.max(1, Math.round(frame.height * frame.ratio));
    if (canvas.width !== wide || canvas.height !== high) resize(wide, high);
    pixels.fill(0);
    for (const lit of scene.hasLit ? [false, true] : [false]) paintTerms(atlas, scene, frame, dimmed, lit);
    context.putImageData(image, 0, 0);
  }

  /** @param {number} wide @param {number} high */
  function resize(wide, high) {
    canvas.width = wide;
    canvas.height = high;
    image = context.createImageData(wide, high);
    pixels = new Uint32Array(image.data.buffer);
  }

  /**
   * The most important terms come last and so lie on top.
   * @param {Atlas} atlas
   * @param {import("./scene.js").Scene} scene
   * @param {import("./camera.js").Frame} frame
   * @param {number} dimmed
   * @param {boolean} lit
   */
  function paintTerms(atlas, scene, frame, dimmed, lit) {
    const { x, y, status } = atlas;
    const { radii, tones, swatch, palette } = scene;
    const { ratio } = frame;
    const [scale, left, top] = [frame.k * ratio, frame.left * ratio, frame.top * ratio];
    for (let at = atlas.count - 1; at >= 0; at--) {
      const tone = tones[at];
      if (tone === HIDDEN || (tone === LIT) !== lit) continue;
      const across = Math.round(x[at] * scale + left);
      const down = Math.round(y[at] * scale + top);
      if (across < -99 || down < -99 || across > canvas.width + 99 || down > canvas.height + 99) continue;
      const radius = Math.max(SMALLEST_DOT, radii[at] * frame.grow * ratio * (tone === GHOST ? 0.7 : 1));
      const colour = palette.pixels[tone === GHOST ? NONE_SWATCH : swatch[at]];
      const strength = tone === PLAIN ? dimmed : tone === GHOST ? 0.16 : 1;
      const step = Math.round(radius * 2);
      const kind = tone === GHOST ? 0 : status[at];
      press((stamps[kind][step] ??= cutStamp(kind, step / 2)), across, down, colour, palette.paper, (strength * 256) | 0);
    }
  }

  /**
   * Blend a stamp in, with integers only.
   * @param {import("./marks.js").Stamp} stamp
   * @param {number} across
   * @param {number} down
   * @param {number} colour
   * @param {number} paper
   * @param {number} strength 0 to 256
   */
  function press({ reach, cover, ink }, across, down, colour, paper, strength) {
    const { width, height } = canvas;
    const side = 2 * reach + 1;
    const [fromX, toX] = [Math.max(0, across - reach), Math.min(width - 1, across + reach)];
    const toY = Math.min(height - 1, down + reach);
    for (let row = Math.max(0, down - reach); row <= toY; row++) {
      let spot = (row - down + reach) * side + fromX - across + reach;
      for (let to = row * width + fromX; to <= row * width + toX; to++, spot++) {
        const alpha = (cover[spot] * strength) >> 8;
        if (alpha === 0) continue;
        const share = ink[spot];
        const tint = share === 255 ? colour : share === 0 ? paper : blend(paper, colour, share);
        const under = pixels[to];
        const below = under >>> 24;
        pixels[to] =
          alpha >= 254 ? tint | 0xff000000
          : below === 0 ? (tint & 0xffffff) | (alpha << 24)
          : (blend(under, tint, alpha) & 0xffffff) | ((below + (((255 - below) * alpha) >> 8)) << 24);
      }
    }
  }

  return { canvas, paint };
}

/**
 * Two colours mixed, `share` of 255 of the second; red and blue are computed at once.
 * @param {number} one
 * @param {number} other
 * @param {number} share
 */
function blend(one, other, share) {
  const rest = 256 - share;
  const redBlue = (((other & 0xff00ff) * share + (one & 0xff00ff) * rest) >>> 8) & 0xff00ff;
  return redBlue | ((((other & 0xff00) * share + (one & 0xff00) * rest) >>> 8) & 0xff00);
}
