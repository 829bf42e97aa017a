import type { MienError } from '../../engine/errors';
import { overlap, type PixelRect } from '../../engine/geometry';
import type { Sensitivity } from '../../engine/mixing';
import type { EngineHealth, FaceObservation, FrameResult } from '../../engine/types';
import { pathOf } from '../files/file-path';
import { addItems, changeItem, EMPTY_ITEMS, keptItems, reduceItems, restateItems, type ItemAction, type ItemQueue } from '../item-queue';

/** Engine that read a photo. */
export interface ReadBy extends Pick<EngineHealth, 'model' | 'backend'> {
  /** Absent if nothing was read, or by an earlier version; null if the model has none. */
  readonly sensitivity?: Sensitivity | null;
}

/** Common to results and errors. */
interface ReadPhoto {
  /** Start of the analysis, ms since 1970. */
  readonly startedAtMs: number;
  /** Format by content; null if unknown. */
  readonly container: string | null;
}

export type PhotoState =
  | { readonly status: 'waiting' }
  /** `seen`: result of the first pass, while the search for smaller faces continues. */
  | { readonly status: 'reading'; readonly seen: FrameResult | null }
  /** `notFaces`: the members of `allFaces` that the user marked as no face; `result` excludes them. */
  | ({ readonly status: 'done'; readonly result: FrameResult; readonly readBy: ReadBy; readonly allFaces?: readonly FaceObservation[]; readonly notFaces?: readonly FaceObservation[] } & ReadPhoto)
  | ({ readonly status: 'failed'; readonly error: MienError } & ReadPhoto)
  | { readonly status: 'cancelled' };

export interface Photo {
  readonly id: number;
  readonly file: File;
  /** Display and export name: the path if the file came with a folder. */
  readonly name: string;
  /** Null until the photo is decoded. */
  readonly thumbnail: PhotoThumbnail | null;
  /** Boxes that the user marked as no face; kept when the photo is read again. */
  readonly notFaces: readonly PixelRect[];
  /** Identifies the file of a restored photo that was not stored in time; null if the file is available. */
  readonly missing: FileMark | null;
  readonly state: PhotoState;
}

export interface PhotoThumbnail {
  /** Object URL of the picture. */
  readonly url: string;
  readonly picture: Blob;
}

/** Identifies a file together with its name. */
export interface FileMark {
  readonly bytes: number;
  /** Ms since 1970. */
  readonly modifiedAtMs: number;
}

/** A photo from the last visit. */
export type RestoredPhoto = Omit<Photo, 'id'>;

export type PhotoQueue = ItemQueue<Photo>;

export type QueueAction =
  | { readonly type: 'add'; readonly files: readonly File[] }
  /** Inserts photos of the last visit before all others; selects the one at index `shown` unless there is a selection. */
  | { readonly type: 'restore'; readonly photos: readonly RestoredPhoto[]; readonly shown: number | null }
  /** Files of missing photos, by photo id. */
  | { readonly type: 'found'; readonly files: ReadonlyMap<number, File> }
  /** Removes photos that are read elsewhere; there is no undo. */
  | { readonly type: 'hand-over'; readonly ids: readonly number[] }
  /** Inserts new photos in place of one. */
  | { readonly type: 'replace'; readonly id: number; readonly files: readonly File[] }
  | { readonly type: 'set-state'; readonly id: number; readonly state: PhotoState }
  | { readonly type: 'set-thumbnail'; readonly id: number; readonly thumbnail: PhotoThumbnail }
  /** The user marked a face as no face, or undid that. */
  | { readonly type: 'not-a-face' | 'a-face-after-all'; readonly id: number; readonly face: FaceObservation }
  | ItemAction
  | { readonly type: 'cancel' }
  | { readonly type: 'resume' }
  | { readonly type: 'retry' };

export const EMPTY_QUEUE: PhotoQueue = EMPTY_ITEMS;

const NONE_SAID: readonly PixelRect[] = [];
/** Overlap (0–1) from which two boxes count as the same face. */
const SAME_PLACE = 0.5;

