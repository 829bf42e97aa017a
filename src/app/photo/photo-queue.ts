import type { MienError } from '../../engine/errors';
import type { FrameResult } from '../../engine/types';
import { pathOf } from '../files/file-path';

export type PhotoState =
  | { readonly status: 'waiting' }
  /** `seen`: what a first look shows, while the search for smaller faces goes on. */
  | { readonly status: 'reading'; readonly seen: FrameResult | null }
  /** `startedAtMs`: when its reading began, ms since 1970; as below. */
  | { readonly status: 'done'; readonly result: FrameResult; readonly startedAtMs: number }
  | { readonly status: 'failed'; readonly error: MienError; readonly startedAtMs: number }
  | { readonly status: 'cancelled' };

export interface Photo {
  readonly id: number;
  readonly file: File;
  /** What it is called here and in the files that are downloaded: its path, where it came with a folder. */
  readonly name: string;
  /** Object URL of a small picture; null until it is decoded. */
  readonly thumbnail: string | null;
  readonly state: PhotoState;
}

export interface PhotoQueue {
  readonly photos: readonly Photo[];
  readonly selectedId: number | null;
  /** The queue as it was before the last removal, for undo. */
  readonly beforeRemoval: { readonly photos: readonly Photo[]; readonly selectedId: number | null } | null;
  readonly nextId: number;
}

export type QueueAction =
  | { readonly type: 'add'; readonly files: readonly File[] }
  /** The new ones stand where the other was. */
  | { readonly type: 'replace'; readonly id: number; readonly files: readonly File[] }
  | { readonly type: 'set-state'; readonly id: number; readonly state: PhotoState }
  | { readonly type: 'set-thumbnail'; readonly id: number; readonly url: string }
  | { readonly type: 'select'; readonly id: number }
  | { readonly type: 'remove'; readonly id: number }
  | { readonly type: 'clear' }
  | { readonly type: 'undo-removal' }
  | { readonly type: 'forget-removal' }
  | { readonly type: 'cancel' }
  | { readonly type: 'resume' }
  | { readonly type: 'retry' };

export const EMPTY_QUEUE: PhotoQueue = { photos: [], selectedId: null, beforeRemoval: null, nextId: 1 };

/** The queue after an action. What is done stays done; one photo never changes another. */
export function reduceQueue(queue: PhotoQueue, action: QueueAction): PhotoQueue {
  switch (action.type) {
    case 'add':
      return add(queue, action.files);
    case 'replace':
      return replace(queue, action.id, action.files);
    case 'set-state':
      return change(queue, action.id, { state: action.state });
    case 'set-thumbnail':
      return change(queue, action.id, { thumbnail: action.url });
    case 'select':
      return { ...queue, selectedId: action.id };
    case 'remove':
      return remove(queue, action.id);
    case 'clear':
      return { ...queue, photos: [], selectedId: null, beforeRemoval: { photos: queue.photos, selectedId: queue.selectedId } };
    case 'undo-removal':
      return queue.beforeRemoval ? { ...queue, ...queue.beforeRemoval, beforeRemoval: null } : queue;
    case 'forget-removal':
      return { ...queue, beforeRemoval: null };
    case 'cancel':
      return restate(queue, ({ status }) => status === 'waiting' || status === 'reading', 'cancelled');
    case 'resume':
      return restate(queue, ({ status }) => status === 'cancelled', 'waiting');
    case 'retry':
      return restate(queue, isWorthRetrying, 'waiting');
  }
}

/** At `index`, in the place of `instead` others that were there. */
function add(queue: PhotoQueue, files: readonly File[], index = queue.photos.length, instead = 0): PhotoQueue {
  const added = files.map((file, i): Photo => ({ id: queue.nextId + i, file, name: pathOf(file), thumbnail: null, state: { status: 'waiting' } }));
  return {
    photos: queue.photos.toSpliced(index, instead, ...added),
    // The first of what was just added is what a person wants to see.
    selectedId: added[0]?.id ?? queue.selectedId,
    beforeRemoval: null,
    nextId: queue.nextId + added.length,
  };
}

function replace(queue: PhotoQueue, id: number, files: readonly File[]): PhotoQueue {
  if (files.length === 0) return queue;
  const index = queue.photos.findIndex((p) => p.id === id);
  return index < 0 ? add(queue, files) : add(queue, files, index, 1);
}

/** Also within what an undo would bring back: a reading may end after its photo was removed. */
function change(queue: PhotoQueue, id: number, part: Partial<Photo>): PhotoQueue {
  const within = (photos: readonly Photo[]) => photos.map((p) => (p.id === id ? { ...p, ...part } : p));
  return {
    ...queue,
    photos: within(queue.photos),
    beforeRemoval: queue.beforeRemoval && { ...queue.beforeRemoval, photos: within(queue.beforeRemoval.photos) },
  };
}

function remove(queue: PhotoQueue, id: number): PhotoQueue {
  const index = queue.photos.findIndex((p) => p.id === id);
  if (index < 0) return queue;
  const photos = queue.photos.toSpliced(index, 1);
  const neighbour = photos[Math.min(index, photos.length - 1)];
  return {
    ...queue,
    photos,
    selectedId: queue.selectedId === id ? (neighbour?.id ?? null) : queue.selectedId,
    beforeRemoval: { photos: queue.photos, selectedId: queue.selectedId },
  };
}

function restate(queue: PhotoQueue, concerns: (state: PhotoState) => boolean, to: 'waiting' | 'cancelled'): PhotoQueue {
  return { ...queue, photos: queue.photos.map((p) => (concerns(p.state) ? { ...p, state: { status: to } } : p)) };
}

/** It failed for a reason that may pass; a picture that cannot be opened stays as it is. */
export function isWorthRetrying(state: PhotoState): boolean {
  return state.status === 'failed' && !state.error.is('image');
}

/** Every photo that is shown or that an undo could bring back. */
export function keptPhotos(queue: PhotoQueue): readonly Photo[] {
  return [...queue.photos, ...(queue.beforeRemoval?.photos ?? [])];
}

export interface QueueProgress {
  readonly total: number;
  /** Done, failed or cancelled. */
  readonly ended: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly running: boolean;
}

export function queueProgress({ photos }: PhotoQueue): QueueProgress {
  const count = (...statuses: PhotoState['status'][]) => photos.filter((p) => statuses.includes(p.state.status)).length;
  const running = count('waiting', 'reading');
  return { total: photos.length, ended: photos.length - running, failed: count('failed'), cancelled: count('cancelled'), running: running > 0 };
}
