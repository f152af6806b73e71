import { block, readHeader } from "./blocks.js";
import { rows } from "./densecodes.js";
import { keeping } from "./keeping.js";

const NO_DETAIL = ["", [], "", []];

/** What can be read of a term; its neighbours in the file are unpacked with it. @param {Atlas} atlas @returns {(index: number) => Promise<TermText>} */
export function texts(atlas) {
  const { texts: together, oneway } = readHeader(document);
  const definitions = keeping((at) => rows(document, lines("definitions")[at]));
  const details = keeping((at) => rows(document, lines("details")[at]));
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
  for (const line of lines("definitions")) all.push(...(await rows(document, line)));
  return all;
});

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
