/** Something that waits in a queue and is worked on: a photo, a clip. */
export interface Item {
  readonly id: number;
  readonly state: { readonly status: string };
}

/** A list of items in order, one of them selected, whose last removal can be undone. Its functions give a new queue. */
export interface ItemQueue<T extends Item> {
  readonly items: readonly T[];
  readonly selectedId: number | null;
  /** The queue as it was before the last removal, for undo. */
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
 * Adds an item for each file and selects the first of them.
 *
 * @param replaced the item whose place they take; default: they come last.
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

/** Changes an item, also among those that an undo would bring back: work may end after its item was removed. */
export function changeItem<T extends Item>(queue: ItemQueue<T>, id: number, part: Partial<T>): ItemQueue<T> {
  const within = (items: readonly T[]) => items.map((item) => (item.id === id ? { ...item, ...part } : item));
  return {
    ...queue,
    items: within(queue.items),
    beforeRemoval: queue.beforeRemoval && { ...queue.beforeRemoval, items: within(queue.beforeRemoval.items) },
  };
}

/** Gives a new state to the items that `concerns` picks; the same queue if there are none. */
export function restateItems<T extends Item>(queue: ItemQueue<T>, concerns: (item: T) => boolean, state: T['state'] | ((before: T['state']) => T['state'])): ItemQueue<T> {
  if (!queue.items.some(concerns)) return queue;
  return { ...queue, items: queue.items.map((item) => (concerns(item) ? { ...item, state: typeof state === 'function' ? state(item.state) : state } : item)) };
}

/** Every item that is shown or that an undo could bring back. */
export function keptItems<T extends Item>(queue: ItemQueue<T>): readonly T[] {
  return [...queue.items, ...(queue.beforeRemoval?.items ?? [])];
}

/** A removed item that was selected passes the selection to the next one that stays, or else to the last. */
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
