import { forget, recall, remember } from '../tab-memory';
import { BATCH_FILTERS, BATCH_ORDERS, type BatchFilter, type BatchOrder } from './batch';
import type { Photo } from './photo-queue';

/** How a batch is looked at. */
export interface BatchView {
  readonly filter: BatchFilter;
  readonly search: string;
  readonly order: BatchOrder;
}

export const WHOLE_BATCH: BatchView = { filter: 'all', search: '', order: 'added' };

const KEY = 'mien.batch-view';

type Signed = readonly Pick<Photo, 'name' | 'file' | 'missing'>[];

/** How these photos were looked at in this tab; as a whole if others were. */
export function recallBatchView(photos: Signed): BatchView {
  const stored = recall(KEY);
  if (typeof stored !== 'object' || stored === null || !('photos' in stored) || stored.photos !== signature(photos)) return WHOLE_BATCH;
  const { filter, search, order } = stored as Record<string, unknown>;
  return {
    filter: BATCH_FILTERS.find((known) => known === filter) ?? 'all',
    search: typeof search === 'string' ? search : '',
    order: BATCH_ORDERS.find((known) => known === order) ?? 'added',
  };
}

export function rememberBatchView(view: BatchView, photos: Signed): void {
  remember(KEY, { ...view, photos: signature(photos) });
}

/** What comes into an emptied list is shown as a whole, and no name of what was in it is left. */
export function forgetBatchView(): void {
  forget(KEY);
}

/** What was added since is shown, whatever was searched for before; cameras give the same names again. */
function signature(photos: Signed): string {
  const last = photos.at(-1);
  const { bytes, modifiedAtMs } = last?.missing ?? { bytes: last?.file.size, modifiedAtMs: last?.file.lastModified };
  return [photos.length, bytes, modifiedAtMs, last?.name].join(' ');
}
