import { between, fitted, within, zoomedAbout } from "./camera.js";

const FLIGHT = 200; // milliseconds
const NOTCH = 110;
const CLOSEST_FIT = 1.6;
const READING = 1; // the zoom at which a term's neighbours have labels

/**
 * Moves the camera, at once or on the way to where it shall be.
 * @param {import("./camera.js").Box} box of the whole map
 * @param {import("./camera.js").ScreenSize} screen
 * @param {() => boolean} reducedMotion
 */
export function createCameraman(box, screen, reducedMotion) {
  let camera = fitted(box, screen, CLOSEST_FIT);
  let from = camera;
  let goal = camera;
  let [started, lasting] = [0, 0];
  const whole = () => fitted(box, screen, CLOSEST_FIT);

  /** @param {import("./camera.js").Camera} to @param {number} time */
  function go(to, time) {
    [from, goal, lasting, started] = [camera, to, reducedMotion() ? 0 : time, performance.now()];
    if (!lasting) camera = goal;
  }

  return {
    whole,
    camera: () => camera,
    goal: () => goal,
    isUnderWay: () => camera !== goal,
    /** @param {number} now */
    advance(now) {
      if (camera !== goal) camera = between(from, goal, eased((now - started) / lasting));
    },
    /** @param {import("./camera.js").Camera} to */
    jump: (to) => go(within(to, box, whole().k), 0),
    /** @param {import("./camera.js").Camera} to */
    fly: (to) => go(within(to, box, whole().k), FLIGHT),
    /** @param {import("./camera.js").Box} part */
    show: (part) => go(fitted(part, screen, CLOSEST_FIT), FLIGHT),
    /** @param {number} x @param {number} y */
    visit: (x, y) => go(within({ x, y, k: Math.max(goal.k, READING) }, box, whole().k), FLIGHT),
    /** @param {number} right @param {number} down */
    pan(right, down) {
      go(within({ x: camera.x - right / camera.k, y: camera.y - down / camera.k, k: camera.k }, box, whole().k), 0);
    },
    /** @param {number} px @param {number} py @param {number} factor @param {boolean} isSmooth */
    zoom(px, py, factor, isSmooth) {
      const base = isSmooth ? { ...camera, k: goal.k } : camera;
      const target = zoomedAbout(camera, screen, px, py, (base.k / camera.k) * factor, whole().k);
      go(target, isSmooth ? NOTCH : 0);
    },
  };
}

/** @param {number} t */
function eased(t) {
  return t >= 1 ? 1 : 1 - (1 - Math.max(0, t)) ** 3;
}
