import { forget, recall, remember } from '../tab-memory';
import { BATCH_FILTERS, BATCH_ORDERS, type BatchFilter, type BatchOrder } from './batch';
import type { Photo } from './photo-queue';

/** Filter, search and order of a batch. */
export interface BatchView {
  readonly filter: BatchFilter;
  readonly search: string;
  readonly order: BatchOrder;
}

export const WHOLE_BATCH: BatchView = { filter: 'all', search: '', order: 'added' };

const KEY = 'mien.batch-view';

type Signed = readonly Pick<Photo, 'name' | 'file' | 'missing'>[];

/** The view last used for these photos in this tab; the whole batch for other photos. */
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

/** Forgets the view, and with it the searched name, so that photos added to an emptied list are all shown. */
export function forgetBatchView(): void {
  forget(KEY);
}

/** Identifies a batch, so that added photos are not hidden by an earlier search. Uses size and date, as cameras reuse names. */
function signature(photos: Signed): string {
  const last = photos.at(-1);
  const { bytes, modifiedAtMs } = last?.missing ?? { bytes: last?.file.size, modifiedAtMs: last?.file.lastModified };
  return [photos.length, bytes, modifiedAtMs, last?.name].join(' ');
}
