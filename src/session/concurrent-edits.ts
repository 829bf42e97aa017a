/**
 * Merges changes to a list that were made here with those made in another tab. Items are plain data; equal ones are the same item.
 *
 * @param base as stored when last seen here.
 * @param own `base` with the changes made here.
 * @param stored as stored now, with the changes of other tabs.
 */
export function mergedEdits<T>(base: readonly T[], own: readonly T[], stored: readonly T[]): readonly T[] {
  const added = without(without(own, base), without(stored, base));
  return [...without(stored, without(base, own)), ...added];
}

/** Removes as many equal items as there are, the last ones first. */
function without<T>(list: readonly T[], removed: readonly T[]): readonly T[] {
  const kept = [...list];
  for (const item of removed) {
    const at = kept.findLastIndex((each) => isEqual(each, item));
    if (at >= 0) kept.splice(at, 1);
  }
  return kept;
}

/** Plain data that was written by the same code has its keys in the same order. */
export function isEqual(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
