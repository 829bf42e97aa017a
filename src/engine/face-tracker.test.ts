import { describe, expect, it } from 'vitest';
import { FaceTracker } from './face-tracker';
import { pixelRect } from './geometry';
import type { FaceDetection } from './types';

function face(x: number, y: number, side = 100): FaceDetection {
  const p = { x, y };
  return {
    box: pixelRect(x - side / 2, y - side / 2, side, side),
    score: 0.9,
    keypoints: { rightEye: p, leftEye: p, noseTip: p, mouthCenter: p, rightEarTragion: p, leftEarTragion: p },
  };
}

const ids = (tracker: FaceTracker, faces: FaceDetection[], t: number): number[] => tracker.update(faces, t).map((f) => f.track);

describe('FaceTracker', () => {
  it('reports new faces from their first frame, counted from 1', () => {
    const tracker = new FaceTracker();
    expect(ids(tracker, [face(100, 100), face(400, 100)], 0)).toEqual([1, 2]);
    expect(ids(tracker, [face(402, 101), face(99, 100)], 33)).toEqual([2, 1]);
  });
});
