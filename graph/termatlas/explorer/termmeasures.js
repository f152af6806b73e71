import { element } from "./dom.js";
import { section } from "./termlinks.js";
import { number, rank, sentence } from "./words.js";

/** A term's measures, each with its rank among all terms. @param {Atlas} atlas @param {number} index */
export function measureSection(atlas, index) {
  const rows = atlas.measures.map(({ title, exact, values }) =>
    element("tr", {}, element("th", { scope: "row" }, sentence(title)), cell((exact ? "" : "≈ ") + number(values[index])), cell(number(rank(values, values[index])))),
  );
  const head = element("tr", {}, ...["Measure", "Value", `Rank of ${number(atlas.count)}`].map((text) => element("th", { scope: "col" }, text)));
  return section("Measures", rows.length, element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows)), true);
}

/** @param {string} text */
function cell(text) {
  return element("td", { class: "n" }, text);
}