/** The queue after an action. Finished photos stay finished; one photo never changes another. */
export function reduceQueue(queue: PhotoQueue, action: QueueAction): PhotoQueue {
  switch (action.type) {
    case 'add':
      return addItems(queue, action.files, toPhoto);
    case 'restore':
      return restore(queue, action.photos, action.shown);
    case 'found':
      return { ...queue, items: queue.items.map((photo) => foundPhoto(photo, action.files.get(photo.id))) };
    case 'hand-over':
      return { ...reduceItems(queue, { type: 'remove', ids: action.ids }), beforeRemoval: queue.beforeRemoval };
    case 'replace':
      return action.files.length === 0 ? queue : addItems(queue, action.files, toPhoto, action.id);
    case 'set-state':
      return changeItem(queue, action.id, { state: withoutSaid(action.state, keptItems(queue).find(({ id }) => id === action.id)?.notFaces ?? []) });
    case 'set-thumbnail':
      return changeItem(queue, action.id, { thumbnail: action.thumbnail });
    case 'not-a-face':
    case 'a-face-after-all':
      return sayOfFace(queue, action);
    case 'cancel':
      return restateItems(queue, ({ state: { status } }) => status === 'waiting' || status === 'reading', { status: 'cancelled' });
    case 'resume':
      return restateItems(queue, ({ state: { status } }) => status === 'cancelled', { status: 'waiting' });
    case 'retry':
      return restateItems(queue, ({ state }) => isWorthRetrying(state), { status: 'waiting' });
    default:
      return reduceItems(queue, action);
  }
}

type FaceAction = Extract<QueueAction, { readonly type: 'not-a-face' | 'a-face-after-all' }>;
type DoneState = Extract<PhotoState, { readonly status: 'done' }>;

function sayOfFace(queue: PhotoQueue, { id, type, face }: FaceAction): PhotoQueue {
  const state = queue.items.find((photo) => photo.id === id)?.state;
  if (state?.status !== 'done') return queue;
  const { notFaces = [] } = state;
  const said = type === 'not-a-face' ? [...notFaces, face] : notFaces.filter((each) => each !== face);
  return changeItem(queue, id, { state: withoutFaces(state, said), notFaces: said.map(({ box }) => box) });
}

/** Keeps the original order of the faces. */
function withoutFaces(state: DoneState, none: readonly FaceObservation[]): DoneState {
  const { result, allFaces = result.faces } = state;
  return { ...state, allFaces, result: { ...result, faces: allFaces.filter((face) => !none.includes(face)) }, notFaces: allFaces.filter((face) => none.includes(face)) };
}

/** Reapplies marks of false detections to a new reading; boxes of the same file are equal up to rounding. */
function withoutSaid(state: PhotoState, said: readonly PixelRect[]): PhotoState {
  if (state.status !== 'done' || said.length === 0) return state;
  return withoutFaces(state, state.result.faces.filter(({ box }) => said.some((place) => overlap(place, box) >= SAME_PLACE)));
}

function restore(queue: PhotoQueue, photos: readonly RestoredPhoto[], shown: number | null): PhotoQueue {
  const byFile = new Map(photos.map((photo) => [photo.file, photo]));
  const files = photos.map(({ file }) => file);
  const restored = addItems({ ...queue, items: [] }, files, (file, id) => ({ ...toPhoto(file, id), ...byFile.get(file) }));
  return { ...restored, items: [...restored.items, ...queue.items], selectedId: queue.selectedId ?? restored.items[shown ?? 0]?.id ?? null, beforeRemoval: queue.beforeRemoval };
}

function foundPhoto(photo: Photo, file: File | undefined): Photo {
  return file ? { ...photo, file, missing: null, state: { status: 'waiting' } } : photo;
}

function toPhoto(file: File, id: number): Photo {
  return { id, file, name: pathOf(file), thumbnail: null, notFaces: NONE_SAID, missing: null, state: { status: 'waiting' } };
}

/** Whether the failure may be transient; undecodable pictures are not retried. */
export function isWorthRetrying(state: PhotoState): boolean {
  return state.status === 'failed' && !state.error.is('image');
}

export interface QueueProgress {
  readonly total: number;
  /** Done, failed or cancelled. */
  readonly ended: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly running: boolean;
}

export function queueProgress({ items }: Pick<PhotoQueue, 'items'>): QueueProgress {
  const count = (...statuses: PhotoState['status'][]) => items.filter((p) => statuses.includes(p.state.status)).length;
  const running = count('waiting', 'reading');
  return { total: items.length, ended: items.length - running, failed: count('failed'), cancelled: count('cancelled'), running: running > 0 };
}
