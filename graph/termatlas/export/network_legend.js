import { select } from "./network_card.js";
import { chosen } from "./network_chosen.js";

/** Let the terms of one category or status stand out; on a narrow screen the legend starts closed. */
export function createLegend() {
  const switches = [...document.querySelectorAll("#legend button")].map((each) => /** @type {HTMLElement} */ (each));
  for (const button of switches)
    button.addEventListener("click", () => {
      chosen.shown = chosen.shown === button ? null : button;
      for (const each of switches) each.setAttribute("aria-pressed", String(each === chosen.shown));
      select(null);
    });
  if (innerWidth <= 860) document.querySelector("#legend details")?.removeAttribute("open");
}
