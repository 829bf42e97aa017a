interface Entry {
  readonly id: number;
}

/** What is marked after a step, and the one to be shown whole; null: the one that was. */
export interface Marked {
  readonly ids: readonly number[];
  readonly shows: number | null;
}

interface Press {
  /** Where a range begins: the one chosen last. */
  readonly anchor: number | null;
  readonly marked: ReadonlySet<number>;
  readonly selectedId: number | null;
  /** Adds it to those marked, or takes it from them. */
  readonly toggles: boolean;
  /** Marks all from the anchor to it. */
  readonly extends: boolean;
}

/** Marked files after a press on one of them. At least one stays marked. */
export function clickedIds(items: readonly Entry[], id: number, { anchor, marked, selectedId, toggles, extends: extending }: Press): Marked {
  if (extending) {
    const ids = rangeOf(items, anchor ?? selectedId ?? id, id);
    return { ids, shows: selectedId !== null && ids.includes(selectedId) ? null : id };
  }
  if (!toggles) return { ids: [id], shows: id };
  const without = [...marked].filter((each) => each !== id);
  if (!marked.has(id)) return { ids: [...without, id], shows: selectedId === null ? id : null };
  const [other] = without;
  if (other === undefined) return { ids: [id], shows: null };
  return { ids: without, shows: id === selectedId ? other : null };
}

/** Ids from one to another, both included, in the order of the items. */
export function rangeOf(items: readonly Entry[], from: number, to: number): readonly number[] {
  const [a, b] = [from, to].map((wanted) => items.findIndex(({ id }) => id === wanted));
  if (a === undefined || b === undefined || b < 0) return [to];
  if (a < 0) return [to];
  return items.slice(Math.min(a, b), Math.max(a, b) + 1).map(({ id }) => id);
}

interface GridShape {
  readonly columns: number;
  /** Laid out from right to left. */
  readonly rtl: boolean;
}

/** Rows that PageUp and PageDown pass. */
const PAGE_ROWS = 3;

/** Index that a key leads to; null where it leads nowhere. */
export function keyTarget(key: string, from: number, count: number, { columns, rtl }: GridShape): number | null {
  if (count === 0) return null;
  const ahead = rtl ? -1 : 1;
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: ahead,
    ArrowLeft: -ahead,
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: PAGE_ROWS * columns,
    PageUp: -PAGE_ROWS * columns,
  };
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = steps[key];
  if (step === undefined) return null;
  const to = from + step;
  if (to >= 0 && to < count) return to;
  // Pages end at the last row's place in the column; single steps end where they are.
  return key.startsWith('Page') ? Math.min(count - 1, Math.max(0, to)) : from;
}
