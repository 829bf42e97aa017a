/**
 * Merges changes to a list that were made here with those made in another tab. Items are plain data; equal ones are the same item.
 *
 * @param base as stored when last seen here.
 * @param own `base` with the changes made here.
 * @param stored as stored now, with the changes of other tabs.
 */
export function mergedEdits<T extends object>(base: readonly T[], own: readonly T[], stored: readonly T[]): readonly T[] {
  if (own === base) return stored;
  if (isEqual(stored, base)) return own;
  const added = without(without(own, base), without(stored, base));
  return [...without(stored, without(base, own)), ...added];
}

/** Removes as many equal items as there are, the last ones first. */
function without<T extends object>(list: readonly T[], removed: readonly T[]): readonly T[] {
  if (removed.length === 0 || list.length === 0) return list;
  const left = new Map<string, number>();
  for (const item of removed) left.set(valueOf(item), (left.get(valueOf(item)) ?? 0) + 1);
  const isKept = (item: T) => {
    const count = left.get(valueOf(item)) ?? 0;
    if (count > 0) left.set(valueOf(item), count - 1);
    return count === 0;
  };
  return list.toReversed().filter(isKept).reverse();
}

/** Items never change, and thousands of them are compared several times. */
const values = new WeakMap<object, string>();

/** The same for equal items: plain data that the same code wrote has its keys in the same order. */
export function valueOf(item: object): string {
  const value = values.get(item) ?? JSON.stringify(item);
  values.set(item, value);
  return value;
}

export function isEqual(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
