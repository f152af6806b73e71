import { block, bytes, damaged, plainText } from "./blocks.js";

const vocabularies = /** @type {WeakMap<Document, Promise<string[]>>} */ (new WeakMap());

/** The rows of a line of texts. Throws a DataError. @param {Document} page @param {string} line @returns {Promise<any[]>} */
export async function rows(page, line) {
  const [words, codes] = await Promise.all([vocabulary(page), bytes(line)]);
  try {
    return JSON.parse(textOf(words, codes));
  } catch (error) {
    return damaged(error);
  }
}

/** @param {Document} page */
function vocabulary(page) {
  const words = vocabularies.get(page) ?? plainText(block(page, "words")).then(unfolded);
  vocabularies.set(page, words);
  return words;
}

/** Each word without the letters that it shares with the one before; the first line counts those. @param {string} text */
function unfolded(text) {
  const words = text.split("\n");
  const counts = words.shift() ?? "";
  for (let at = 1; at < words.length; at++) {
    const shared = counts.charCodeAt(at) - 32;
    if (shared) words[at] = words[at - 1].slice(0, shared) + words[at];
  }
  return words;
}

/** What densecodes.py wrote: codes of words, the last byte of each is 32 or more. @param {string[]} words @param {Uint8Array} bytes */
function textOf(words, bytes) {
  const pieces = [];
  let number = 0;
  let afterWord = false;
  for (const byte of bytes) {
    if (byte < 32) {
      number = number * 32 + byte + 1;
      continue;
    }
    const piece = words[number * 224 + byte - 32];
    const isWord = isLetter(piece.charCodeAt(0));
    pieces.push(isWord && afterWord ? " " + piece : piece);
    afterWord = isWord;
    number = 0;
  }
  return pieces.join("");
}

/** Two words with nothing between them had a space there. @param {number} code */
function isLetter(code) {
  return code >= 128 || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
