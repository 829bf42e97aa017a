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
  /** The last one may be taken away, too. Default: one stays marked. */
  readonly mayBeNone?: boolean;
}

/** Marked tiles after a press on one of them. */
export function clickedIds(items: readonly Entry[], id: number, { anchor, marked, selectedId, toggles, extends: extending, mayBeNone = false }: Press): Marked {
  if (extending) {
    const ids = rangeOf(items, anchor ?? selectedId ?? id, id);
    return { ids, shows: selectedId !== null && ids.includes(selectedId) ? null : id };
  }
  if (!toggles) return { ids: [id], shows: id };
  const without = [...marked].filter((each) => each !== id);
  if (!marked.has(id)) return { ids: [...without, id], shows: selectedId === null ? id : null };
  if (mayBeNone) return { ids: without, shows: null };
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
  /** Rows that PageUp and PageDown pass. */
  readonly pageRows: number;
  /** Laid out from right to left. */
  readonly rtl: boolean;
}

/** Index that a key leads to; null where it leads nowhere. */
export function keyTarget(key: string, from: number, count: number, { columns, pageRows, rtl }: GridShape): number | null {
  if (count === 0) return null;
  const ahead = rtl ? -1 : 1;
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: ahead,
    ArrowLeft: -ahead,
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: pageRows * columns,
    PageUp: -pageRows * columns,
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

/** Letters with no more than this between two of them are one word, ms. */
const WORD_MS = 700;

/** What was typed so far, to find a tile by its name. */
export interface Typed {
  readonly letters: string;
  readonly atMs: number;
}

/** The letters after one more. */
export function typedOn({ letters, atMs }: Typed, letter: string, nowMs: number): Typed {
  return { letters: (nowMs - atMs < WORD_MS ? letters : '') + letter.toLowerCase(), atMs: nowMs };
}

/** The next one whose name begins with the letters, from where the focus is and round; of one letter, pressed again and again, the one after. Null if none. */
export function typedTarget<T>(items: readonly T[], nameOf: (item: T) => string, from: number, letters: string): number | null {
  const isRepeated = letters === letters.charAt(0).repeat(letters.length);
  const wanted = isRepeated ? letters.slice(0, 1) : letters;
  for (let step = isRepeated ? 1 : 0; step <= items.length; step++) {
    const at = (from + step) % items.length;
    const item = items[at];
    if (item !== undefined && nameOf(item).toLowerCase().startsWith(wanted)) return at;
  }
  return null;
}
