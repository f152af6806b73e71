/** The terms that links join to a term, in whatever direction, ascending. @param {Atlas} atlas @param {number} index @returns {number[]} */
export function neighbours(atlas, index) {
  const both = [...row(atlas.out, index), ...row(atlas.in, index)].sort((one, other) => one - other);
  return both.filter((node, at) => node !== both[at - 1]);
}

/** What lies within so many links of a term, in whatever direction: 1 there, 0 elsewhere. @param {Atlas} atlas @param {number} centre @param {number} depth */
export function neighbourhood(atlas, centre, depth) {
  const mask = new Uint8Array(atlas.count);
  mask[centre] = 1;
  let edge = [centre];
  for (let step = 0; step < depth; step++) edge = nextWave([atlas.out, atlas.in], edge, (node) => !mask[node] && (mask[node] = 1) === 1);
  return mask;
}

/**
 * The shortest paths between two terms: as many as `limit`, the most important terms first.
 * `visible` has 1 for the terms that a path may use; its ends it may always use.
 * @param {Atlas} atlas @param {number} from @param {number} to
 * @param {{ directed: boolean, limit: number, visible?: Uint8Array }} options @returns {number[][]}
 */
export function shortestPaths(atlas, from, to, { directed, limit, visible }) {
  const steps = stepsTo(atlas, from, to, directed, visible);
  const next = (/** @type {number} */ node) =>
    (directed ? [...row(atlas.out, node)] : neighbours(atlas, node)).filter((one) => steps[one] === steps[node] - 1);
  return steps[from] < 0 ? [] : walks(from, to, next, limit);
}

/** How many steps each term is from `to`, -1 where nobody asked. @param {Atlas} atlas @param {number} from @param {number} to @param {boolean} directed @param {Uint8Array} [visible] */
function stepsTo(atlas, from, to, directed, visible) {
  const steps = new Int32Array(atlas.count).fill(-1);
  const ways = directed ? [atlas.in] : [atlas.in, atlas.out];
  let edge = [to];
  steps[to] = 0;
  for (let step = 1; edge.length && steps[from] < 0; step++)
    edge = nextWave(ways, edge, (node) => {
      if (steps[node] >= 0 || (visible && !visible[node] && node !== from)) return false;
      steps[node] = step;
      return true;
    });
  return steps;
}

/** The first walks from `from` to `to`, depth first; a stack, since paths can be long. @param {number} from @param {number} to @param {(node: number) => number[]} next @param {number} limit */
function walks(from, to, next, limit) {
  const found = /** @type {number[][]} */ ([]);
  const path = [from];
  const open = [from === to ? [] : next(from)];
  if (from === to) found.push([from]);
  while (open.length && found.length < limit) {
    const node = open[open.length - 1].shift();
    if (node === undefined) {
      open.pop();
      path.pop();
    } else if (node === to) found.push([...path, to]);
    else {
      path.push(node);
      open.push(next(node));
    }
  }
  return found;
}

/** @param {Csr[]} ways @param {number[]} edge @param {(node: number) => boolean} isNew */
function nextWave(ways, edge, isNew) {
  const wave = [];
  for (const node of edge)
    for (const { offsets, nodes } of ways)
      for (let at = offsets[node]; at < offsets[node + 1]; at++) if (isNew(nodes[at])) wave.push(nodes[at]);
  return wave;
}

/** @param {Csr} links @param {number} index */
function row({ offsets, nodes }, index) {
  return nodes.subarray(offsets[index], offsets[index + 1]);
}
