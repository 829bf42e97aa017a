/** An item to be processed: a photo, a clip. */
export interface Item {
  readonly id: number;
  readonly state: { readonly status: string };
}

/** An ordered list of items, one of them selected, with undo of the last removal. Its functions return a new queue. */
export interface ItemQueue<T extends Item> {
  readonly items: readonly T[];
  readonly selectedId: number | null;
  /** The state before the last removal, for undo. */
  readonly beforeRemoval: { readonly items: readonly T[]; readonly selectedId: number | null } | null;
  readonly nextId: number;
}

/** Actions common to all queues. */
export type ItemAction =
  | { readonly type: 'select'; readonly id: number }
  | { readonly type: 'remove'; readonly ids: readonly number[] }
  | { readonly type: 'clear' }
  | { readonly type: 'undo-removal' }
  | { readonly type: 'forget-removal' };

export const EMPTY_ITEMS = { items: [], selectedId: null, beforeRemoval: null, nextId: 1 } as const;

export function reduceItems<T extends Item>(queue: ItemQueue<T>, action: ItemAction): ItemQueue<T> {
  switch (action.type) {
    case 'select':
      return { ...queue, selectedId: action.id };
    case 'remove':
      return remove(queue, new Set(action.ids));
    case 'clear':
      return { ...queue, items: [], selectedId: null, beforeRemoval: { items: queue.items, selectedId: queue.selectedId } };
    case 'undo-removal':
      return queue.beforeRemoval ? { ...queue, ...queue.beforeRemoval, beforeRemoval: null } : queue;
    case 'forget-removal':
      return { ...queue, beforeRemoval: null };
  }
}

/**
 * Adds an item per file and selects the first of them.
 *
 * @param replaced the item they replace; default: none, they are appended.
 */
export function addItems<T extends Item>(
  queue: ItemQueue<T>,
  files: readonly File[],
  toItem: (file: File, id: number) => T,
  replaced: number | null = null,
): ItemQueue<T> {
  const added = files.map((file, i) => toItem(file, queue.nextId + i));
  const index = queue.items.findIndex(({ id }) => id === replaced);
  const items = index < 0 ? [...queue.items, ...added] : queue.items.toSpliced(index, 1, ...added);
  return { items, selectedId: added[0]?.id ?? queue.selectedId, beforeRemoval: null, nextId: queue.nextId + added.length };
}

/** Changes an item, including removed ones that an undo would restore, since work may finish after the removal. */
export function changeItem<T extends Item>(queue: ItemQueue<T>, id: number, part: Partial<T>): ItemQueue<T> {
  const within = (items: readonly T[]) => items.map((item) => (item.id === id ? { ...item, ...part } : item));
  return {
    ...queue,
    items: within(queue.items),
    beforeRemoval: queue.beforeRemoval && { ...queue.beforeRemoval, items: within(queue.beforeRemoval.items) },
  };
}

/** Changes the state of the items that `concerns` picks; returns the same queue if none match. */
export function restateItems<T extends Item>(queue: ItemQueue<T>, concerns: (item: T) => boolean, state: T['state'] | ((before: T['state']) => T['state'])): ItemQueue<T> {
  if (!queue.items.some(concerns)) return queue;
  return { ...queue, items: queue.items.map((item) => (concerns(item) ? { ...item, state: typeof state === 'function' ? state(item.state) : state } : item)) };
}

/** Items that are listed or that an undo would restore. */
export function keptItems<T extends Item>(queue: ItemQueue<T>): readonly T[] {
  return [...queue.items, ...(queue.beforeRemoval?.items ?? [])];
}

/** Removing the selected item selects the next remaining one, or else the last. */
function remove<T extends Item>(queue: ItemQueue<T>, ids: ReadonlySet<number>): ItemQueue<T> {
  const items = queue.items.filter(({ id }) => !ids.has(id));
  if (items.length === queue.items.length) return queue;
  const after = queue.items.slice(queue.items.findIndex(({ id }) => id === queue.selectedId));
  const neighbour = after.find(({ id }) => !ids.has(id)) ?? items.at(-1);
  return {
    ...queue,
    items,
    selectedId: queue.selectedId !== null && ids.has(queue.selectedId) ? (neighbour?.id ?? null) : queue.selectedId,
    beforeRemoval: { items: queue.items, selectedId: queue.selectedId },
  };
}
