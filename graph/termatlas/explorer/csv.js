import { STATUSES } from "./words.js";

/** Some terms as a CSV text. @param {Atlas} atlas @param {ArrayLike<number>} indices */
export function toCsv(atlas, indices) {
  const head = ["slug", "name", "category", "status", ...atlas.measures.map(({ name }) => name), "community", "component"];
  const rows = Array.from(indices, (at) => [
    guarded(atlas.slugs[at]), guarded(atlas.names[at]), guarded(atlas.categories[atlas.category[at]]?.name ?? ""), STATUSES[atlas.status[at]],
    ...atlas.measures.map(({ values }) => String(values[at])), String(atlas.community[at]), String(atlas.component[at]),
  ]);
  return [head, ...rows].map((row) => row.map(quoted).join(",") + "\r\n").join("");
}

/** A spreadsheet takes what begins like this for a formula. @param {string} text */
function guarded(text) {
  return /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
}

/** @param {string} text */
function quoted(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
