import { expect, test } from 'vitest';
import type { FrameResult, SkippedFace } from './types';
import { fittedInto, inPixelsOf } from './result-size';

const point = { x: 10, y: 20 };
const FACE: SkippedFace = {
  status: 'skipped',
  reason: 'face-too-small',
  track: null,
  appearance: null,
  box: { x: 10, y: 20, width: 30, height: 40 },
  score: 0.9,
  keypoints: { rightEye: point, leftEye: point, noseTip: point, mouthCenter: point, rightEarTragion: point, leftEarTragion: point },
  crop: { center: point, side: 50, rollDeg: 7 },
  headPose: { yawDeg: 1, pitchDeg: 2, rollDeg: 7 },
  concerns: [],
};
const RESULT: FrameResult = { frame: { width: 100, height: 50 }, timestampMs: 0, faces: [FACE], timings: { detectMs: 0, cropMs: 0, classifyMs: 0, totalMs: 0 }, backends: [] };

test('scales every position in the picture, and no angle', () => {
  const { frame, faces } = inPixelsOf({ width: 200, height: 100 }, RESULT);
  expect(frame).toEqual({ width: 200, height: 100 });
  const twice = { x: 20, y: 40 };
  expect(faces).toEqual([
    {
      ...FACE,
      box: { x: 20, y: 40, width: 60, height: 80 },
      keypoints: { rightEye: twice, leftEye: twice, noseTip: twice, mouthCenter: twice, rightEarTragion: twice, leftEarTragion: twice },
      crop: { center: twice, side: 100, rollDeg: 7 },
    },
  ]);
});

test('leaves a result in the picture’s own pixels unchanged', () => {
  expect(inPixelsOf({ width: 100, height: 50 }, RESULT)).toBe(RESULT);
});

test('fits the frame of a rotated camera into the previous size, centred', () => {
  const { frame, faces } = fittedInto({ width: 50, height: 100 }, RESULT);
  expect(frame).toEqual({ width: 50, height: 100 });
  expect(faces[0]).toMatchObject({ box: { x: 5, y: 47.5, width: 15, height: 20 }, keypoints: { noseTip: { x: 5, y: 47.5 } }, crop: { side: 25, rollDeg: 7 } });
  expect(fittedInto({ width: 100, height: 50 }, RESULT)).toBe(RESULT);
});
