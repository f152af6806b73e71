/** What a status means. @type {Record<string, string>} */
export const STANDING = {
  wanted: "Wanted: links point to it, no page defines it.",
  orphan: "Orphan: no link leads to it.",
  "dead-end": "Dead end: no link leads out of it.",
  isolated: "Isolated: no link in, none out.",
};

/** @param {number} number @param {string} word */
export function count(number, word) {
  return `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
}

/** @param {string} text @param {number} most */
export function short(text, most) {
  return text.length > most ? text.slice(0, most - 1).trimEnd() + "…" : text;
}
