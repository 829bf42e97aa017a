interface Entry {
  readonly id: number;
}

/** Selection after a step, and the item to show; null keeps the current one. */
export interface Marked {
  readonly ids: readonly number[];
  readonly shows: number | null;
}

interface Press {
  /** Start of a range: the item chosen last. */
  readonly anchor: number | null;
  readonly marked: ReadonlySet<number>;
  readonly selectedId: number | null;
  /** Toggles the item. */
  readonly toggles: boolean;
  /** Selects all from the anchor to the item. */
  readonly extends: boolean;
  /** Allows an empty selection. Default: the last item stays selected. */
  readonly mayBeNone?: boolean;
}

/** Selection after a press on an item. */
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

/** Ids between two items, both inclusive, in the order of the items. */
export function rangeOf(items: readonly Entry[], from: number, to: number): readonly number[] {
  const [a, b] = [from, to].map((wanted) => items.findIndex(({ id }) => id === wanted));
  if (a === undefined || b === undefined || b < 0) return [to];
  if (a < 0) return [to];
  return items.slice(Math.min(a, b), Math.max(a, b) + 1).map(({ id }) => id);
}

interface GridShape {
  readonly columns: number;
  /** Rows per PageUp and PageDown. */
  readonly pageRows: number;
  /** Laid out right to left. */
  readonly rtl: boolean;
}

/** Index that a key moves to; null for other keys. */
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
  // Pages stop at the last item in range; single steps out of range do not move.
  return key.startsWith('Page') ? Math.min(count - 1, Math.max(0, to)) : from;
}

/** Longest pause between two letters of a typed word, ms. */
const WORD_MS = 700;

/** Letters typed so far, to find a tile by name. */
export interface Typed {
  readonly letters: string;
  readonly atMs: number;
}

/** Appends a letter, or starts over after a pause. */
export function typedOn({ letters, atMs }: Typed, letter: string, nowMs: number): Typed {
  return { letters: (nowMs - atMs < WORD_MS ? letters : '') + letter.toLowerCase(), atMs: nowMs };
}

/** Next item whose name starts with the letters, from the focus and around; repeating one letter cycles through matches. Null if none. */
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
