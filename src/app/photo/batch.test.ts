import { describe, expect, it } from 'vitest';
import { MienError } from '../../engine/errors';
import { EXPRESSIONS, type Expression, type Probabilities } from '../../engine/labels';
import type { ClassifiedFace } from '../../engine/types';
import { choosePhotos, summariseBatch } from './batch';
import type { Photo, PhotoState } from './photo-queue';

const READ_BY = { model: { id: 'mien-s', version: '1.0.0', sha256: 'abc' }, backend: 'wasm' } as const;
const POSE = { yawDeg: 0, pitchDeg: 0, rollDeg: 0 };

function face(label: Expression, confidence: number, uncertain = false): ClassifiedFace {
  const rest = (1 - confidence) / (EXPRESSIONS.length - 1);
  const smoothed = Object.fromEntries(EXPRESSIONS.map((e) => [e, e === label ? confidence : rest])) as unknown as Probabilities;
  return { status: 'classified', raw: smoothed, smoothed, label, confidence, uncertain, headPose: POSE } as ClassifiedFace;
}

function done(...faces: ClassifiedFace[]): PhotoState {
  return { status: 'done', readBy: READ_BY, startedAtMs: 0, container: 'jpeg', result: { frame: { width: 1, height: 1 }, timestampMs: 0, faces, timings: { detectMs: 0, cropMs: 0, classifyMs: 0, totalMs: 0 }, backends: [] } };
}

const photo = (id: number, name: string, state: PhotoState): Photo => ({ id, name, file: new File([], name), thumbnail: null, missing: null, notFaces: [], state });

const PHOTOS = [
  photo(1, 'b10.jpg', done(face('happy', 0.7), face('sad', 0.6))),
  photo(2, 'b2.jpg', done(face('happy', 0.95))),
  photo(3, 'a.jpg', done(face('fear', 0.3, true))),
  photo(4, 'empty.jpg', done()),
  photo(5, 'notes.jpg', { status: 'failed', error: new MienError('image', 'damaged'), startedAtMs: 0, container: null }),
  photo(6, 'next.jpg', { status: 'waiting' }),
];
const ids = (...choice: Parameters<typeof choosePhotos> extends [unknown, ...infer Rest] ? Rest : never) => choosePhotos(PHOTOS, ...choice).map(({ id }) => id);

describe('a batch', () => {
  it('is summarised by its faces and its photos’ outcomes', () => {
    const { faces, photos, named, uncertain } = summariseBatch(PHOTOS);
    expect(faces).toBe(4);
    expect(named).toMatchObject({ happy: 2, sad: 1, fear: 0 });
    expect(uncertain).toBe(1);
    expect([...photos].filter(([, count]) => count > 0)).toEqual([['all', 6], ['happy', 2], ['sad', 1], ['uncertain', 1], ['nobody', 1], ['unread', 1]]);
  });

  it.each([
    ['all', [1, 2, 3, 4, 5, 6]],
    ['happy', [1, 2]],
    ['uncertain', [3]],
    ['nobody', [4]],
    ['unread', [5]],
  ] as const)('is filtered by %s', (filter, expected) => expect(ids(filter, '', 'added')).toEqual(expected));

  it('is searched by name', () => expect(ids('all', ' B', 'added')).toEqual([1, 2]));

  it.each([
    ['name', [3, 2, 1, 4, 6, 5]],
    ['faces', [1, 2, 3, 4, 5, 6]],
    ['surest', [2, 1, 3, 4, 5, 6]],
  ] as const)('is sorted by %s', (order, expected) => expect(ids('all', '', order)).toEqual(expected));
});
