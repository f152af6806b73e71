/** Keep boxes by the cells of 64 px that they touch, to find quickly whether another box is free of them. */
export function boxes() {
  const kept = /** @type {Map<number, Box[]>} */ (new Map());
  return {
    /** @param {Box} box */
    add(box) {
      for (const key of cells(box)) kept.set(key, [...(kept.get(key) ?? []), box]);
    },
    /** @param {Box} box */
    isFree(box) {
      return cells(box).every((key) => !kept.get(key)?.some((other) => meet(box, other)));
    },
  };
}

/** @param {Box} box */
function cells([left, top, right, bottom]) {
  const keys = [];
  for (let column = left >> 6; column <= right >> 6; column++)
    for (let row = top >> 6; row <= bottom >> 6; row++) keys.push(column * 4096 + row);
  return keys;
}

/** @param {Box} one @param {Box} other */
function meet(one, other) {
  return one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];
}
