import { select } from "./network_card.js";
import { byId, dot, element } from "./network_dom.js";
import { terms } from "./network_terms.js";
import { count, short } from "./network_words.js";

const FOUND_SHOWN = 8;
const query = /** @type {HTMLInputElement} */ (byId("query"));
const names = terms.map((each) => [each.name, ...each.aliases].map(folded));
const found = { terms: /** @type {Term[]} */ ([]), at: 0 };

export function createSearch() {
  query.addEventListener("input", search);
  query.addEventListener("blur", () => show(false));
  query.addEventListener("keydown", (event) => {
    if (!obey(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target === query || event.key !== "/") return;
    event.preventDefault();
    query.focus();
  });
}

/** Do what a key asks for; say whether it asked for something. @param {string} key */
function obey(key) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (step && found.terms.length) {
    found.at = (found.at + step + found.terms.length) % found.terms.length;
    show(true);
  } else if (key === "Enter") choose(query.value.trim() ? found.terms[found.at] : undefined);
  else if (key === "Escape") leave();
  else return false;
  return true;
}

function leave() {
  query.value = "";
  found.terms = [];
  show(false);
  query.blur();
}

function search() {
  const asked = folded(query.value.trim());
  const ranked = terms.map((each, index) => ({ each, place: asked ? rank(names[index], asked) : Infinity }));
  const fit = ranked.filter(({ place }) => place < Infinity).sort((a, b) => a.place - b.place);
  found.terms = fit.slice(0, FOUND_SHOWN).map(({ each }) => each);
  found.at = 0;
  byId("said").textContent = asked ? (fit.length ? `${count(fit.length, "term")} found` : "no term found") : "";
  show(Boolean(asked));
}

/** Rank a term: its name is the query, starts with it, has a word that does, has it inside; an alias does. @param {string[]} own @param {string} asked */
function rank([name, ...aliases], asked) {
  const places = [
    name === asked,
    name.startsWith(asked),
    name.includes(" " + asked),
    name.includes(asked),
    aliases.some((alias) => alias.includes(asked)),
  ];
  const first = places.indexOf(true);
  return first < 0 ? Infinity : first;
}

/** @param {string} text */
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** @param {boolean} open */
function show(open) {
  const rows = found.terms.map(foundRow);
  const none = element("li", "No term on this map has that in its name.", "none");
  query.setAttribute("aria-expanded", String(open));
  byId("found").hidden = !open;
  byId("found").replaceChildren(...(rows.length ? rows : [none]));
  query.setAttribute("aria-activedescendant", open && rows.length ? `found-${found.at}` : "");
}

/** @param {Term} each @param {number} index */
function foundRow(each, index) {
  const row = element("li");
  row.id = `found-${index}`;
  row.role = "option";
  row.setAttribute("aria-selected", String(index === found.at));
  row.append(dot(each), element("bdi", short(each.name, 120)), element("small", each.category));
  row.addEventListener("mousedown", (event) => {
    event.preventDefault();
    choose(each);
  });
  return row;
}

/** @param {Term | undefined} each */
function choose(each) {
  show(false);
  query.value = "";
  if (each) select(each);
}
