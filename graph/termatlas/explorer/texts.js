import { block, bytes, damaged, plainText, readHeader } from "./blocks.js";
import { textOf } from "./densecodes.js";

const KEPT = 8; // lines of texts
const NO_DETAIL = ["", [], "", []];

/** What can be read of a term; its neighbours in the file are unpacked with it. @param {Atlas} atlas @returns {(index: number) => Promise<TermText>} */
export function texts(atlas) {
  const { texts: together, oneway } = readHeader(document);
  const definitions = keeping((at) => rows(lines("definitions")[at]));
  const details = keeping((at) => rows(lines("details")[at]));
  return async (index) => {
    const [at, place] = [Math.floor(index / together), index % together];
    const [said, more] = await Promise.all([definitions(at), details(at)]);
    const [explanation, questions, where, findings] = more[place] || NO_DETAIL;
    return {
      definition: said[place], explanation, where,
      questions: questions.map((/** @type {string[]} */ [question, answer]) => ({ question, answer })),
      aliases: atlas.aliases[index] ? atlas.aliases[index].split("\n") : [],
      findings: [...findings.map(finding), ...(oneway ? oneWayFindings(atlas, index, oneway) : [])],
    };
  };
}

/** All definitions, each as it is written. @returns {Promise<string[]>} */
export function definitionsForSearch() {
  return everyDefinition(0);
}

const everyDefinition = keeping(async () => {
  const all = /** @type {string[]} */ ([]);
  for (const line of lines("definitions")) all.push(...(await rows(line)));
  return all;
});

const vocabulary = keeping(async () => (await plainText(block(document, "words"))).split("\n"));

/** @param {string} line @returns {Promise<any[]>} */
async function rows(line) {
  const [words, codes] = await Promise.all([vocabulary(0), bytes(line)]);
  try {
    return JSON.parse(textOf(words, codes));
  } catch (error) {
    return damaged(error);
  }
}

/** @param {string} name */
function lines(name) {
  const text = block(document, name);
  return text ? text.split("\n") : [];
}

/** @param {[number, number, string]} stored @returns {TermFinding} */
function finding([rule, target, message]) {
  return { rule, target, message };
}

/** Most findings are about one-way links; the links tell them. @param {Atlas} atlas @param {number} index @param {{ rule: number, message: string }} oneway @returns {TermFinding[]} */
function oneWayFindings(atlas, index, { rule, message }) {
  const { offsets, nodes } = atlas.out;
  const targets = [...nodes.subarray(offsets[index], offsets[index + 1])].filter((target) => atlas.oneWay(index, target));
  return targets.map((target) => ({
    rule, target,
    message: message.replace(/\{(source|target)\}/g, (_, end) => atlas.slugs[end === "source" ? index : target]),
  }));
}

/** Keep the last few results. @template T @param {(at: number) => Promise<T>} make @returns {(at: number) => Promise<T>} */
function keeping(make) {
  const kept = /** @type {Map<number, Promise<T>>} */ (new Map());
  return (at) => {
    const made = kept.get(at) ?? make(at);
    kept.delete(at);
    kept.set(at, made);
    if (kept.size > KEPT) kept.delete(/** @type {number} */ (kept.keys().next().value));
    return made;
  };
}
