import type { MienError } from '../../engine/errors';
import type { SaveOutcome } from '../../session/session-writer';
import type { VideoInfo } from '../../sources/video-file-source';
import type { AnalysisWish, ClipEnding } from './analysis-wish';
import type { ClipAnalysis } from './clip-analysis';
import { addItems, changeItem, EMPTY_ITEMS, keptItems, reduceItems, restateItems, type ItemAction, type ItemQueue } from '../item-queue';

export type ClipState =
  /** `thenStarts`: start all was requested while this clip was still opening. */
  | { readonly status: 'opening'; readonly thenStarts: boolean }
  | { readonly status: 'unreadable'; readonly error: MienError }
  /** Waits for the user to choose the analysis. */
  | { readonly status: 'ready' }
  | { readonly status: 'waiting' }
  | { readonly status: 'analysing'; readonly analysis: ClipAnalysis }
  | { readonly status: 'ended'; readonly analysis: ClipAnalysis; readonly ending: ClipEnding };

/** Whether the last analysis is on disk as a session. */
export type SavedState = SaveOutcome | { readonly how: 'saving' };

export interface Clip {
  readonly id: number;
  readonly file: File;
  /** Null until opened. */
  readonly info: VideoInfo | null;
  readonly wish: AnalysisWish | null;
  /** Object URL. */
  readonly thumbnail: string | null;
  readonly state: ClipState;
  /** State of saving the last analysis as a session; null before the first. */
  readonly saved: SavedState | null;
}

export type ClipQueue = ItemQueue<Clip>;

export type QueueAction =
  | { readonly type: 'add'; readonly files: readonly File[] }
  | { readonly type: 'opened'; readonly id: number; readonly info: VideoInfo; readonly wish: AnalysisWish }
  | { readonly type: 'set-thumbnail'; readonly id: number; readonly url: string }
  | { readonly type: 'set-state'; readonly id: number; readonly state: ClipState }
  | { readonly type: 'set-saved'; readonly id: number; readonly saved: SavedState }
  | { readonly type: 'wish'; readonly id: number; readonly change: Partial<AnalysisWish> }
  | { readonly type: 'start'; readonly id: number }
  | { readonly type: 'start-all' }
  | ItemAction;

/** Initial state. */
export const OPENING: ClipState = { status: 'opening', thenStarts: false };

export const EMPTY_QUEUE: ClipQueue = EMPTY_ITEMS;

/** The queue after an action; the same object if nothing changes. */
export function reduceQueue(queue: ClipQueue, action: QueueAction): ClipQueue {
  switch (action.type) {
    case 'add':
      return addItems(queue, action.files, toClip);
    case 'opened':
      return changeItem(queue, action.id, { info: action.info, wish: action.wish, state: { status: thenStarts(queue, action.id) ? 'waiting' : 'ready' } });
    case 'set-thumbnail':
      return changeItem(queue, action.id, { thumbnail: action.url });
    case 'set-state':
      return changeItem(queue, action.id, { state: action.state });
    case 'set-saved':
      return changeItem(queue, action.id, { saved: action.saved });
    case 'wish':
      return changeWish(queue, action.id, action.change);
    case 'start':
      return restateItems(queue, ({ id, state: { status } }) => id === action.id && (status === 'ready' || status === 'ended'), { status: 'waiting' });
    case 'start-all':
      return restateItems(
        restateItems(queue, ({ state }) => state.status === 'ready', { status: 'waiting' }),
        ({ state }) => state.status === 'opening' && !state.thenStarts,
        { status: 'opening', thenStarts: true },
      );
    default:
      return reduceItems(queue, action);
  }
}

/** Whether a clip was not started yet, open or not. */
export function isUnstarted({ state }: Clip): boolean {
  return state.status === 'ready' || (state.status === 'opening' && !state.thenStarts);
}

/** Includes removed clips, which may be restored. */
function thenStarts(queue: ClipQueue, id: number): boolean {
  const state = keptItems(queue).find((clip) => clip.id === id)?.state;
  return state?.status === 'opening' && state.thenStarts;
}

function toClip(file: File, id: number): Clip {
  return { id, file, info: null, wish: null, thumbnail: null, state: OPENING, saved: null };
}

function changeWish(queue: ClipQueue, id: number, part: Partial<AnalysisWish>): ClipQueue {
  const clip = queue.items.find((each) => each.id === id);
  return clip?.wish ? changeItem(queue, id, { wish: { ...clip.wish, ...part } }) : queue;
}
