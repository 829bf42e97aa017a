import type { MienError } from '../../engine/errors';
import type { VideoInfo } from '../../sources/video-file-source';
import type { AnalysisWish, ClipEnding } from './analysis-wish';
import type { SavedState } from './analysis-journal';
import type { ClipAnalysis } from './clip-analysis';

export type ClipState =
  | { readonly status: 'opening' }
  | { readonly status: 'unreadable'; readonly error: MienError }
  /** For the person to say what to analyse. */
  | { readonly status: 'ready' }
  | { readonly status: 'waiting' }
  | { readonly status: 'analysing'; readonly analysis: ClipAnalysis }
  | { readonly status: 'ended'; readonly analysis: ClipAnalysis; readonly ending: ClipEnding };

export interface Clip {
  readonly id: number;
  readonly file: File;
  /** Null until it is opened. */
  readonly info: VideoInfo | null;
  readonly wish: AnalysisWish | null;
  /** Object URL of a small picture. */
  readonly thumbnail: string | null;
  readonly state: ClipState;
  /** Of the last analysis, as a session; null before there was one. */
  readonly saved: SavedState | null;
}

export interface ClipQueue {
  readonly clips: readonly Clip[];
  readonly selectedId: number | null;
  /** The queue as it was before the last removal, for undo. */
  readonly beforeRemoval: { readonly clips: readonly Clip[]; readonly selectedId: number | null } | null;
  readonly nextId: number;
}

export type QueueAction =
  | { readonly type: 'add'; readonly files: readonly File[] }
  | { readonly type: 'opened'; readonly id: number; readonly info: VideoInfo; readonly wish: AnalysisWish }
  | { readonly type: 'set-thumbnail'; readonly id: number; readonly url: string }
  | { readonly type: 'set-state'; readonly id: number; readonly state: ClipState }
  | { readonly type: 'set-saved'; readonly id: number; readonly saved: SavedState }
  | { readonly type: 'wish'; readonly id: number; readonly change: Partial<AnalysisWish> }
  | { readonly type: 'start'; readonly id: number }
  | { readonly type: 'start-all' }
  | { readonly type: 'select'; readonly id: number }
  | { readonly type: 'remove'; readonly id: number }
  | { readonly type: 'clear' }
  | { readonly type: 'undo-removal' }
  | { readonly type: 'forget-removal' };

export const EMPTY_QUEUE: ClipQueue = { clips: [], selectedId: null, beforeRemoval: null, nextId: 1 };

/** The queue after an action; the same object where nothing changes. */
export function reduceQueue(queue: ClipQueue, action: QueueAction): ClipQueue {
  switch (action.type) {
    case 'add':
      return add(queue, action.files);
    case 'opened':
      return change(queue, action.id, { info: action.info, wish: action.wish, state: { status: 'ready' } });
    case 'set-thumbnail':
      return change(queue, action.id, { thumbnail: action.url });
    case 'set-state':
      return change(queue, action.id, { state: action.state });
    case 'set-saved':
      return change(queue, action.id, { saved: action.saved });
    case 'wish':
      return changeWish(queue, action.id, action.change);
    case 'start':
      return start(queue, (clip) => clip.id === action.id && (clip.state.status === 'ready' || clip.state.status === 'ended'));
    case 'start-all':
      return start(queue, (clip) => clip.state.status === 'ready');
    case 'select':
      return { ...queue, selectedId: action.id };
    case 'remove':
      return remove(queue, action.id);
    case 'clear':
      return { ...queue, clips: [], selectedId: null, beforeRemoval: { clips: queue.clips, selectedId: queue.selectedId } };
    case 'undo-removal':
      return queue.beforeRemoval ? { ...queue, ...queue.beforeRemoval, beforeRemoval: null } : queue;
    case 'forget-removal':
      return { ...queue, beforeRemoval: null };
  }
}

function add(queue: ClipQueue, files: readonly File[]): ClipQueue {
  const added = files.map((file, i): Clip => {
    return { id: queue.nextId + i, file, info: null, wish: null, thumbnail: null, state: { status: 'opening' }, saved: null };
  });
  return {
    clips: [...queue.clips, ...added],
    selectedId: added[0]?.id ?? queue.selectedId,
    beforeRemoval: null,
    nextId: queue.nextId + added.length,
  };
}

/** Also within what an undo would bring back: an analysis may end after its clip was removed. */
function change(queue: ClipQueue, id: number, part: Partial<Clip>): ClipQueue {
  const within = (clips: readonly Clip[]) => clips.map((clip) => (clip.id === id ? { ...clip, ...part } : clip));
  return {
    ...queue,
    clips: within(queue.clips),
    beforeRemoval: queue.beforeRemoval && { ...queue.beforeRemoval, clips: within(queue.beforeRemoval.clips) },
  };
}

function changeWish(queue: ClipQueue, id: number, part: Partial<AnalysisWish>): ClipQueue {
  const clip = queue.clips.find((each) => each.id === id);
  return clip?.wish ? change(queue, id, { wish: { ...clip.wish, ...part } }) : queue;
}

function start(queue: ClipQueue, which: (clip: Clip) => boolean): ClipQueue {
  if (!queue.clips.some(which)) return queue;
  return { ...queue, clips: queue.clips.map((clip) => (which(clip) ? { ...clip, state: { status: 'waiting' } } : clip)) };
}

function remove(queue: ClipQueue, id: number): ClipQueue {
  const index = queue.clips.findIndex((clip) => clip.id === id);
  if (index < 0) return queue;
  const clips = queue.clips.toSpliced(index, 1);
  const neighbour = clips[Math.min(index, clips.length - 1)];
  return {
    ...queue,
    clips,
    selectedId: queue.selectedId === id ? (neighbour?.id ?? null) : queue.selectedId,
    beforeRemoval: { clips: queue.clips, selectedId: queue.selectedId },
  };
}

/** Every clip that is shown or that an undo could bring back. */
export function keptClips(queue: ClipQueue): readonly Clip[] {
  return [...queue.clips, ...(queue.beforeRemoval?.clips ?? [])];
}
