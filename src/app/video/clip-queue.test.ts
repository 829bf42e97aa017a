import { describe, expect, it } from 'vitest';
import { MienError } from '../../engine/errors';
import { EMPTY_QUEUE, isUnstarted, reduceQueue, type ClipQueue, type QueueAction } from './clip-queue';
import { keptItems } from '../item-queue';

const INFO = { name: 'a.mp4', bytes: 1, container: 'mp4', codec: 'avc1.42E01E', codecName: 'H.264', size: { width: 640, height: 480 }, rotationDeg: 0, mirrored: false, startMs: 0, endMs: 5000, brokenOffAtMs: null, frameRate: 25, variableFrameRate: false, frameCount: 125, tracks: [{ codecName: 'H.264', size: { width: 640, height: 480 } }], track: 0, recordings: 1, notRead: [] } as const;
const WISH = { framesPerSecond: 1, search: 'thorough', fromMs: 0, toMs: 5000 } as const;

const files = (...names: string[]) => names.map((name) => new File([], name));
const after = (...actions: QueueAction[]) => actions.reduce<ClipQueue>(reduceQueue, EMPTY_QUEUE);
const opened = (id: number): QueueAction => ({ type: 'opened', id, info: INFO, wish: WISH });
const statuses = (queue: ClipQueue) => queue.items.map(({ state }) => state.status);

describe('reduceQueue', () => {
  it('selects the first of the added clips', () => {
    const queue = after({ type: 'add', files: files('a', 'b') }, { type: 'add', files: files('c') });
    expect(queue.items.map(({ id, file }) => [id, file.name])).toEqual([[1, 'a'], [2, 'b'], [3, 'c']]);
    expect(queue.selectedId).toBe(3);
  });

  it('starts clips that are ready, and none that could not be opened', () => {
    const bad: QueueAction = { type: 'set-state', id: 2, state: { status: 'unreadable', error: new MienError('video', 'damaged') } };
    const queue = after({ type: 'add', files: files('a', 'b', 'c') }, opened(1), bad, opened(3));
    expect(statuses(reduceQueue(queue, { type: 'start-all' }))).toEqual(['waiting', 'unreadable', 'waiting']);
    expect(statuses(reduceQueue(queue, { type: 'start', id: 3 }))).toEqual(['ready', 'unreadable', 'waiting']);
    expect(reduceQueue(queue, { type: 'start', id: 2 })).toBe(queue);
  });

  it('starts clips that are still opening once they are open, unless they fail to open', () => {
    const queue = after({ type: 'add', files: files('a', 'b', 'c') }, opened(1), { type: 'start-all' });
    expect(statuses(queue)).toEqual(['waiting', 'opening', 'opening']);
    expect(queue.items.filter(isUnstarted)).toEqual([]);
    const bad: QueueAction = { type: 'set-state', id: 2, state: { status: 'unreadable', error: new MienError('video', 'damaged') } };
    const later = [bad, opened(3), { type: 'add', files: files('d') } as const, opened(4)].reduce<ClipQueue>(reduceQueue, queue);
    expect(statuses(later)).toEqual(['waiting', 'unreadable', 'waiting', 'ready']);
    expect(later.items.filter(isUnstarted).map(({ id }) => id)).toEqual([4]);
  });

  it('changes part of a wish', () => {
    const queue = after({ type: 'add', files: files('a') }, opened(1), { type: 'wish', id: 1, change: { framesPerSecond: 'every' } });
    expect(queue.items[0]?.wish).toEqual({ ...WISH, framesPerSecond: 'every' });
  });

  it('removes a clip, selects its neighbour, and restores it with what happened meanwhile', () => {
    const queue = after({ type: 'add', files: files('a', 'b') }, opened(1), opened(2), { type: 'remove', ids: [1] });
    expect(queue.selectedId).toBe(2);
    expect(keptItems(queue).map(({ id }) => id)).toContain(1);
    const meanwhile = reduceQueue(queue, { type: 'set-thumbnail', id: 1, url: 'blob:a' });
    const back = reduceQueue(meanwhile, { type: 'undo-removal' });
    expect(back.items.map(({ id, thumbnail }) => [id, thumbnail])).toEqual([[1, 'blob:a'], [2, null]]);
    expect(back.beforeRemoval).toBeNull();
  });

  it('forgets clips that were removed for good', () => {
    const queue = after({ type: 'add', files: files('a') }, { type: 'clear' }, { type: 'forget-removal' });
    expect(keptItems(queue)).toEqual([]);
  });
});
