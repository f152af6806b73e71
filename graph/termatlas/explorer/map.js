import { aim, boxAround, emptyFrame } from "./camera.js";
import { createCameraman } from "./cameraman.js";
import { categoryCaptions } from "./captions.js";
import { createLabels, labelAt, writeLabels } from "./labels.js";
import { drawRings, drawShelves, drawSuggestions } from "./overlay.js";
import { gridOf, neighbourTowards, termAt } from "./picking.js";
import { picturePng, pictureSvg } from "./picture.js";
import { listenToPointers } from "./pointer.js";
import { createRaster } from "./raster.js";
import { fillRadii, fillSwatches, isAboutLinks, light, webStrength } from "./scene.js";
import { drawTapers } from "./tapers.js";
import { readPalette } from "./theme.js";
import { createWebCanvas } from "./webcanvas.js";

/**
 * The map on its canvas: draws what the store's view says, and tells the store what the pointer does.
 * @typedef {{ paths: () => number[][], visible: () => Uint8Array, reducedMotion: () => boolean }} MapOptions
 */
const REST = 120; // milliseconds without a move, after which links are drawn anew
const FADE_TIME = 140;
const COMPOSE_EVERY = 80; // while only links are added
const DIM_GLANCE = 0.14;
const DIM_SELECTED = 0.3;
const DIM_FOR_LINKS = 0.5; // under a lens that is about links
const MOST_PIXELS = 9e6;
const TAPERS_MOVING = 300;
const REACH = 5; // pixels
const REACH_TOUCH = 16;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Atlas} atlas
 * @param {Store} store
 * @param {MapOptions} options
 */
