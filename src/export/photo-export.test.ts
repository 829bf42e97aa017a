import { describe, expect, it } from 'vitest';
import { pixelRect } from '../engine/geometry';
import { dominant, toProbabilities } from '../engine/labels';
import type { ClassifiedFace, FaceObservation, FrameResult, SkippedFace } from '../engine/types';
import { annotatedSize } from './annotated-image';
import { toCsv } from './csv';
import { photosToCsv } from './photo-csv';
import { photosToJson, toPhotoRecord } from './photo-record';

const MODEL = { id: 'mien-s', version: '1.0.0', sha256: 'abc' };
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
  return { frame: { width: 640, height: 480 }, timestampMs: 0, faces, timings: { detectMs: 0, cropMs: 0, classifyMs: 0, totalMs: 0 } };
}

const SMALL_SAD = classified([0.1, 0, 0, 0.1, 0.7, 0, 0.1], [5, 5, 20, 20]);
const LARGE_HAPPY = classified([0, 0, 0, 0.95004, 0.01, 0.02, 0.02], [100.4, 119.6, 200.2, 199.9]);

describe('toPhotoRecord', () => {
  it('writes the documented format', () => {
    expect(toPhotoRecord({ file: 'a.jpg', result: resultOf(LARGE_HAPPY) }, MODEL)).toEqual({
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
          box: [100, 120, 200, 200],
          probabilities: { angry: 0, disgust: 0, fear: 0, happy: 0.95, sad: 0.01, surprise: 0.02, neutral: 0.02 },
          head_pose: { yaw: -3.1, pitch: 4, roll: 0 },
          uncertain: false,
          uncertain_reasons: [],
        },
      ],
      model: MODEL,
    });
  });

  it('is about the largest face, whatever the order', () => {
    const record = toPhotoRecord({ file: 'a', result: resultOf(SMALL_SAD, LARGE_HAPPY) }, MODEL);
    expect(record.emotion).toBe('happy');
    expect(record.faces.map((f) => f.emotion)).toEqual(['sad', 'happy']);
  });

  it('says that there is no face', () => {
    expect(toPhotoRecord({ file: 'a.jpg', result: resultOf() }, MODEL)).toEqual({
      file: 'a.jpg', width: 640, height: 480, error: 'No face detected', faces: [], model: MODEL,
    });
  });

  it('keeps skipped faces apart, with their reason', () => {
    const record = toPhotoRecord({ file: 'a', result: resultOf(skipped('face-too-small')) }, MODEL);
    expect(record).toMatchObject({ error: 'No face could be read', faces: [], skipped_faces: [{ reason: 'face-too-small', box: [1, 2, 3, 4] }] });
  });

  it('records a file that could not be opened', () => {
    expect(toPhotoRecord({ file: 'b.jpg', failure: 'This picture is damaged' }, MODEL)).toEqual({
      file: 'b.jpg', error: 'This picture is damaged', faces: [], model: MODEL,
    });
  });

  it('records a picture that was not read', () => {
    expect(toPhotoRecord({ file: 'c.jpg', result: null }, MODEL)).toEqual({ file: 'c.jpg', error: 'Not read', faces: [], model: MODEL });
  });
});

describe('photosToJson', () => {
  const record = toPhotoRecord({ file: 'a.jpg', result: resultOf(LARGE_HAPPY) }, MODEL);

  it('is an object for one picture and an array for several', () => {
    expect(JSON.parse(photosToJson([record]))).toEqual(record);
    expect(JSON.parse(photosToJson([record, record]))).toEqual([record, record]);
  });
});

describe('photosToCsv', () => {
  const lines = photosToCsv([
    toPhotoRecord({ file: 'two, "so to say".jpg', result: resultOf(LARGE_HAPPY, skipped('outside-frame')) }, MODEL),
    toPhotoRecord({ file: 'none.jpg', result: resultOf() }, MODEL),
    toPhotoRecord({ file: 'bad.jpg', failure: 'This picture is damaged' }, MODEL),
    toPhotoRecord({ file: 'left.jpg', result: null }, MODEL),
  ]).split('\r\n');

  it('has a row per face, and one for a picture without', () => {
    expect(lines).toHaveLength(7);
    expect(lines[0]).toContain('file,width,height,face,emotion,confidence,uncertain,uncertain_reasons,box_x');
    expect(lines[1]).toBe('"two, ""so to say"".jpg",640,480,1,happy,0.95,false,,100,120,200,200,0,0,0,0.95,0.01,0.02,0.02,-3.1,4,0,,mien-s,1.0.0,abc');
    expect(lines[3]).toMatch(/^none\.jpg,640,480,,.*,No face detected,mien-s,1\.0\.0,abc$/);
    expect(lines[4]).toMatch(/^bad\.jpg,,,,.*,This picture is damaged,mien-s/);
    expect(lines[5]).toMatch(/^left\.jpg,,,,.*,Not read,mien-s/);
  });

  it('has as many fields in every row as in the header', () => {
    const fields = lines.slice(0, 6).map((line) => line.replace(/"(?:[^"]|"")*"/g, 'quoted').split(',').length);
    expect(new Set(fields).size).toBe(1);
  });
});

describe('toCsv', () => {
  it('quotes line breaks and disarms formulas, but not numbers', () => {
    expect(toCsv(['a', 'b'], [['=1+1', -2], ['x\ny', undefined]])).toBe(`a,b\r\n'=1+1,-2\r\n"x\ny",\r\n`);
  });
});

describe('annotatedSize', () => {
  it('keeps the size of ordinary pictures', () => {
    expect(annotatedSize({ width: 640, height: 480 })).toEqual({ width: 640, height: 480, scale: 1 });
  });

  it('makes 50 megapixels fit into the smallest browser canvas', () => {
    const { width, height } = annotatedSize({ width: 10_000, height: 5_000 });
    expect(width * height).toBeLessThanOrEqual(16_777_216);
    expect(width / height).toBeCloseTo(2, 2);
  });
});
