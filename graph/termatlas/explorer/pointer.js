/**
 * Mouse, pen and fingers, told as what they mean; x and y are pixels on the canvas.
 * @typedef {{ hover: (x: number, y: number) => void, leave: () => void, tap: (x: number, y: number, isTouch: boolean) => void,
 *   pan: (right: number, down: number) => void, zoom: (x: number, y: number, factor: number, isSmooth: boolean) => void,
 *   hold: (isHeld: boolean) => void }} Gestures
 */
const STILL = 5; // pixels a pressed pointer may stray and still tap
const LINE = 16;
const PAGE = 400;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Gestures} gestures
 * @param {AbortSignal} signal
 */
export function listenToPointers(canvas, gestures, signal) {
  const held = /** @type {Map<number, { x: number, y: number }>} */ (new Map());
  let strayed = 0;
  canvas.style.touchAction = "none";

  /** @param {PointerEvent} event */
  function press(event) {
    if (event.button) return;
    if (!held.size) strayed = 0;
    held.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    if (event.isTrusted) canvas.setPointerCapture(event.pointerId);
    if (held.size > 1) strayed = Infinity;
  }

  /** @param {PointerEvent} event */
  function move(event) {
    const last = held.get(event.pointerId);
    const { offsetX: x, offsetY: y } = event;
    if (!last) return event.pointerType === "touch" ? undefined : gestures.hover(x, y);
    strayed += Math.hypot(x - last.x, y - last.y);
    if (strayed <= STILL) return undefined;
    gestures.hold(true);
    if (held.size === 2) pinch(event.pointerId, last, x, y);
    else if (held.size === 1) gestures.pan(x - last.x, y - last.y);
    [last.x, last.y] = [x, y];
    return undefined;
  }

  /**
   * @param {number} mover
   * @param {{ x: number, y: number }} last
   * @param {number} x
   * @param {number} y
   */
  function pinch(mover, last, x, y) {
    for (const [id, other] of held) {
      if (id === mover) continue;
      const before = Math.hypot(last.x - other.x, last.y - other.y);
      gestures.pan((x - last.x) / 2, (y - last.y) / 2);
      gestures.zoom((x + other.x) / 2, (y + other.y) / 2, Math.hypot(x - other.x, y - other.y) / (before || 1), false);
    }
  }

  /** @param {PointerEvent} event */
  function release(event) {
    if (!held.delete(event.pointerId) || held.size) return;
    gestures.hold(false);
    if (event.type === "pointerup" && strayed <= STILL) gestures.tap(event.offsetX, event.offsetY, event.pointerType === "touch");
  }

  /** @param {WheelEvent} event */
  function wheel(event) {
    event.preventDefault();
    const delta = event.deltaY * [1, LINE, PAGE][event.deltaMode];
    const factor = Math.exp(-Math.max(-240, Math.min(240, delta)) * (event.ctrlKey ? 0.01 : 0.0018));
    gestures.zoom(event.offsetX, event.offsetY, factor, Math.abs(delta) >= 50); // notches of a wheel, not a touchpad
  }

  canvas.addEventListener("pointerdown", press, { signal });
  canvas.addEventListener("pointermove", move, { signal });
  canvas.addEventListener("pointerup", release, { signal });
  canvas.addEventListener("pointercancel", release, { signal });
  canvas.addEventListener("pointerleave", gestures.leave, { signal });
  canvas.addEventListener("wheel", wheel, { signal, passive: false });
  const twice = (/** @type {MouseEvent} */ event) => gestures.zoom(event.offsetX, event.offsetY, event.shiftKey ? 0.5 : 2, true);
  canvas.addEventListener("dblclick", twice, { signal });
}
