export const STATUSES = ["ok", "isolated", "orphan", "dead-end", "wanted"];
export const STATUS_NAMES = ["", "isolated", "orphan", "dead end", "wanted"];

const INTEGER = new Intl.NumberFormat("en");
const ROUNDED = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/** @param {number} value */
export function number(value) {
  return Number.isInteger(value) ? INTEGER.format(value) : ROUNDED.format(value);
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
