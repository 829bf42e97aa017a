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

/** Photos of a batch that are shown, selected or compared, by index. */
export interface BatchPicks {
  /** Photo shown large; null if none. */
  readonly shown: number | null;
  readonly marked: readonly number[];
  /** Two selected photos are shown side by side. */
  readonly comparing: boolean;
}

const NO_PICKS: BatchPicks = { shown: null, marked: [], comparing: false };

const KEY = 'mien.batch-view';

type Signed = readonly Pick<Photo, 'name' | 'file' | 'missing'>[];

/** The view last used for these photos in this tab; the whole batch for other photos. */
export function recallBatchView(photos: Signed): BatchView {
  const { filter, search, order } = recalled(photos);
  return {
    filter: BATCH_FILTERS.find((known) => known === filter) ?? 'all',
    search: typeof search === 'string' ? search : '',
    order: BATCH_ORDERS.find((known) => known === order) ?? 'added',
  };
}

/** Picks last used for these photos in this tab; none for other photos. */
export function recallPicks(photos: Signed): BatchPicks {
  const { shown, marked, comparing } = recalled(photos);
  const isPlace = (value: unknown): value is number => typeof value === 'number' && value in photos;
  return { shown: isPlace(shown) ? shown : null, marked: Array.isArray(marked) ? marked.filter(isPlace) : [], comparing: comparing === true };
}

function recalled(photos: Signed): Record<string, unknown> {
  const stored = recall(KEY);
  return typeof stored === 'object' && stored !== null && 'photos' in stored && stored.photos === signature(photos) ? { ...stored } : {};
}

export function rememberBatchView(view: BatchView, photos: Signed, picks = NO_PICKS): void {
  remember(KEY, { ...view, ...picks, photos: signature(photos) });
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
