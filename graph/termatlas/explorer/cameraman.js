import { between, fitted, within, zoomedAbout } from "./camera.js";

/**
 * @typedef {import("./camera.js").Camera} Camera
 * @typedef {import("./camera.js").Box} Box
 */
const FLIGHT = 200; // milliseconds
const NOTCH = 110;
const CLOSEST_FIT = 1.6;
const READING = 1; // the zoom at which a term's neighbours have labels

/**
 * Moves the camera, at once or on the way to where it shall be.
 * @param {Box} box of the whole map
 * @param {import("./camera.js").ScreenSize} screen
 * @param {() => boolean} reducedMotion
 */
export function createCameraman(box, screen, reducedMotion) {
  let whole = fitted(box, screen, CLOSEST_FIT);
  let camera = whole;
  let from = whole;
  let goal = whole;
  let [started, lasting] = [0, 0];

  /** @param {Camera} to @param {number} [time] */
  function go(to, time = FLIGHT) {
    [from, goal, lasting, started] = [camera, within(to, box, whole), reducedMotion() ? 0 : time, performance.now()];
    if (!lasting) camera = goal;
  }

  return {
    go,
    camera: () => camera,
    whole: () => whole,
    isUnderWay: () => camera !== goal,
    /** The screen has a new size. */
    measure() {
      whole = fitted(box, screen, CLOSEST_FIT);
    },
    /** @param {number} now */
    advance(now) {
      if (camera !== goal) camera = between(from, goal, now - started >= lasting ? 1 : eased((now - started) / lasting));
    },
    /** @param {Box} part */
    show: (part) => go(fitted(part, screen, CLOSEST_FIT)),
    /** @param {number} x @param {number} y */
    visit: (x, y) => go({ x, y, k: Math.max(goal.k, READING) }),
    /** @param {number} right @param {number} down */
    pan: (right, down) => go({ x: camera.x - right / camera.k, y: camera.y - down / camera.k, k: camera.k }, 0),
    /** @param {number} px @param {number} py @param {number} factor @param {boolean} isSmooth */
    zoom(px, py, factor, isSmooth) {
      const { k } = within({ ...camera, k: (isSmooth ? goal.k : camera.k) * factor }, box, whole);
      go(zoomedAbout(camera, screen, px, py, k), isSmooth ? NOTCH : 0);
    },
  };
}

/** @param {number} t */
function eased(t) {
  return 1 - (1 - Math.max(0, t)) ** 3;
}
