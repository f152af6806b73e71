import { block, bytes, damaged, readHeader } from "./blocks.js";
import { rows } from "./densecodes.js";

const WANTED_STATUS = 4;

/** Read the map, the links and the names. Throws a DataError. @param {Document} page @returns {Promise<Atlas>} */
export async function decode(page) {
  const header = readHeader(page);
  const [numbers, labels] = await Promise.all([bytes(block(page, "numbers")), rows(page, block(page, "labels"))]);
  return atlasOf(header, columnsOf(header.columns, numbers), labels);
}

/** @param {Record<string, number>} lengths @param {Uint8Array} numbers */
function columnsOf(lengths, numbers) {
  const columns = /** @type {Record<string, Uint32Array<ArrayBuffer>>} */ ({});
  let at = 0;
  for (const [name, length] of Object.entries(lengths)) {
    columns[name] = fromPlanes(numbers.subarray(at, at + 4 * length), length);
    at += 4 * length;
  }
  if (at !== numbers.length) damaged(new RangeError(`${numbers.length} bytes of numbers instead of ${at}`));
  return columns;
}

/** Of all numbers first the lowest bytes are stored, then the next, and so on: so they pack better. @param {Uint8Array} planes @param {number} length */
function fromPlanes(planes, length) {
  const made = new Uint32Array(length);
  const [second, third, fourth] = [length, 2 * length, 3 * length];
  for (let at = 0; at < length; at++) made[at] = planes[at] | (planes[second + at] << 8) | (planes[third + at] << 16) | (planes[fourth + at] << 24);
  return made;
}

/** @param {import("./blocks.js").Header} header @param {Record<string, Uint32Array<ArrayBuffer>>} columns @param {string[]} labels @returns {Atlas} */
function atlasOf(header, columns, labels) {
  const { title, language, generator, categories, kinds, shelves, rules, words, map } = header;
  const { category, community, component } = columns;
  const out = outLinks(columns);
  const into = inLinks(out);
  const status = Uint8Array.from(columns.status);
  const isDefined = (/** @type {number} */ index) => status[index] !== WANTED_STATUS;
  return {
    title, language, generator, categories, kinds, shelves, rules, words, category, community, component, status, out,
    worst: columns.worst,
    count: status.length,
    linkCount: out.nodes.length,
    slugs: everyThird(labels, 0).map((slug, index) => slug || usualSlug(labels[3 * index + 1])),
    names: everyThird(labels, 1),
    aliases: everyThird(labels, 2),
    x: placed(columns.x, map.x, map.step),
    y: placed(columns.y, map.y, map.step),
    measures: header.measures.map((measure) => ({ ...measure, values: valuesOf(columns, measure.name) ?? degrees(measure.name === "in_degree" ? into : out) })),
    in: into,
    oneWay: (source, target) => isDefined(source) && isDefined(target) && !leadsTo(out, target, source),
    suggestions: suggestionsOf(columns),
  };
}

/** The likeliest come first. @param {Record<string, Uint32Array>} columns @returns {Suggestions | null} */
function suggestionsOf({ "suggested source": source, "suggested target": target, "suggested percent": percent }) {
  return source ? { source, target, probability: Float32Array.from(percent, (value) => value / 100) } : null;
}

/** @param {string[]} labels @param {number} first */
function everyThird(labels, first) {
  return Array.from({ length: labels.length / 3 }, (_, at) => labels[3 * at + first]);
}

/** The slug that most names have, as termtexts.py makes it. @param {string} name */
function usualSlug(name) {
  const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return slug.startsWith("-") || slug.endsWith("-") ? slug.replace(/^-|-$/g, "") : slug;
}

/** What measurecodes.py wrote: places among different values, and the steps of bits from each of those to the next.
 * @param {Record<string, Uint32Array<ArrayBuffer>>} columns @param {string} name */
function valuesOf(columns, name) {
  const bits = columns[name + " steps"];
  if (!bits) return null;
  for (let at = 1; at < bits.length; at++) bits[at] += bits[at - 1];
  const different = new Float32Array(bits.buffer);
  const places = columns[name];
  const values = new Float32Array(places.length);
  for (let at = 0; at < places.length; at++) values[at] = different[places[at]];
  return values;
}

/** @param {Csr} links */
function degrees({ offsets }) {
  return new Float32Array(offsets.length - 1).map((_, index) => offsets[index + 1] - offsets[index]);
}

/** @param {Uint32Array} steps @param {number} start @param {number} step */
function placed(steps, start, step) {
  const values = new Float32Array(steps.length);
  for (let at = 0; at < steps.length; at++) values[at] = start + step * steps[at];
  return values;
}

/** Targets are stored as the distance from the one before. @param {Record<string, Uint32Array>} columns @returns {Csr} */
function outLinks({ degree, target, kind }) {
  const offsets = new Uint32Array(degree.length + 1);
  for (let index = 0, at = 0; index < degree.length; index++) {
    for (let node = 0, end = at + degree[index]; at < end; at++) target[at] = node += target[at];
    offsets[index + 1] = at;
  }
  return { offsets, nodes: target, kinds: kind };
}

/** Turn every link around, by counting sort. @param {Csr} out @returns {Csr} */
function inLinks({ offsets, nodes, kinds }) {
  const turned = { offsets: new Uint32Array(offsets.length), nodes: new Uint32Array(nodes.length), kinds: new Uint32Array(nodes.length) };
  for (const node of nodes) turned.offsets[node + 1]++;
  for (let at = 1; at < offsets.length; at++) turned.offsets[at] += turned.offsets[at - 1];
  const next = turned.offsets.slice();
  for (let index = 0; index + 1 < offsets.length; index++)
    for (let at = offsets[index]; at < offsets[index + 1]; at++) {
      const place = next[nodes[at]]++;
      turned.nodes[place] = index;
      turned.kinds[place] = kinds[at];
    }
  return turned;
}

/** Search in halves. @param {Csr} links @param {number} source @param {number} target */
function leadsTo({ offsets, nodes }, source, target) {
  let low = offsets[source];
  let high = offsets[source + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (nodes[middle] < target) low = middle + 1;
    else high = middle;
  }
  return low < offsets[source + 1] && nodes[low] === target;
}
