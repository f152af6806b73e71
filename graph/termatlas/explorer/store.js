/** What one looks at when nothing is chosen. @returns {View} */
export function firstView() {
  return {
    mode: "map", selected: -1, hovered: -1, query: "", categories: null, lens: "", size: "pagerank",
    path: null, around: null, camera: null, theme: "",
  };
}

/** Hold the view; a change made while listeners run is told after the one they run for. @param {View} view @returns {Store} */
export function createStore(view) {
  /** @type {Parameters<Store["subscribe"]>[0][]} */
  const listeners = [];
  /** @type {[View, View, { history?: boolean }][]} */
  const changes = [];
  return {
    get: () => view,
    set(patch, options = {}) {
      if (isIn(view, patch)) return;
      const before = view;
      view = Object.freeze({ ...view, ...patch });
      changes.push([view, before, options]);
      if (changes.length === 1) tell(listeners, changes);
    },
    subscribe: (listen) => void listeners.push(listen),
  };
}

/** @param {Parameters<Store["subscribe"]>[0][]} listeners @param {[View, View, { history?: boolean }][]} changes */
function tell(listeners, changes) {
  try {
    for (; changes.length; changes.shift()) for (const listen of listeners) listen(...changes[0]);
  } finally {
    changes.length = 0;
  }
}

/** @param {View} view @param {Partial<View>} patch */
function isIn(view, patch) {
  return /** @type {(keyof View)[]} */ (Object.keys(patch)).every((key) => view[key] === patch[key]);
}
