import { expect, it } from 'vitest';
import { MienError } from '../../engine/errors';
import { photosToJson } from '../../export/photo-record';
import { photoRecords } from './downloads';
import { EMPTY_QUEUE, reduceQueue, type PhotoState } from './photo-queue';

const HEALTH = { model: { id: 'mien-s', version: '1.0.0', sha256: 'abc' }, backend: 'wasm' } as const;
const RESULT = { frame: { width: 1, height: 1 }, timestampMs: 0, faces: [], timings: { detectMs: 0, cropMs: 0, classifyMs: 0, totalMs: 0 }, backends: [] };

const STATES: readonly PhotoState[] = [
  { status: 'done', readBy: { ...HEALTH, sensitivity: 'eager' }, result: RESULT, startedAtMs: 1, container: 'jpeg' },
  { status: 'failed', error: new MienError('image', 'damaged'), startedAtMs: 2, container: null },
  { status: 'reading', seen: RESULT },
  { status: 'cancelled' },
  { status: 'waiting' },
];

function queueOf(states: readonly PhotoState[]) {
  const files = states.map((_, i) => new File(['x'], `${i + 1}.jpg`));
  return states.reduce(
    (queue, state, i) => reduceQueue(queue, { type: 'set-state', id: i + 1, state }),
    reduceQueue(EMPTY_QUEUE, { type: 'add', files }),
  );
}

it('records every photo of the queue in order, read or not', () => {
  const records = photoRecords(queueOf(STATES).items, HEALTH);
  expect(records.map(({ file, error, faces }) => [file, error, faces])).toEqual([
    ['1.jpg', 'No face detected', []],
    ['2.jpg', 'This picture is damaged', []],
    ['3.jpg', 'Not read', []],
    ['4.jpg', 'Not read', []],
    ['5.jpg', 'Not read', []],
  ]);
});

it('accounts for every photo, read or not', () => {
  const records = photoRecords(queueOf(STATES).items, HEALTH);
  expect(records.map(({ reading }) => [reading.frames_asked, reading.frames_read, reading.frames_left_out[0]?.reason, reading.complete])).toEqual([
    [1, 1, undefined, true],
    [1, 0, 'undecodable', true],
    [1, 0, 'stopped', false],
    [1, 0, 'stopped', false],
    [1, 0, 'stopped', false],
  ]);
  expect(records[0]?.reading).toMatchObject({ source: { name: '1.jpg', bytes: 1, container: 'jpeg', width: 1 }, search: 'thorough', sensitivity: 'eager', backend: 'wasm', started: '1970-01-01T00:00:00.001Z' });
  // Nothing was read there.
  expect(records[1]?.reading.sensitivity).toBeNull();
});

it('writes an array for a batch with a single read photo', () => {
  const { items: photos } = queueOf([{ status: 'done', readBy: HEALTH, result: RESULT, startedAtMs: 1, container: 'jpeg' }, { status: 'cancelled' }]);
  expect(JSON.parse(photosToJson(photoRecords(photos, HEALTH)))).toHaveLength(2);
  expect(JSON.parse(photosToJson(photoRecords(photos.slice(0, 1), HEALTH)))).toMatchObject({ file: '1.jpg' });
});
