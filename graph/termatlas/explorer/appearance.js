import { byId } from "./dom.js";

const THEMES = /** @type {const} */ (["", "light", "dark"]);
const THEME_NAMES = { "": "as the system", light: "light", dark: "dark" };

/** Light, dark, or as the system has it; remembered where the browser allows. @param {Store} store */
export function createAppearance(store) {
  const button = byId("theme");
  const draw = () => {
    const { theme } = store.get();
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    button.ariaLabel = button.title = `Colours: ${THEME_NAMES[theme]}`;
  };
  button.addEventListener("click", () => store.set({ theme: THEMES[(THEMES.indexOf(store.get().theme) + 1) % 3] }));
  store.subscribe((view, before) => {
    if (view.theme === before.theme) return;
    remember("theme", view.theme);
    draw();
  });
  draw();
}

/** @returns {View["theme"]} */
export function rememberedTheme() {
  return THEMES.find((theme) => theme === recall("theme")) ?? "";
}

/** @param {string} name @param {string} value */
export function remember(name, value) {
  try {
    localStorage.setItem("termatlas-" + name, value);
  } catch {
    // a page from a file or in a frame may be kept from it
  }
}

/** @param {string} name */
export function recall(name) {
  try {
    return localStorage.getItem("termatlas-" + name);
  } catch {
    return null;
  }
}
