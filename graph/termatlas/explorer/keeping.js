const KEPT = 8;

/** Keep the last few results. @template T @param {(at: number) => Promise<T>} make @returns {(at: number) => Promise<T>} */
export function keeping(make) {
  const kept = /** @type {Map<number, Promise<T>>} */ (new Map());
  return (at) => {
    const made = kept.get(at) ?? make(at);
    kept.delete(at);
    kept.set(at, made);
    if (kept.size > KEPT) kept.delete(/** @type {number} */ (kept.keys().next().value));
    return made;
  };
}
