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
  const words = vocabularies.get(page) ?? plainText(block(page, "words")).then((text) => text.split("\n"));
  vocabularies.set(page, words);
  return words;
}

/** What densecodes.py wrote: codes of words, the last byte of each with its highest bit set. @param {string[]} words @param {Uint8Array} bytes */
function textOf(words, bytes) {
  const pieces = [];
  let number = 0;
  let afterWord = false;
  for (const byte of bytes) {
    if (byte < 128) {
      number = number * 128 + byte + 1;
      continue;
    }
    const piece = words[number * 128 + byte - 128];
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
