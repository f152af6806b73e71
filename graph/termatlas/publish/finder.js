import { foldText, seek, wordsOf } from "./seek.js";

/** @typedef {import("./seek.js").Hit} Hit */

const MOST_HITS = 12;

/** Make the search field find terms (WAI-ARIA combobox pattern); without this script it leads to the A–Z. */
export function createFinder() {
  const form = /** @type {HTMLFormElement | null} */ (document.getElementById("find"));
  const input = /** @type {HTMLInputElement | null} */ (document.getElementById("search"));
  if (!form || !input) return;
  const up = form.dataset.up || "./";
  const list = made("ul", { role: "listbox", id: "found", "aria-label": "Terms found", hidden: "" });
  const status = made("p", { class: "hide", role: "status" });
  form.append(list, status);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "found" })) input.setAttribute(name, value);

  let active = -1;
  let turn = 0;
  const options = () => [...list.querySelectorAll("[role=option]")];
  /** @param {number} at */
  const point = (at) => {
    options()[active]?.setAttribute("aria-selected", "false");
    active = at;
    const option = options()[at];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };
  /** @param {boolean} open */
  const show = (open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) point(-1);
  };
  /** @param {Hit} hit @param {number} at @param {string[]} words */
  const option = (hit, at, words) => {
    const line = made("li", { role: "option", id: `found-${at}`, "aria-selected": "false", "data-address": hit.address }, made("span", { class: `dot ${hit.colour}` }), made("bdi", {}, ...marked(hit.name, words)));
    const meta = [hit.also ? `also ${hit.also}` : "", hit.category].filter(Boolean).join(" · ");
    if (meta) line.append(made("small", {}, made("bdi", {}, meta)));
    return line;
  };
  const look = async () => {
    const text = input.value.trim();
    const mine = ++turn;
    if (!wordsOf(text).length) {
      status.textContent = "";
      return show(false);
    }
    const { hits, more } = await seek(up, text, MOST_HITS).catch(() => ({ hits: null, more: false }));
    if (mine !== turn) return;
    const said = hits === null ? "The search index cannot be loaded." : hits.length ? "" : "No term is called that. Try fewer letters.";
    list.replaceChildren(...(hits || []).map((hit, at) => option(hit, at, wordsOf(text))));
    if (said) list.replaceChildren(made("li", { class: "nothing", role: "option", "aria-disabled": "true", "aria-selected": "false" }, said));
    status.textContent = said || `${more ? "The first " : ""}${hits?.length} ${hits?.length === 1 ? "term" : "terms"}${more ? "" : " found"}`;
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.scrollTop = 0;
    show(true);
  };
  /** @param {Element | undefined} chosen */
  const go = (chosen) => {
    const address = chosen?.getAttribute("data-address");
    if (address) location.href = `${up}${address}.html`;
  };
  const count = () => list.querySelectorAll("[data-address]").length;
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowDown: () => (list.hidden ? look() : point(Math.min(active + 1, count() - 1))),
    ArrowUp: () => point(Math.max(active - 1, -1)),
    Escape: () => (list.hidden ? ((input.value = ""), input.blur()) : show(false)),
  };
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  form.addEventListener("submit", (event) => {
    if (!wordsOf(input.value).length) return;
    event.preventDefault();
    const chosen = active;
    if (list.hidden || chosen < 0) look().then(() => go(options()[0]));
    else go(options()[chosen]);
  });
  input.addEventListener("input", look);
  input.addEventListener("focus", () => input.value && look());
  input.addEventListener("blur", () => setTimeout(() => show(false), 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => go(/** @type {Element} */ (event.target).closest("[data-address]") || undefined));
  addEventListener("keydown", (event) => {
    const free = !(event.target instanceof HTMLElement) || !event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || !free || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

/** A name with the beginnings of words that are sought set apart. @param {string} name @param {string[]} words */
function marked(name, words) {
  return name.split(/([\p{L}\p{N}\p{M}]+)/u).flatMap((piece) => {
    const length = Math.max(0, ...words.filter((word) => foldText(piece).startsWith(word)).map((word) => word.length));
    return length && foldText(piece.slice(0, length)).length === length ? [made("mark", {}, piece.slice(0, length)), piece.slice(length)] : [piece];
  });
}

/** @param {string} name @param {Record<string, string>} attributes @param {(Node | string)[]} content */
function made(name, attributes, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...content);
  return element;
}
