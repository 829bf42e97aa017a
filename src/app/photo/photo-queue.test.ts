import { describe, expect, it } from 'vitest';
import { MienError } from '../../engine/errors';
import type { FaceObservation } from '../../engine/types';
import { EMPTY_QUEUE, queueProgress, reduceQueue, type PhotoQueue, type QueueAction } from './photo-queue';
import { classifiedFace } from '../../session/observation-fixture';
import { keptItems } from '../item-queue';

const READ_BY = { model: { id: 'mien-s', version: '1.0.0', sha256: 'abc' }, backend: 'wasm' } as const;
const files = (...names: string[]) => names.map((name) => new File(['x'], name));
const after = (...actions: QueueAction[]): PhotoQueue => actions.reduce(reduceQueue, EMPTY_QUEUE);
const names = (queue: PhotoQueue) => queue.items.map((p) => p.file.name);
const statuses = (queue: PhotoQueue) => queue.items.map((p) => p.state.status);

const ADD_THREE: QueueAction = { type: 'add', files: files('a', 'b', 'c') };
const FAILED = { status: 'failed', error: new MienError('image', 'damaged'), startedAtMs: 0, container: null } as const;
const DIED = { status: 'failed', error: new MienError('engine', 'worker-died'), startedAtMs: 0, container: null } as const;
const RESULT = { frame: { width: 1, height: 1 }, timestampMs: 0, faces: [], timings: { detectMs: 0, cropMs: 0, classifyMs: 0, totalMs: 0 }, backends: [] };
const DONE = { status: 'done', readBy: READ_BY, result: RESULT, startedAtMs: 0, container: null } as const;