export function createMap(canvas, atlas, store, options) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
  const closing = new AbortController();
  const { signal } = closing;
  const root = document.documentElement;
  const screen = { width: 0, height: 0, ratio: 1 };
  const box = boxAround(atlas);
  /** @type {import("./scene.js").Scene} */
  const scene = {
    atlas, view: store.get(), frame: emptyFrame(), palette: readPalette(root), radii: new Float32Array(atlas.count),
    tones: new Uint8Array(atlas.count), swatch: new Uint8Array(atlas.count), links: [], forced: [], dimmed: 1,
  };
  const man = createCameraman(box, screen, options.reducedMotion);
  const raster = createRaster();
  const web = createWebCanvas(atlas);
  const labels = createLabels(context, scene, categoryCaptions(atlas, box));
  let shown = new Uint8Array(0);
  let grid = /** @type {import("./picking.js").Grid | null} */ (null);
  let sent = scene.view.camera; // the camera that the store and this map agree on
  let [isWhole, isHeld, isStale, isWebStale, isMoving, isTold] = [!sent, false, true, true, false, false];
  let [dimFrom, dimGoal, dimStarted] = [1, 1, 0];
  let [lastMove, composed, request, rest] = [-Infinity, 0, 0, 0];

  function ask() {
    request ||= requestAnimationFrame(tick);
  }

  /** @param {number} now */
  function tick(now) {
    request = 0;
    if (!screen.width || !screen.height) return;
    const isChanged = [move(now), fade(now), isStale].includes(true);
    isStale = false;
    if (isChanged) raster.paint(scene);
    if (isChanged) labels.place(scene.frame.k / man.whole().k);
    const isDrawing = drawWeb();
    if (isChanged || !isDrawing || now - composed > COMPOSE_EVERY) compose(now);
    if (!isDrawing) tellDrawn();
    if (isDrawing || scene.dimmed !== dimGoal || man.isUnderWay()) ask();
    else if (isMoving) waitForRest();
  }

  /** @param {number} now */
  function move(now) {
    man.advance(now);
    const isMoved = aim(scene.frame, man.camera(), screen);
    if (isMoved) [lastMove, isWebStale] = [now, true];
    const wasMoving = isMoving;
    isMoving = composed > 0 && (isHeld || man.isUnderWay() || now - lastMove < REST);
    if (wasMoving && !isMoving) tellCamera();
    return isMoved;
  }

  /** @param {number} now */
  function fade(now) {
    if (scene.dimmed === dimGoal) return false;
    const part = options.reducedMotion() ? 1 : Math.max(0, now - dimStarted) / FADE_TIME;
    scene.dimmed = part >= 1 ? dimGoal : dimFrom + (dimGoal - dimFrom) * part;
    return true;
  }

  function drawWeb() {
    if (isMoving) web.stop();
    else if (isWebStale) web.start(scene);
    isWebStale = isMoving;
    return web.step();
  }

  /** The first picture is whole: discs, labels and links. Whoever measures the page waits for this. */
  function tellDrawn() {
    if (!isTold) performance.mark("termatlas-picture");
    isTold = true;
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
  function compose(now) {
    const { palette, frame } = scene;
    const most = isMoving ? TAPERS_MOVING : Infinity;
    composed = now;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = palette.surface;
    context.fillRect(0, 0, canvas.width, canvas.height);
    web.draw(context, scene, webStrength(scene));
    context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
    drawShelves(context, scene);
    drawSuggestions(context, scene, most);
    drawTapers(context, scene, most);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(raster.canvas, 0, 0);
    context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
    drawRings(context, scene, canvas.matches(":focus-visible"));
    writeLabels(context, labels.placed, palette);
  }

  /** @param {View} view @param {View | null} before */
  function refresh(view, before) {
    scene.view = view;
    if (view.size !== before?.size) fillRadii(scene);
    if (view.lens !== before?.lens) fillSwatches(scene);
    const visible = options.visible();
    light(scene, visible, options.paths());
    if (view.lens !== before?.lens || !isSame(visible, shown)) {
      shown = visible.slice();
      forget();
    }
    dim();
    isStale = true;
    ask();
  }

  function dim() {
    const { view, forced } = scene;
    dimGoal = !forced.length ? (isAboutLinks(view) ? DIM_FOR_LINKS : 1) : view.hovered >= 0 || view.path ? DIM_GLANCE : DIM_SELECTED;
    [dimFrom, dimStarted] = [scene.dimmed, performance.now()];
  }

  function forget() {
    web.forget();
    isWebStale = true;
  }

  /** @param {View} view @param {View} before */
  function follow(view, before) {
    const { camera, ...others } = view;
    if (Object.entries(others).some(([key, value]) => before[/** @type {keyof View} */ (key)] !== value)) refresh(view, before);
    scene.view = view;
    if (camera !== before.camera && camera !== sent) look(camera);
    if (view.theme !== before.theme) recolour();
  }

  /** @param {View["camera"]} camera */
  function look(camera) {
    [sent, isWhole] = [camera, !camera];
    man.go(camera ?? man.whole());
    ask();
  }

  function recolour() {
    scene.palette = readPalette(root);
    forget();
    isStale = true;
    ask();
  }

  function resize() {
    screen.width = canvas.clientWidth;
    screen.height = canvas.clientHeight;
    screen.ratio = Math.min(window.devicePixelRatio || 1, Math.sqrt(MOST_PIXELS / (screen.width * screen.height || 1)));
    canvas.width = Math.round(screen.width * screen.ratio);
    canvas.height = Math.round(screen.height * screen.ratio);
    man.measure();
    if (isWhole || !composed) man.go(sent ?? man.whole(), 0);
    isStale = isWebStale = true;
    tick(performance.now()); // at once: the new size has cleared the canvas
  }

  /** @param {number} x @param {number} y @param {number} reach */
  function pick(x, y, reach) {
    const label = labelAt(labels.placed, x, y);
    return label >= 0 ? label : termAt((grid ??= gridOf(atlas, box)), scene, x, y, reach);
  }

  /** @param {number} index */
  function hover(index) {
    canvas.style.cursor = isHeld ? "grabbing" : index >= 0 ? "pointer" : "grab";
    if (index !== scene.view.hovered) store.set({ hovered: index }, { history: false });
  }

  /** @param {number[]} [indices] */
  function fit(indices) {
    if (!indices?.length) return look(null);
    man.show(boxAround(atlas, indices));
    return leaveWhole();
  }

  function leaveWhole() {
    isWhole = false;
    ask();
  }

  listenToPointers(canvas, {
    hover: (x, y) => hover(pick(x, y, REACH)),
    leave: () => hover(-1),
    tap: (x, y, isTouch) => store.set({ selected: pick(x, y, isTouch ? REACH_TOUCH : REACH) }),
    pan: (right, below) => (man.pan(right, below), leaveWhole()),
    zoom: (x, y, factor, isSmooth) => (man.zoom(x, y, factor, isSmooth), leaveWhole()),
    hold: (held) => {
      isHeld = held;
      hover(-1);
      ask();
    },
  }, signal);
  const sizes = new ResizeObserver(resize);
  const themes = new MutationObserver(recolour);
  store.subscribe((view, before) => signal.aborted || follow(view, before));
  refresh(scene.view, null);
  scene.dimmed = dimGoal;
  sizes.observe(canvas);
  themes.observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour, { signal });
  for (const event of ["focus", "blur"]) canvas.addEventListener(event, ask, { signal });

  return {
    redraw: () => refresh(store.get(), null),
    fit,
    /** @param {number} index */
    flyTo: (index) => (man.visit(atlas.x[index], atlas.y[index]), leaveWhole()),
    /** @param {number} factor */
    zoomBy: (factor) => (man.zoom(screen.width / 2, screen.height / 2, factor, true), leaveWhole()),
    /** @param {number} right @param {number} down pixels */
    panBy: (right, down) => (man.pan(-right, -down), leaveWhole()),
    /** @param {number} index @param {number} dx @param {number} dy */
    nearest: (index, dx, dy) => neighbourTowards(scene, index, dx, dy),
    toPng: () => picturePng(scene, labels.placed),
    toSvg: () => pictureSvg(scene, labels.placed),
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
