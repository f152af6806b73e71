import { byId, element, termLink } from "./dom.js";
import { categoryCounts, showsSame } from "./filters.js";
import { grouping, groupSwatch } from "./scene.js";
import { NONE_SWATCH, OTHER_SWATCH, SWATCHES } from "./theme.js";
import { number } from "./words.js";

const FIRST_CATEGORIES = 200;

/** The categories, each a box to tick. @param {Atlas} atlas @param {Store} store */
export function createLegend(atlas, store) {
  const list = byId("legend");
  const every = [...atlas.categories.keys()];
  const rows = every.map((at) => categoryRow(atlas, at));
  const boxes = rows.map((row) => /** @type {HTMLInputElement} */ (row.querySelector("input")));
  list.append(...rows.slice(0, FIRST_CATEGORIES), ...notes(atlas));
  if (rows.length > FIRST_CATEGORIES) list.append(moreRow(rows.slice(FIRST_CATEGORIES)));

  const draw = () => {
    const { categories } = store.get();
    const counts = categoryCounts(atlas, store.get());
    const kept = new Set(categories ?? every);
    boxes.forEach((box, at) => {
      box.checked = kept.has(at);
      rows[at].classList.toggle("off", !box.checked);
      /** @type {Element} */ (rows[at].querySelector(".n")).textContent = number(counts[at]);
    });
  };
  /** @param {number[]} kept */
  const keep = (kept) => store.set({ categories: kept.length === every.length ? null : kept });
  list.addEventListener("change", () => keep(every.filter((at) => boxes[at].checked)));
  document.addEventListener("click", (event) => {
    const only = /** @type {Element} */ (event.target).closest("[data-category]");
    if (only) keep([Number(only.getAttribute("data-category"))]);
  });
  byId("legend-all").addEventListener("click", () => keep(every));
  byId("legend-none").addEventListener("click", () => keep([]));
  walkRows(boxes, (at) => keep([at]));
  store.subscribe((view, before) => {
    if (!showsSame(view, before)) draw();
    if (view.lens !== before.lens) drawGroups(atlas, view);
  });
  draw();
  drawGroups(atlas, store.get());
}

/** What the colours mean where they are not those of categories. @param {Atlas} atlas @param {View} view */
function drawGroups(atlas, view) {
  const groups = grouping({ atlas, view });
  const isAll = !atlas.categories.some(({ name }) => name);
  byId("legend").classList.toggle("grey", groups !== "");
  byId("categories").hidden = isAll;
  byId("groups").replaceChildren(...(groups ? groupRows(atlas, groups) : []));
}

/** The largest groups, each by its most important term. @param {Atlas} atlas @param {string} groups */
function groupRows(atlas, groups) {
  const found = /** @type {{ first: number, swatch: number, count: number }[]} */ ([]);
  for (let at = 0; at < atlas.count; at++) {
    const swatch = groupSwatch(atlas, groups, at);
    if (swatch === NONE_SWATCH) continue;
    (found[groups === "communities" ? atlas.community[at] : atlas.component[at] - 1] ??= { first: at, swatch, count: 0 }).count++;
  }
  if (!found.length) return [];
  const rows = found.slice(0, OTHER_SWATCH).map(({ first, swatch, count }) => {
    const dot = element("i", { class: "dot" });
    dot.style.setProperty("--c", `var(${SWATCHES[swatch]})`);
    return element("li", {}, dot, termLink(atlas, first), element("span", { class: "n" }, number(count)));
  });
  const rest = found.length - rows.length;
  const words = groups === "communities" ? `${number(rest)} smaller ones share one grey.` : `${number(rest)} smaller ones take the same colours again.`;
  return [element("li", { class: "meta" }, `Coloured by ${groups === "communities" ? "community" : "island"}, each with its most central term:`), ...rows, ...(rest > 0 ? [element("li", { class: "meta" }, words)] : [])];
}

/** @param {Atlas} atlas @param {number} at */
function categoryRow(atlas, at) {
  const { name, token } = atlas.categories[at];
  const box = element("input", { type: "checkbox", tabindex: at ? -1 : 0 });
  box.style.setProperty("--c", `var(${token})`);
  const label = element("label", {}, box, element("bdi", { lang: atlas.language }, name || "no category"), element("span", { class: "n" }));
  const only = element("button", { type: "button", class: "quiet", tabindex: -1, "data-category": at, "aria-label": `only ${name || "no category"}` }, "only");
  return element("li", {}, label, only);
}

/** @param {Atlas} atlas */
function notes(atlas) {
  const grey = atlas.categories.filter(({ token }) => token === "--other").length;
  return grey ? [element("li", { class: "meta" }, `The smallest ${number(grey)} share one grey.`)] : [];
}

/** @param {HTMLElement[]} rest */
function moreRow(rest) {
  const more = element("button", { type: "button", class: "quiet" }, `${number(rest.length)} more categories`);
  const row = element("li", {}, more);
  more.addEventListener("click", () => {
    row.replaceWith(...rest);
    rest[0].querySelector("input")?.focus();
  });
  return row;
}

/** One tab stop for all boxes: arrows walk, Enter keeps one alone. @param {HTMLInputElement[]} boxes @param {(at: number) => void} only */
function walkRows(boxes, only) {
  byId("legend").addEventListener("keydown", (event) => {
    const at = boxes.indexOf(/** @type {HTMLInputElement} */ (event.target));
    const next = at + ({ ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0);
    if (at < 0 || (next === at && event.key !== "Enter")) return;
    event.preventDefault();
    if (event.key === "Enter") return only(at);
    if (!boxes[next]?.isConnected) return;
    boxes[at].tabIndex = -1;
    boxes[next].tabIndex = 0;
    boxes[next].focus();
  });
}
