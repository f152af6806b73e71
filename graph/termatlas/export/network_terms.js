const given = /** @type {PyvisPage} */ (/** @type {unknown} */ (window));

export const network = given.network;
export const terms = given.nodes.get();
export const links = given.edges.get();

const termById = new Map(terms.map((each) => [each.id, each]));
const leaving = new Map(terms.map((each) => [each.id, /** @type {Neighbour[]} */ ([])]));
const entering = new Map(terms.map((each) => [each.id, /** @type {Neighbour[]} */ ([])]));
for (const { from, to, kind } of links) {
  leaving.get(from)?.push({ id: to, kind });
  entering.get(to)?.push({ id: from, kind });
}

/** @param {string} id */
export function termOf(id) {
  return /** @type {Term} */ (termById.get(id));
}

/** The links of a term to others on this map. @param {Term} each */
export function linksOut(each) {
  return leaving.get(each.id) ?? [];
}

/** The links of others on this map to a term. @param {Term} each */
export function linksIn(each) {
  return entering.get(each.id) ?? [];
}

/** The terms that a link joins to this one; twice where two links do. @param {Term} each */
export function around(each) {
  return [...linksOut(each), ...linksIn(each)].map(({ id }) => termOf(id));
}
