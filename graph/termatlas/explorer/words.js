export const STATUSES = ["ok", "isolated", "orphan", "dead-end", "wanted"];
export const STATUS_NAMES = ["", "isolated", "orphan", "dead end", "wanted"];

let rounded = /** @type {Intl.NumberFormat | null} */ (null);

/** 1,204 and 0.0123. @param {number} value */
export function number(value) {
  if (Number.isInteger(value)) return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
  rounded ??= new Intl.NumberFormat("en", { maximumSignificantDigits: 3 }); // the first of a page takes 20 ms
  return rounded.format(value);
}

/** 1 term, no links, 1,204 terms. @param {number} count @param {string} one @param {string} [many] */
export function plural(count, one, many = one + "s") {
  return `${count ? number(count) : "no"} ${count === 1 ? one : many}`;
}

/** @param {string} text */
export function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Where a value stands among all, the highest is 1. @param {Float32Array} values @param {number} value */
export function rank(values, value) {
  let above = 1;
  for (const other of values) if (other > value) above++;
  return above;
}

/** @param {Atlas} atlas @param {number} index */
export function categoryName(atlas, index) {
  return atlas.categories[atlas.category[index]]?.name || "no category";
}
