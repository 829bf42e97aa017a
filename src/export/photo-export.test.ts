import { describe, expect, it } from 'vitest';
import { pixelRect } from '../engine/geometry';
import { dominant, toProbabilities } from '../engine/labels';
import type { ClassifiedFace, FaceObservation, FrameResult, SkippedFace } from '../engine/types';
import { annotatedSize } from './annotated-image';
import { formatPlain } from '../words/format';
import { setLanguage } from '../words/i18n';
import { photosToCsv, photosToFields } from './photo-csv';
import { pictureAccount, pictureSource } from '../session/reading-account';
import { photosToJson, toPhotoRecord } from './photo-record';

const MODEL = { id: 'mien-s', version: '1.0.0', sha256: 'abc' };
const STARTED = '2026-11-28T18:00:00.000Z';

/** A picture of 640×480 and its outcome. */
function outcomeOf(file: string, became: { readonly result: FrameResult | null } | { readonly failure: string }) {
  const frame = 'result' in became ? (became.result?.frame ?? null) : null;
  const source = pictureSource({ name: file, bytes: 1234, container: 'jpeg' }, frame);
  const setup = { source, search: 'thorough', sensitivity: 'eager', backend: 'wasm', appVersion: '0.2.0', startedAtMs: Date.parse(STARTED) } as const;
  const leftOut = 'failure' in became ? 'undecodable' : became.result ? null : 'stopped';
  return { ...became, reading: pictureAccount(setup, leftOut) };
}
const POINT = { x: 0, y: 0 };
const BASE = {
  track: null,
  appearance: null,
  score: 0.9,
  keypoints: { rightEye: POINT, leftEye: POINT, noseTip: POINT, mouthCenter: POINT, rightEarTragion: POINT, leftEarTragion: POINT },
  crop: { center: POINT, side: 10, rollDeg: 0 },
  headPose: { yawDeg: -3.14, pitchDeg: 4.04, rollDeg: -0.04 },
  concerns: [],
} as const;

function classified(values: readonly number[], [x, y, w, h]: readonly [number, number, number, number]): ClassifiedFace {
  const raw = toProbabilities(values);
  return { ...BASE, status: 'classified', raw, smoothed: raw, ...dominant(raw), uncertain: false, box: pixelRect(x, y, w, h) };
}

function skipped(reason: SkippedFace['reason']): SkippedFace {
  return { ...BASE, status: 'skipped', reason, box: pixelRect(1, 2, 3, 4) };
}

function resultOf(...faces: FaceObservation[]): FrameResult {
  return { frame: { width: 640, height: 480 }, timestampMs: 0, faces, timings: { detectMs: 0, cropMs: 0, classifyMs: 0, totalMs: 0 }, backends: [] };
}

const SMALL_SAD = classified([0.1, 0, 0, 0.1, 0.7, 0, 0.1], [5, 5, 20, 20]);
const LARGE_HAPPY = classified([0, 0, 0, 0.95004, 0.01, 0.02, 0.02], [100.4, 119.6, 200.2, 199.9]);

describe('toPhotoRecord', () => {
  it('writes the documented format', () => {
    expect(toPhotoRecord(outcomeOf('a.jpg', { result: resultOf(LARGE_HAPPY) }), MODEL)).toEqual({
      file: 'a.jpg',
      width: 640,
      height: 480,
      emotion: 'happy',
      confidence: 0.95,
      face_location: { x: 100, y: 120, width: 200, height: 200 },
      faces: [
        {
          emotion: 'happy',
          confidence: 0.95,
          label_held: 'happy',
          face_score: 0.9,
          box: [100, 120, 200, 200],
          probabilities: { angry: 0, disgust: 0, fear: 0, happy: 0.95, sad: 0.01, surprise: 0.02, neutral: 0.02 },
          head_pose: { yaw: -3.1, pitch: 4, roll: 0 },
          uncertain: false,
          uncertain_reasons: [],
        },
      ],
      reading: {
        source: { name: 'a.jpg', bytes: 1234, container: 'jpeg', codec: null, width: 640, height: 480, duration_s: null, start_s: null },
        ...{ part_s: null, rate_asked: null, frames_asked: 1, frames_read: 1, frames_left_out: [], complete: true },
        ...{ search: 'thorough', smoothing_ms: 0, sensitivity: 'eager', backend: 'wasm', app_version: '0.2.0', started: STARTED },
      },
      model: MODEL,
    });
  });

  it('describes the largest face, in any order', () => {
    const record = toPhotoRecord(outcomeOf('a', { result: resultOf(SMALL_SAD, LARGE_HAPPY) }), MODEL);
    expect(record.emotion).toBe('happy');
    expect(record.faces.map((f) => f.emotion)).toEqual(['sad', 'happy']);
  });

  it('reports a picture without a face', () => {
    expect(toPhotoRecord(outcomeOf('a.jpg', { result: resultOf() }), MODEL)).toEqual({
      ...{ file: 'a.jpg', width: 640, height: 480, error: 'No face detected', faces: [], model: MODEL },
      reading: expect.objectContaining({ frames_asked: 1, frames_read: 1 }) as unknown,
    });
  });

  it('lists skipped faces separately, with their reason', () => {
    const record = toPhotoRecord(outcomeOf('a', { result: resultOf(skipped('face-too-small')) }), MODEL);
    expect(record).toMatchObject({ error: 'No face could be read', faces: [], skipped_faces: [{ reason: 'face-too-small', face_score: 0.9, box: [1, 2, 3, 4] }] });
  });

  it('counts faces that were marked as not faces', () => {
    const { reading } = outcomeOf('a', { result: resultOf() });
    const record = toPhotoRecord({ reading, result: resultOf(SMALL_SAD), notFaces: [LARGE_HAPPY] }, MODEL);
    expect(record).toMatchObject({ emotion: 'sad', skipped_faces: [{ reason: 'not-a-face', box: [100, 120, 200, 200] }], said_no_face: 1 });
    expect(toPhotoRecord({ reading, result: resultOf(SMALL_SAD) }, MODEL)).not.toHaveProperty('said_no_face');
  });

  it('records a file that could not be opened', () => {
    expect(toPhotoRecord(outcomeOf('b.jpg', { failure: 'This picture is damaged' }), MODEL)).toEqual({
      ...{ file: 'b.jpg', error: 'This picture is damaged', faces: [], model: MODEL },
      reading: expect.objectContaining({ frames_read: 0, frames_left_out: [{ reason: 'undecodable', count: 1 }], complete: true }) as unknown,
    });
  });

  it('records a picture that was not read', () => {
    expect(toPhotoRecord(outcomeOf('c.jpg', { result: null }), MODEL)).toEqual({
      ...{ file: 'c.jpg', error: 'Not read', faces: [], model: MODEL },
      reading: expect.objectContaining({ frames_read: 0, frames_left_out: [{ reason: 'stopped', count: 1 }], complete: false }) as unknown,
    });
  });
});

