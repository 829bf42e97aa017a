import { recall, remember } from '../tab-memory';
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

type Named = readonly Pick<Photo, 'name'>[];

/** How these photos were looked at in this tab; as a whole if others were. */
export function recallBatchView(photos: Named): BatchView {
  const stored = recall(KEY);
  if (typeof stored !== 'object' || stored === null || !('photos' in stored) || stored.photos !== signature(photos)) return WHOLE_BATCH;
  const { filter, search, order } = stored as Record<string, unknown>;
  return {
    filter: BATCH_FILTERS.find((known) => known === filter) ?? 'all',
    search: typeof search === 'string' ? search : '',
    order: BATCH_ORDERS.find((known) => known === order) ?? 'added',
  };
}

export function rememberBatchView(view: BatchView, photos: Named): void {
  remember(KEY, { ...view, photos: signature(photos) });
}

/** What was added since is shown, whatever was searched for before. */
function signature(photos: Named): string {
  return `${photos.length} ${photos.at(-1)?.name ?? ''}`;
}