describe('reduceQueue', () => {
  it('selects the first of the added files', () => {
    const queue = after(ADD_THREE, { type: 'add', files: files('d', 'e') });
    expect(names(queue)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(queue.selectedId).toBe(4);
  });

  it('keeps the selection when nothing is added', () => {
    expect(after(ADD_THREE, { type: 'add', files: [] }).selectedId).toBe(1);
  });

  it('does not let a bad file affect others', () => {
    const queue = after(ADD_THREE, { type: 'set-state', id: 2, state: FAILED });
    expect(statuses(queue)).toEqual(['waiting', 'failed', 'waiting']);
  });

  it('cancels unfinished photos, keeps finished ones, and resumes', () => {
    const cancelled = after(
      ADD_THREE,
      { type: 'set-state', id: 1, state: DONE },
      { type: 'set-state', id: 2, state: { status: 'reading', seen: null } },
      { type: 'cancel' },
    );
    expect(statuses(cancelled)).toEqual(['done', 'cancelled', 'cancelled']);
    expect(statuses(reduceQueue(cancelled, { type: 'resume' }))).toEqual(['done', 'waiting', 'waiting']);
  });

  it('retries transient failures, but no undecodable picture', () => {
    const queue = after(
      ADD_THREE,
      { type: 'set-state', id: 1, state: DIED },
      { type: 'set-state', id: 2, state: FAILED },
      { type: 'set-state', id: 3, state: DONE },
      { type: 'retry' },
    );
    expect(statuses(queue)).toEqual(['waiting', 'failed', 'done']);
  });

  it('selects the neighbour of a removed photo', () => {
    const removed = after(ADD_THREE, { type: 'select', id: 3 }, { type: 'remove', ids: [3] });
    expect(removed.selectedId).toBe(2);
    expect(after(ADD_THREE, { type: 'remove', ids: [1] }).selectedId).toBe(2);
    expect(after(ADD_THREE, { type: 'remove', ids: [2] }).selectedId).toBe(1);
    expect(after({ type: 'add', files: files('a') }, { type: 'remove', ids: [1] }).selectedId).toBeNull();
  });

  it('ignores the removal of an unknown photo, and keeps an earlier undo', () => {
    const once = after(ADD_THREE, { type: 'remove', ids: [1] });
    expect(reduceQueue(once, { type: 'remove', ids: [1] })).toBe(once);
  });

  it.each([{ type: 'remove', ids: [2] }, { type: 'clear' }] as const)('undoes $type, including the selection', (removal) => {
    const before = after(ADD_THREE, { type: 'select', id: 2 });
    const undone = [removal, { type: 'undo-removal' } as const].reduce(reduceQueue, before);
    expect(names(undone)).toEqual(['a', 'b', 'c']);
    expect(undone.selectedId).toBe(2);
    expect(undone.beforeRemoval).toBeNull();
  });

  it('restores a result that arrived after the removal', () => {
    const queue = after(ADD_THREE, { type: 'clear' }, { type: 'set-state', id: 1, state: DONE }, { type: 'undo-removal' });
    expect(statuses(queue)).toEqual(['done', 'waiting', 'waiting']);
  });

  it('keeps removed photos only until the removal is final', () => {
    const cleared = after(ADD_THREE, { type: 'clear' });
    expect(keptItems(cleared)).toHaveLength(3);
    expect(keptItems(reduceQueue(cleared, { type: 'forget-removal' }))).toHaveLength(0);
  });

  it('inserts replacements in place of a failed photo', () => {
    const replaced = after(ADD_THREE, { type: 'set-state', id: 2, state: FAILED }, { type: 'replace', id: 2, files: files('d', 'e') });
    expect(names(replaced)).toEqual(['a', 'd', 'e', 'c']);
    expect(statuses(replaced)).not.toContain('failed');
    expect(replaced.selectedId).toBe(4);
    expect(replaced.beforeRemoval).toBeNull();
  });

  it('keeps the photo if no replacement is chosen, and the replacements if the photo is gone', () => {
    const queue = after(ADD_THREE);
    expect(reduceQueue(queue, { type: 'replace', id: 2, files: [] })).toBe(queue);
    expect(names(after(ADD_THREE, { type: 'remove', ids: [2] }, { type: 'replace', id: 2, files: files('d') }))).toEqual(['a', 'c', 'd']);
  });

  it('names photos of a folder by their paths', () => {
    const ofFolder = Object.defineProperty(new File(['x'], 'a.jpg'), 'webkitRelativePath', { value: 'album/a.jpg' });
    const { items: photos } = after({ type: 'add', files: [ofFolder, ...files('a.jpg')] });
    expect(photos.map(({ name }) => name)).toEqual(['album/a.jpg', 'a.jpg']);
  });

  it('never reuses an id', () => {
    const queue = after(ADD_THREE, { type: 'clear' }, { type: 'add', files: files('d') });
    expect(queue.items.map((p) => p.id)).toEqual([4]);
  });
});

it('counts progress', () => {
  const queue = after(ADD_THREE, { type: 'set-state', id: 1, state: DONE }, { type: 'set-state', id: 2, state: FAILED });
  expect(queueProgress(queue)).toEqual({ total: 3, ended: 2, failed: 1, cancelled: 0, running: true });
});

describe('edits of faces and of several photos', () => {
  it('removes a false detection from the result, and restores it in its place', () => {
    const [first, second, third] = [classifiedFace(1, 'sad'), classifiedFace(2, 'happy'), classifiedFace(3, 'fear')];
    const read = { ...DONE, result: { ...RESULT, faces: [first, second, third] } };
    const facesOf = (queue: PhotoQueue) => {
      const state = queue.items[0]?.state;
      return state?.status === 'done' ? [state.result.faces, state.notFaces] : [];
    };
    const without = [ADD_THREE, { type: 'set-state', id: 1, state: read }, { type: 'not-a-face', id: 1, face: second }, { type: 'not-a-face', id: 1, face: first }] as const;
    expect(facesOf(after(...without))).toEqual([[third], [first, second]]);
    expect(facesOf(after(...without, { type: 'a-face-after-all', id: 1, face: first }))).toEqual([[first, third], [second]]);
  });

  it('apply to a new reading of the photo, also after a reload', () => {
    const at = (x: number) => ({ ...classifiedFace(1, 'sad'), box: { x, y: 20, width: 40, height: 40 } });
    const readWith = (...faces: FaceObservation[]) => ({ ...DONE, result: { ...RESULT, faces } });
    const said = after(ADD_THREE, { type: 'set-state', id: 1, state: readWith(at(0), at(100)) });
    const [, second] = said.items[0]?.state.status === 'done' ? said.items[0].state.result.faces : [];
    const photo = second && reduceQueue(said, { type: 'not-a-face', id: 1, face: second }).items[0];
    expect(photo?.notFaces).toEqual([at(100).box]);
    const moved = at(102);
    const again = [{ type: 'restore', photos: photo ? [photo] : [], shown: null }, { type: 'set-state', id: 1, state: readWith(at(1), moved) }] as const;
    expect(after(...again).items[0]).toMatchObject({ state: { result: { faces: [at(1)] }, notFaces: [moved] } });
    expect(after(...again, { type: 'a-face-after-all', id: 1, face: moved }).items[0]?.notFaces).toEqual([]);
  });

  it('shows again after a visit what was shown, unless something is shown already', () => {
    const photos = files('a', 'b', 'c').map((file) => ({ file, name: file.name, thumbnail: null, notFaces: [], missing: null, state: { status: 'waiting' } as const }));
    const shown = (...actions: QueueAction[]) => {
      const { items, selectedId } = after(...actions);
      return items.find(({ id }) => id === selectedId)?.file.name;
    };
    expect(shown({ type: 'restore', photos, shown: 1 })).toBe('b');
    expect(shown({ type: 'restore', photos, shown: null })).toBe('a');
    expect(shown({ type: 'add', files: files('d') }, { type: 'restore', photos, shown: 1 })).toBe('d');
  });

  it('removes several at once, and selects the next remaining one', () => {
    const removed = after(ADD_THREE, { type: 'select', id: 1 }, { type: 'remove', ids: [1, 2] });
    expect([names(removed), removed.selectedId]).toEqual([['c'], 3]);
    expect(names(reduceQueue(removed, { type: 'undo-removal' }))).toEqual(['a', 'b', 'c']);
  });
});