describe('photosToJson', () => {
  const record = toPhotoRecord(outcomeOf('a.jpg', { result: resultOf(LARGE_HAPPY) }), MODEL);

  it('writes an object for one picture and an array for several', () => {
    expect(JSON.parse(photosToJson([record]))).toEqual(record);
    expect(JSON.parse(photosToJson([record, record]))).toEqual([record, record]);
  });
});

describe('photosToCsv', () => {
  const lines = photosToCsv([
    toPhotoRecord(outcomeOf('two, "so to say".jpg', { result: resultOf(LARGE_HAPPY, skipped('outside-frame')) }), MODEL),
    toPhotoRecord(outcomeOf('none.jpg', { result: resultOf() }), MODEL),
    toPhotoRecord(outcomeOf('bad.jpg', { failure: 'This picture is damaged' }), MODEL),
    toPhotoRecord(outcomeOf('left.jpg', { result: null }), MODEL),
  ]).split('\r\n');

  const [header = '', ...rows] = lines.slice(0, -1).map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
  const columns = (lines[0] ?? '').split(',');
  const cell = (row: number, column: string) => rows[row]?.[columns.indexOf(column)];

  it('has a row per face, and one for a picture without faces', () => {
    expect([header.length, rows.length]).toEqual([columns.length, 5]);
    expect(lines[1]).toMatch(/^"two, ""so to say"".jpg",640,480,1,happy,0.95,happy,false,,0.9,100,120,200,200,0,0,0,0.95,0.01,0.02,0.02,-3.1,4,0,,1234,jpeg,/);
    expect(lines[1]).toMatch(/,mien-s,1\.0\.0,abc$/);
    expect([0, 1, 2, 3, 4].map((row) => [cell(row, 'face'), cell(row, 'error'), cell(row, 'frames_read'), cell(row, 'frames_left_out_reasons')])).toEqual([
      ['1', '', '1', ''],
      ['2', 'outside-frame', '1', ''],
      ['', 'No face detected', '1', ''],
      ['', 'This picture is damaged', '0', 'undecodable: 1'],
      ['', 'Not read', '0', 'stopped: 1'],
    ]);
  });

  it('has the header’s number of fields in every row', () => {
    const fields = lines.slice(0, 6).map((line) => line.replace(/"(?:[^"]|"")*"/g, 'quoted').split(',').length);
    expect(new Set(fields).size).toBe(1);
  });
});

describe('annotatedSize', () => {
  it('keeps the size of ordinary pictures', () => {
    expect(annotatedSize({ width: 640, height: 480 })).toEqual({ width: 640, height: 480, scale: 1 });
  });

  it('fits 50 megapixels into the smallest browser canvas', () => {
    const { width, height } = annotatedSize({ width: 10_000, height: 5_000 });
    expect(width * height).toBeLessThanOrEqual(16_777_216);
    expect(width / height).toBeCloseTo(2, 2);
  });
});

it('writes the numbers of a copied table in the chosen language', () => {
  setLanguage({ locale: 'de', tag: 'de', messages: {} });
  const [header = [], row = []] = photosToFields([toPhotoRecord(outcomeOf('a.jpg', { result: resultOf(LARGE_HAPPY) }), MODEL)], formatPlain);
  setLanguage({ locale: 'en', tag: 'en-GB', messages: {} });
  expect([row[header.indexOf('confidence')], row[header.indexOf('head_pose_yaw')]]).toEqual(['0,95', '-3,1']);
});
