import type { Detection, FaceDetectorResult } from '@mediapipe/tasks-vision';
import { describe, expect, it } from 'vitest';
import { pixelRect, type PixelRect } from '../geometry';
import { adaptDetections } from './adapt-detections';
import type { Look, Range, Turn } from './look';

const KEYPOINTS = [0.2, 0.4, 0.3, 0.35, 0.1, 0.5].map((x, i) => ({ x, y: 0.1 * (i + 1) }));

function answer(change: Partial<Detection> = {}): FaceDetectorResult {
  const category = { score: 0.8, index: 0, categoryName: '', displayName: '' };
  const boundingBox = { originX: 20, originY: 10, width: 40, height: 40, angle: 0 };
  return { detections: [{ categories: [category], boundingBox, keypoints: KEYPOINTS, ...change }] };
}

const PICTURE = { width: 100, height: 50 };
const REGION = pixelRect(1000, 500, 400, 200);
const lookAt = (region: PixelRect, range: Range = 'short', turn: Turn = 0): Look => ({ range, region, turn });

describe('adaptDetections', () => {
  it('maps boxes and keypoints from a region to frame pixels', () => {
    const [face] = adaptDetections(answer(), lookAt(REGION), PICTURE);
    expect(face?.box).toEqual(pixelRect(1080, 540, 160, 160));
    expect(face?.score).toBe(0.8);
    expect(face?.keypoints.rightEye).toEqual({ x: 1080, y: 520 });
    expect(face?.keypoints.leftEye).toEqual({ x: 1160, y: 540 });
    expect(face?.keypoints.leftEarTragion).toEqual({ x: 1200, y: 620 });
  });

  it('maps a bordered look back, also to places outside the frame', () => {
    const [face] = adaptDetections(answer(), lookAt(pixelRect(-100, -50, 300, 150)), PICTURE);
    expect(face?.box).toEqual(pixelRect(-40, -20, 120, 120));
  });

  it.each([
    // The picture is the region turned back: its right edge is the frame's lower edge at 90°.
    [90, { width: 50, height: 100 }, { x: 1000 + 0.9 * 400, y: 500 + 0.2 * 200 }],
    [180, PICTURE, { x: 1000 + 0.8 * 400, y: 500 + 0.9 * 200 }],
    [270, { width: 50, height: 100 }, { x: 1000 + 0.1 * 400, y: 500 + 0.8 * 200 }],
  ] as const)('maps a look turned by %d° back', (turn, picture, rightEye) => {
    const [face] = adaptDetections(answer(), lookAt(REGION, 'short', turn), picture);
    expect(face?.keypoints.rightEye.x).toBeCloseTo(rightEye.x);
    expect(face?.keypoints.rightEye.y).toBeCloseTo(rightEye.y);
    // The box is 0.4 or 0.8 of the picture across and down, swapped by quarter turns.
    const { box } = face ?? { box: pixelRect(0, 0, 0, 0) };
    expect(box.width).toBeCloseTo(160);
  });

  it('shrinks and lowers boxes of the full range, and leaves keypoints unchanged', () => {
    const [short] = adaptDetections(answer(), lookAt(REGION), PICTURE);
    const [full] = adaptDetections(answer(), lookAt(REGION, 'full'), PICTURE);
    expect(full?.keypoints).toEqual(short?.keypoints);
    expect(full?.box.width).toBeCloseTo(151.2);
    expect(full?.box.height).toBeCloseTo(151.2);
    expect((full?.box.x ?? 0) + (full?.box.width ?? 0) / 2).toBeCloseTo(1160);
    expect((full?.box.y ?? 0) + (full?.box.height ?? 0) / 2).toBeCloseTo(620 + 0.05 * 151.2);
  });

  it.each<[string, Partial<Detection>]>([
    ['no keypoints', { keypoints: [] }],
    ['five keypoints', { keypoints: KEYPOINTS.slice(0, 5) }],
    ['no box', { boundingBox: undefined }],
    ['no score', { categories: [] }],
    ['a keypoint that is no number', { keypoints: KEYPOINTS.with(2, { x: NaN, y: 0 }) }],
    ['an empty box', { boundingBox: { originX: 1, originY: 1, width: 0, height: 0, angle: 0 } }],
  ])('leaves out a detection with %s', (_, change) => {
    expect(adaptDetections(answer(change), lookAt(REGION), PICTURE)).toEqual([]);
  });
});
