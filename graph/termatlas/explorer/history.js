import { fromFragment, toFragment } from "./fragment.js";

/** Keep the address in step with the view, and walk through what one has looked at.
 * @param {Atlas} atlas @param {Store} store @param {(at: number, last: number) => void} moved tells the place in the walk */
export function createHistory(atlas, store, moved) {
  const start = Number(history.state?.at) || 0;
  const walk = { at: start, last: start, kept: /** @type {string[]} */ ([]), pending: 0, own: false };

  /** @param {"pushState" | "replaceState"} how @param {View} view */
  const write = (how, view) => {
    clearTimeout(walk.pending);
    walk.pending = 0;
    const fragment = toFragment(atlas, view);
    if (how === "replaceState" && walk.kept[walk.at] === fragment) return;
    walk.kept[walk.at] = fragment;
    try {
      history[how]({ at: walk.at }, "", fragment ? "#" + fragment : location.href.split("#")[0]);
    } catch {
      walk.own = true; // a notebook's frame has no address of its own
    }
    moved(walk.at, walk.last);
  };
  /** @param {number} at */
  const arrive = (at) => {
    walk.at = at;
    walk.last = Math.max(walk.last, at);
    store.set(fromFragment(atlas, walk.own ? walk.kept[at] : location.hash), { history: false });
    write("replaceState", store.get());
    moved(at, walk.last);
  };

  const writeSoon = () => {
    walk.pending ||= setTimeout(() => write("replaceState", store.get()), 250);
  };

  store.subscribe((view, before, options) => {
    if (options?.history === false || !isStep(view, before)) return writeSoon();
    if (walk.pending) write("replaceState", before);
    walk.last = ++walk.at;
    return write("pushState", view);
  });
  addEventListener("hashchange", () => arrive(history.state?.at ?? walk.last + 1));
  writeSoon(); // the browser takes its time over it
  moved(walk.at, walk.last);

  return {
    /** @param {number} by */
    go(by) {
      const at = walk.at + by;
      if (at < 0 || at > walk.last) return;
      if (walk.pending) write("replaceState", store.get());
      if (walk.own) arrive(at);
      else history.go(by);
    },
  };
}

/** Is this change one that people want to step back over? @param {View} view @param {View} before */
function isStep(view, before) {
  return (
    view.mode !== before.mode || view.selected !== before.selected || view.around !== before.around ||
    view.path?.from !== before.path?.from || view.path?.to !== before.path?.to
  );
}
