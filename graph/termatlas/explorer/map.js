import { aim, boxAround, emptyFrame, isAimedAt } from "./camera.js";
import { createCameraman } from "./cameraman.js";
import { categoryCaptions } from "./captions.js";
import { createLabels, labelAt, writeLabels } from "./labels.js";
import { drawRings, drawShelves, drawSuggestions } from "./overlay.js";
import { gridOf, neighbourTowards, termAt } from "./picking.js";
import { picturePng, pictureSvg } from "./picture.js";
import { listenToPointers } from "./pointer.js";
import { createRaster } from "./raster.js";
import { fillRadii, fillSwatches, light } from "./scene.js";
import { drawTapers } from "./tapers.js";
import { readPalette } from "./theme.js";
import { createWebCanvas } from "./webcanvas.js";

/**
 * The map on its canvas: draws what the store's view says, and tells the store what the pointer does.
 * @typedef {{ paths: () => number[][], visible: () => Uint8Array, reducedMotion: () => boolean }} MapOptions
 * @typedef {{ redraw: () => void, fit: (indices?: number[]) => void, flyTo: (index: number) => void,
 *   zoomBy: (factor: number) => void, nearest: (index: number, dx: number, dy: number) => number,
 *   toPng: () => Promise<Blob>, toSvg: () => string, destroy: () => void }} TermMap
 */
const REST = 120; // milliseconds without a move, after which links are drawn anew
const FADE_TIME = 140;
const DIM_GLANCE = 0.14;
const DIM_SELECTED = 0.3;
const MOST_PIXELS = 9e6;
const TAPERS_MOVING = 300;
const REACH = 5;
const REACH_TOUCH = 16;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Atlas} atlas
 * @param {Store} store
 * @param {MapOptions} options
 * @returns {TermMap}
 */
