import { block, readHeader } from "./blocks.js";
import { rows } from "./densecodes.js";
import { keeping } from "./keeping.js";

const NO_DETAIL = ["", [], "", []];

/** What can be read of a term; its neighbours in the file are unpacked with it. @param {Atlas} atlas @returns {(index: number) => Promise<TermText>} */
export function texts(atlas) {
  const { texts: together, oneway } = readHeader(document);
  const definitions = keeping((at) => rows(document, lines("definitions")[at]));
  const details = keeping((at) => rows(document, lines("details")[at]));
  const evidence = keeping((at) => rows(document, lines("evidence")[at]));
  const suggestion = async (/** @type {number} */ at) => ({ at, why: (await evidence(Math.floor(at / together)))[at % together] });
  return async (index) => {
    const [at, place] = [Math.floor(index / together), index % together];
    const [said, more] = await Promise.all([definitions(at), details(at)]);
    const [explanation, questions, where, findings] = more[place] || NO_DETAIL;
    return {
      definition: withOwn(atlas.names[index], said[place]),
      explanation: withOwn(atlas.names[index], explanation),
      where: withOwn(atlas.slugs[index], where),
      questions: questions.map((/** @type {string[]} */ [question, answer]) => ({ question, answer })),
      aliases: atlas.aliases[index] ? atlas.aliases[index].split("\n") : [],
      suggestions: await Promise.all(suggestionsAt(atlas, index).map(suggestion)),
      findings: [...findings.map(finding), ...(oneway ? oneWayFindings(atlas, index, oneway) : [])],
    };
  };
}

/** Which suggested links lead out of a term or into it. @param {Atlas} atlas @param {number} index */
function suggestionsAt({ suggestions }, index) {
  if (!suggestions) return [];
  return [...suggestions.source.keys()].filter((at) => suggestions.source[at] === index || suggestions.target[at] === index);
}

const definitionsOf = /** @type {WeakMap<Atlas, Promise<string[]>>} */ (new WeakMap());

/** All definitions, each as it is written. @param {Atlas} atlas @returns {Promise<string[]>} */
export function definitionsForSearch(atlas) {
  const made = definitionsOf.get(atlas) ?? everyDefinition(atlas);
  definitionsOf.set(atlas, made);
  return made;
}

/** @param {Atlas} atlas */
async function everyDefinition({ names }) {
  const all = /** @type {string[]} */ ([]);
  for (const line of lines("definitions")) for (const text of await rows(document, line)) all.push(withOwn(names[all.length], text));
  return all;
}

/** A term's own name stands in its texts as a sign; termtexts.py put it. @param {string} own @param {string} text */
function withOwn(own, text) {
  return text.replace(/\ue001([\ue000\ue001])|\ue000/g, (_, sign) => sign ?? own);
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
