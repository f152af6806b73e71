import { loadIndex, loadShard } from "./shards.js";

/** @typedef {import("./shards.js").Index} Index */
/** @typedef {import("./shards.js").Entry} Entry */
/** @typedef {{ name: string, also: string, address: string, category: string, colour: string }} Hit */

const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

/** The form in which texts are compared: without case and accents. @param {string} text */
export function foldText(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** @param {string} text */
export function wordsOf(text) {
  return foldText(text).match(/[\p{L}\p{N}]+/gu) || [];
}

/** Find the terms that have a name with all the words, the last as far as it is typed; best first.
 * @param {string} up @param {string} text @param {number} most @returns {Promise<{ hits: Hit[], more: boolean }>} */
export async function seek(up, text, most) {
  const words = wordsOf(text);
  if (!words.length) return { hits: [], more: false };
  const index = await loadIndex(up);
  const { prefix, complete } = bestNode(index, words);
  if (prefix === null) return { hits: [], more: false };
  const found = (await loadShard(up, prefix)).map((entry) => ({ entry, place: placeOf(entry, words) })).filter(({ place }) => place);
  found.sort((one, other) => (one.place?.score ?? 0) - (other.place?.score ?? 0));
  const hits = found.slice(0, most).map(({ entry, place }) => hitOf(index, entry, place?.name ?? ""));
  return { hits, more: !complete || found.length > most };
}

/** The file to look in: one that has all terms with some word, else the one with the longest beginning.
 * @param {Index} index @param {string[]} words @returns {{ prefix: string | null, complete: boolean }} */
function bestNode(index, words) {
  const nodes = words.map((word) => nodeOf(index, word));
  if (nodes.some((node) => node === null)) return { prefix: null, complete: true };
  const known = /** @type {{ prefix: string, complete: boolean }[]} */ (nodes);
  return known.sort((one, other) => Number(other.complete) - Number(one.complete) || other.prefix.length - one.prefix.length)[0];
}

/** @param {Index} index @param {string} word */
function nodeOf(index, word) {
  for (let length = 0; length <= word.length; length++) {
    const prefix = word.slice(0, length);
    if (has(index.whole, prefix)) return { prefix, complete: true };
    if (!has(index.part, prefix)) return length && has(index.part, word.slice(0, length - 1)) && length > 12 ? { prefix: word.slice(0, length - 1), complete: false } : null;
  }
  return { prefix: word, complete: false };
}

/** @param {string[]} sorted @param {string} value */
function has(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
}

/** Where the words stand in a term's names: the lower the score, the better. @param {Entry} entry @param {string[]} words */
function placeOf(entry, words) {
  const whole = words.join(" ");
  const [name, , , ...aliases] = entry;
  for (const [rank, each] of [name, ...aliases].entries()) {
    const own = wordsOf(each);
    if (words.every((word) => own.some((other) => other.startsWith(word) || (UNSPACED.test(word) && other.includes(word))))) {
      const line = own.join(" ");
      const score = line === whole ? 0 : line.startsWith(whole) ? 2 : (own[0] ?? "").startsWith(words[0] ?? "") ? 4 : 6;
      return { name: each, score: score + (rank ? 1 : 0) };
    }
  }
  return null;
}

/** @param {Index} index @param {Entry} entry @param {string} found @returns {Hit} */
function hitOf(index, [name, address, number], found) {
  const [category, colour] = index.categories[number] || ["", "none"];
  return { name, also: found === name ? "" : found, address, category, colour };
}