export function createMap(canvas, atlas, store, options) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
  const closing = new AbortController();
  const { signal } = closing;
  const screen = { width: 0, height: 0, ratio: 1 };
  const frame = emptyFrame();
  const box = boxAround(atlas);
  const man = createCameraman(box, screen, options.reducedMotion);
  const raster = createRaster();
  const web = createWebCanvas(atlas);
  const labels = createLabels(atlas, context);
  const captions = categoryCaptions(atlas, box);
  /** @type {import("./scene.js").Scene} */
  const scene = {
    radii: new Float32Array(atlas.count), tones: new Uint8Array(atlas.count), swatch: new Uint8Array(atlas.count),
    palette: readPalette(document.documentElement), lens: "", hasLit: false, links: [], forced: [],
  };
  let shown = new Uint8Array(0);
  let grid = /** @type {import("./picking.js").Grid | null} */ (null);
  let sent = /** @type {View["camera"]} */ (null); // the camera that this map itself told the store
  let [isWhole, isHeld, isStale, isWebStale, isMoving] = [true, false, true, true, false];
  let [dimmed, dimFrom, dimGoal, dimStarted] = [1, 1, 1, 0];
  let [lastMove, composed, request, rest] = [-1e9, 0, 0, 0];

  function ask() {
    request ||= requestAnimationFrame(tick);
  }

  /** @param {number} now */
  function tick(now) {
    request = 0;
    if (!screen.width || !screen.height) return;
    man.advance(now);
    const moved = move(now);
    const isFading = fade(now);
    const isChanged = moved || isFading || isStale;
    if (isChanged) raster.paint(atlas, scene, frame, dimmed);
    if (isMoving) web.stop();
    else if (isWebStale) startWeb();
    const isDrawing = !isMoving && web.step();
    if (isChanged || !isDrawing || now - composed > 80) compose(now, isChanged);
    isStale = false;
    if (isDrawing || dimmed !== dimGoal || man.isUnderWay()) ask();
    if (isMoving && !man.isUnderWay()) waitForRest();
  }

  /** @param {number} now */
  function move(now) {
    const moved = frame.width !== screen.width || frame.height !== screen.height || !isAimedAt(man.camera(), frame);
    if (moved) {
      aim(frame, man.camera(), screen);
      lastMove = now;
      isWebStale = true;
    }
    const wasMoving = isMoving;
    isMoving = composed > 0 && (isHeld || man.isUnderWay() || now - lastMove < REST);
    if (wasMoving && !isMoving) tellCamera();
    return moved;
  }

  function waitForRest() {
    clearTimeout(rest);
    rest = window.setTimeout(ask, REST);
  }

  function tellCamera() {
    const { x, y, k } = man.camera();
    sent = isWhole ? null : { x: +x.toFixed(1), y: +y.toFixed(1), k: +k.toPrecision(4) };
    store.set({ camera: sent }, { history: false });
  }

  /** @param {number} now */
  function fade(now) {
    if (dimmed === dimGoal) return false;
    const part = options.reducedMotion() ? 1 : Math.min(1, Math.max(0, now - dimStarted) / FADE_TIME);
    dimmed = part === 1 ? dimGoal : dimFrom + (dimGoal - dimFrom) * part;
    return true;
  }

  function startWeb() {
    isWebStale = false;
    web.start(scene, frame);
  }

  /** @param {number} now @param {boolean} isChanged */
  function compose(now, isChanged) {
    const view = store.get();
    const most = isMoving ? TAPERS_MOVING : Infinity;
    composed = now;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = scene.palette.surface;
    context.fillRect(0, 0, canvas.width, canvas.height);
    web.draw(context, frame, scene.lens === "suggested" ? dimmed * 0.5 : dimmed);
    context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
    drawShelves(context, atlas, scene, frame);
    drawSuggestions(context, atlas, scene, frame, most);
    drawTapers(context, atlas, scene, frame, most);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(raster.canvas, 0, 0);
    context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
    drawRings(context, atlas, scene, frame, view, canvas.matches(":focus-visible"));
    if (isChanged) placeLabels(view);
    writeLabels(context, labels.placed, scene.palette);
  }

  /** @param {View} view */
  function placeLabels(view) {
    const hasNames = scene.lens !== "islands" && scene.lens !== "communities" && !view.around;
    const isGlance = view.hovered >= 0 && view.hovered !== view.selected;
    labels.place(scene, frame, hasNames ? captions : [], frame.k / man.whole().k, isGlance);
  }

  /** @param {View} view @param {View | null} before */
  function refresh(view, before) {
    if (view.size !== before?.size) fillRadii(atlas, view.size, scene.radii);
    if (view.lens !== before?.lens) fillSwatches(atlas, view.lens, scene.swatch);
    const visible = options.visible();
    if (view.lens !== scene.lens || !isSame(visible, shown)) {
      shown = visible.slice();
      web.forget();
      isWebStale = true;
    }
    scene.lens = view.lens;
    light(atlas, view, visible, options.paths(), scene);
    dimFrom = dimmed;
    dimGoal = !scene.hasLit ? 1 : view.hovered >= 0 || view.path ? DIM_GLANCE : DIM_SELECTED;
    dimStarted = performance.now();
    isStale = true;
    ask();
  }

  /** @param {View} view @param {View} before */
  function follow(view, before) {
    if (view.camera !== before.camera && view.camera !== sent) {
      sent = view.camera;
      if (view.camera) {
        isWhole = false;
        man.fly(view.camera);
      } else fit();
    }
    if (view.theme !== before.theme) recolour();
    const { camera, ...rest } = view;
    if (Object.entries(rest).some(([key, value]) => before[/** @type {keyof View} */ (key)] !== value)) refresh(view, before);
    ask();
  }

  function recolour() {
    scene.palette = readPalette(document.documentElement);
    web.forget();
    isStale = isWebStale = true;
    ask();
  }

  function resize() {
    screen.width = canvas.clientWidth;
    screen.height = canvas.clientHeight;
    const most = Math.sqrt(MOST_PIXELS / (screen.width * screen.height || 1));
    screen.ratio = Math.min(window.devicePixelRatio || 1, most);
    canvas.width = Math.round(screen.width * screen.ratio);
    canvas.height = Math.round(screen.height * screen.ratio);
    if (isWhole) man.jump(man.whole());
    isStale = true;
    if (screen.width) tick(performance.now()); // setting the size has cleared the canvas
  }

  /** @param {number} x @param {number} y @param {number} reach */
  function pick(x, y, reach) {
    const label = labelAt(labels.placed, x, y);
    grid ??= gridOf(atlas, box);
    return label >= 0 ? label : termAt(grid, atlas, scene, frame, x, y, reach);
  }

  /** @param {number} index */
  function hover(index) {
    canvas.style.cursor = index >= 0 ? "pointer" : "grab";
    if (index !== store.get().hovered) store.set({ hovered: index }, { history: false });
  }

  /** @param {number[]} [indices] */
  function fit(indices) {
    isWhole = !indices?.length;
    if (indices?.length) man.show(boxAround(atlas, indices));
    else man.fly(man.whole());
    ask();
  }

  function leaveWhole() {
    isWhole = false;
    ask();
  }

  listenToPointers(canvas, {
    hover: (x, y) => hover(pick(x, y, REACH)),
    leave: () => hover(-1),
    tap: (x, y, isTouch) => store.set({ selected: pick(x, y, isTouch ? REACH_TOUCH : REACH) }),
    pan: (right, down) => (man.pan(right, down), leaveWhole()),
    zoom: (x, y, factor, isSmooth) => (man.zoom(x, y, factor, isSmooth), leaveWhole()),
    hold: (held) => {
      isHeld = held;
      canvas.style.cursor = held ? "grabbing" : "grab";
      ask();
    },
  }, signal);

  const sizes = new ResizeObserver(resize);
  const themes = new MutationObserver(recolour);
  store.subscribe(follow);
  refresh(store.get(), null);
  sizes.observe(canvas);
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour, { signal });
  canvas.addEventListener("focus", ask, { signal });
  canvas.addEventListener("blur", ask, { signal });

  const picture = () => ({ atlas, scene, frame, labels: labels.placed, view: store.get(), dimmed });
  return {
    redraw: () => refresh(store.get(), null),
    fit,
    flyTo: (index) => (man.visit(atlas.x[index], atlas.y[index]), leaveWhole()),
    zoomBy: (factor) => (man.zoom(screen.width / 2, screen.height / 2, factor, true), leaveWhole()),
    nearest: (index, dx, dy) => neighbourTowards(atlas, scene, index, dx, dy),
    toPng: () => picturePng(picture()),
    toSvg: () => pictureSvg(picture()),
    destroy() {
      closing.abort();
      sizes.disconnect();
      themes.disconnect();
      cancelAnimationFrame(request);
      clearTimeout(rest);
    },
  };
}

/** @param {Uint8Array} one @param {Uint8Array} other */
function isSame(one, other) {
  return one.length === other.length && one.every((value, at) => value === other[at]);
}
