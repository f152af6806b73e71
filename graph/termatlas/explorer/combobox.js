import { element } from "./dom.js";

/** @typedef {{ content: (Node | string)[], choose: () => void }} Choice */

/** Make an input with a list of choices below: arrows move, Enter takes, Escape closes (WAI-ARIA combobox pattern).
 * @param {HTMLInputElement} input @param {HTMLElement} list
 * @param {(text: string) => Choice[]} choicesFor @param {(choices: Choice[], text: string) => void} tell */
export function createCombobox(input, list, choicesFor, tell) {
  /** @type {Choice[]} */
  let choices = [];
  let active = -1;

  /** @param {number} at */
  const point = (at) => {
    list.children[active]?.removeAttribute("aria-selected");
    active = at;
    const option = list.children[at];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    point(-1);
  };
  const open = () => {
    const text = input.value.trim();
    if (!text) return close();
    choices = choicesFor(text);
    active = -1;
    list.replaceChildren(...(choices.length ? choices.map(option) : [nothing()]));
    list.scrollTop = 0;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
    tell(choices, text);
  };
  /** @param {number} at */
  const take = (at) => {
    if (!choices[at] || list.hidden) return;
    close();
    input.value = "";
    choices[at].choose();
  };
  /** @param {Choice} choice @param {number} at */
  const option = (choice, at) => {
    const made = element("li", { role: "option", id: `${list.id}-${at}` }, ...choice.content);
    made.addEventListener("click", () => take(at));
    return made;
  };
  const nothing = () => element("li", { class: "nothing", role: "option", "aria-disabled": "true" }, "No term says that. Try fewer letters.");

  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowDown: () => (list.hidden ? open() : point(Math.min(active + 1, choices.length - 1))),
    ArrowUp: () => point(Math.max(active - 1, -1)),
    Enter: () => (list.hidden ? open() : take(Math.max(active, 0))),
    Escape: () => (list.hidden ? (input.value ? (input.value = "") : input.blur()) : close()),
  };
  input.addEventListener("input", open);
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (!Object.hasOwn(keys, event.key) || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the input keeps the focus
  return { refresh: () => active < 0 && document.activeElement === input && open() };
}
