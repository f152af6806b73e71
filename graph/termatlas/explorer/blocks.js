import { fromBase91 } from "./base91.js";

const VERSION = 2;
const CURE = "Download it again, or build it again from the glossary.";

/** The page's data cannot be read; the message says why and what to do. */
export class DataError extends Error {}

/**
 * The first block of the page, which people can read too.
 * @typedef {object} Header
 * @property {number} version
 * @property {string} title
 * @property {string} language
 * @property {string} generator
 * @property {{ x: number, y: number, step: number }} map where a stored position of 0 lies, and how long a step is
 * @property {Category[]} categories
 * @property {Shelf[]} shelves
 * @property {string[]} kinds
 * @property {{ name: string, title: string, exact: boolean }[]} measures
 * @property {Rule[]} rules
 * @property {Record<string, string>} words
 * @property {{ rule: number, message: string } | null} oneway the finding of which each one-way link has one
 * @property {Record<string, number>} columns the lengths of the columns of numbers, in their order
 * @property {number} texts how many terms share a line of texts
 * @property {Record<string, number>} blocks how long each block is
 */

/** Throws a DataError where the page is not whole. @param {Document} page @returns {Header} */
export function readHeader(page) {
  const header = parsed(page.getElementById("atlas")?.textContent);
  if (header.version !== VERSION) throw new DataError(`This page holds its glossary in a form that it does not know, number ${header.version}. Build it again from the glossary.`);
  for (const [name, length] of Object.entries(header.blocks))
    if (block(page, name).length !== length) throw new DataError("This page is not complete: it was cut short or changed. " + CURE);
  return header;
}

/** @param {Document} page @param {string} name */
export function block(page, name) {
  return page.getElementById("atlas-" + name)?.textContent ?? "";
}

/** Unpack signs. Throws a DataError. @param {string} text */
export async function bytes(text) {
  try {
    const stream = new Blob([fromBase91(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (error) {
    return damaged(error);
  }
}

/** @param {string} text */
export async function plainText(text) {
  return new TextDecoder().decode(await bytes(text));
}

/** @param {unknown} error @returns {never} */
export function damaged(error) {
  throw new DataError("This page is damaged: its glossary cannot be read. " + CURE, { cause: error });
}

/** @param {string | null | undefined} text @returns {Header} */
function parsed(text) {
  try {
    return JSON.parse(text ?? "");
  } catch {
    throw new DataError("This page holds no glossary: it was cut short. " + CURE);
  }
}
