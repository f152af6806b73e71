import { firstView } from "./store.js";

const LENSES = ["orphans", "dead-ends", "wanted", "one-way", "islands", "communities", "suggested", "findings"];

/** The view as the part of an address after "#"; what is as at first is left out. @param {Atlas} atlas @param {View} view */
export function toFragment(atlas, view) {
  const { path, around, camera } = view;
  const parts = [
    ["t", slugAt(atlas, view.selected)],
    ["c", view.categories && categoriesText(atlas, view.categories)],
    ["lens", view.lens],
    ["size", view.size === firstView().size ? "" : view.size],
    ["from", path && slugAt(atlas, path.from)],
    ["to", path && slugAt(atlas, path.to)],
    ["dir", path?.directed ? "1" : ""],
    ["n", path?.chosen ? String(path.chosen + 1) : ""],
    ["a", around && `${slugAt(atlas, around.centre)},${around.depth}`],
    ["v", view.mode === "map" ? "" : view.mode],
    ["z", camera && [camera.x, camera.y, camera.k].map((value) => Number(value.toPrecision(6))).join(",")],
    ["q", escapeText(view.query)],
  ];
  return parts.filter(([name, text]) => text || (name === "c" && text !== null)).map((part) => part.join("=")).join("&");
}

/** The view that a fragment asks for; what it says of things that are not there is passed over. @param {Atlas} atlas @param {string} fragment @returns {Omit<View, "hovered" | "theme">} */
export function fromFragment(atlas, fragment) {
  const part = partsOf(fragment);
  const mode = plain(part.v);
  const lens = plain(part.lens);
  const { hovered: _, theme: __, ...first } = firstView();
  return {
    ...first,
    mode: mode === "table" || mode === "path" ? mode : "map",
    selected: indexOf(atlas, part.t),
    query: plain(part.q).slice(0, 1000),
    categories: part.c === undefined ? null : categoriesOf(atlas, part.c),
    lens: LENSES.includes(lens) ? /** @type {View["lens"]} */ (lens) : "",
    size: atlas.measures.some((measure) => measure.name === plain(part.size)) ? plain(part.size) : first.size,
    path: part.from || part.to ? pathOf(atlas, part) : null,
    around: aroundOf(atlas, part.a),
    camera: cameraOf(part.z),
  };
}

/** The address of a term alone. @param {Atlas} atlas @param {number} index */
export function termHref(atlas, index) {
  return "#t=" + slugAt(atlas, index);
}

/** @param {string} fragment @returns {Record<string, string | undefined>} */
function partsOf(fragment) {
  const pairs = fragment.replace(/^#/, "").split("&").map((part) => part.split("=", 2));
  return Object.assign(Object.create(null), Object.fromEntries(pairs.filter((pair) => pair.length === 2)));
}

/** @param {string | undefined} text */
function plain(text) {
  try {
    return decodeURIComponent(text ?? "");
  } catch {
    return "";
  }
}

/** @param {string} text */
function escapeText(text) {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"));
}

/** @param {Atlas} atlas @param {number} index */
function slugAt(atlas, index) {
  return index < 0 ? "" : escapeText(atlas.slugs[index]);
}

/** @param {Atlas} atlas @param {string | undefined} text */
function indexOf(atlas, text) {
  return text ? atlas.slugs.indexOf(plain(text)) : -1;
}

/** Names with commas between; a single comma stands for the terms without a category. @param {Atlas} atlas @param {number[]} categories */
function categoriesText(atlas, categories) {
  const names = categories.map((at) => escapeText(atlas.categories[at].name));
  return names.join() || (names.length ? "," : "");
}

/** @param {Atlas} atlas @param {string} text */
function categoriesOf(atlas, text) {
  const names = new Set(text ? text.split(",").map(plain) : []);
  return atlas.categories.flatMap((category, at) => (names.has(category.name) ? [at] : []));
}

/** @param {Atlas} atlas @param {Record<string, string | undefined>} part @returns {View["path"]} */
function pathOf(atlas, part) {
  const chosen = Math.max(0, Math.floor(Number(plain(part.n)) || 1) - 1);
  return { from: indexOf(atlas, part.from), to: indexOf(atlas, part.to), directed: part.dir === "1", chosen };
}

/** @param {Atlas} atlas @param {string | undefined} text @returns {View["around"]} */
function aroundOf(atlas, text) {
  const [slug, depth] = (text ?? "").split(",");
  const centre = indexOf(atlas, slug);
  return centre >= 0 && (depth === "1" || depth === "2" || depth === "3") ? { centre, depth: /** @type {1 | 2 | 3} */ (Number(depth)) } : null;
}

/** @param {string | undefined} text @returns {View["camera"]} */
function cameraOf(text) {
  const [x, y, k, ...more] = (text || "x").split(",").map(Number);
  return !more.length && [x, y, k].every(Number.isFinite) && k > 0 ? { x, y, k } : null;
}
