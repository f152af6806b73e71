import { byId, root } from "./network_dom.js";
import { network, terms } from "./network_terms.js";

const darkIsAsked = matchMedia("(prefers-color-scheme: dark)");

/** The colours of the theme that is on, by their custom property. @type {Record<string, string>} */
export const colours = {};

export function isDark() {
  return (root.dataset.theme || (darkIsAsked.matches ? "dark" : "light")) === "dark";
}

/** Draw the map in the colours of the theme that is on; a canvas does not follow it by itself. */
export function readColours() {
  const style = getComputedStyle(root);
  const names = new Set(["panel", "ink", "muted", "accent", "control", ...terms.map((each) => each.token)]);
  for (const name of names) colours[name] = style.getPropertyValue(`--${name}`).trim();
  network.redraw();
}

/** Follow the button and the system; paper is white. */
export function createTheme() {
  byId("theme").addEventListener("click", () => turn(isDark() ? "light" : "dark"));
  darkIsAsked.addEventListener("change", readColours);
  let before = root.dataset.theme;
  addEventListener("beforeprint", () => {
    before = root.dataset.theme;
    turn("light");
  });
  addEventListener("afterprint", () => turn(before));
}

/** @param {string | undefined} theme */
function turn(theme) {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  readColours();
}
