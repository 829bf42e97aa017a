import { describe, expect, it } from 'vitest';
import { pixelRect, type PixelRect } from '../geometry';
import { faceAt } from './face-fixture';
import { mergeBySupport, mergeDetections, trusted } from './merge-detections';

describe('mergeDetections', () => {
  it('returns nothing for no detections', () => {
    expect(mergeDetections([])).toEqual([]);
  });

  it('keeps a single face unchanged', () => {
    const [face] = mergeDetections([faceAt(pixelRect(10, 20, 40, 40), 0.7)]);
    expect(face?.score).toBe(0.7);
    expect(face?.box.x).toBeCloseTo(10);
    expect(face?.box.width).toBeCloseTo(40);
    expect(face?.keypoints.rightEye.x).toBeCloseTo(22);
  });

  it('averages agreeing boxes and keypoints by score and keeps the best score', () => {
    const merged = mergeDetections([faceAt(pixelRect(0, 0, 100, 100), 0.6), faceAt(pixelRect(8, 4, 108, 108), 0.9)]);
    expect(merged).toHaveLength(1);
    const [face] = merged;
    expect(face?.score).toBe(0.9);
    expect(face?.box.x).toBeCloseTo((0.9 * 8) / 1.5);
    expect(face?.box.y).toBeCloseTo((0.9 * 4) / 1.5);
    expect(face?.box.width).toBeCloseTo((0.6 * 100 + 0.9 * 108) / 1.5);
    expect(face?.keypoints.mouthCenter.x).toBeCloseTo((0.6 * 50 + 0.9 * (8 + 54)) / 1.5);
  });

  it('keeps neighbours that touch or overlap a little', () => {
    const faces = [0, 90, 180].map((x, i) => faceAt(pixelRect(x, 0, 100, 100), 0.9 - i / 10));
    const merged = mergeDetections(faces.toReversed());
    expect(merged.map(({ box }) => Math.round(box.x))).toEqual([0, 90, 180]);
  });

  it('merges twenty faces detected three times each into twenty', () => {
    const faces = Array.from({ length: 60 }, (_, i) =>
      faceAt(pixelRect((i % 5) * 60 + (i % 3), (Math.floor(i / 5) % 4) * 60, 30, 30), 0.6 + (i % 7) / 20),
    );
    expect(mergeDetections(faces)).toHaveLength(20);
  });
});

describe('mergeBySupport', () => {
  const supported = (box: PixelRect, support: number) => ({ ...faceAt(box), support });

  it('merges two boxes on one centre, even with little overlap', () => {
    const large = supported(pixelRect(496, 250, 280, 280), 2.6);
    expect(mergeBySupport([supported(pixelRect(475, 204, 180, 180), 0.9), large])).toEqual([large]);
  });

  it('prefers faces that many looks agree on to a box across both', () => {
    const faces = [supported(pixelRect(0, 0, 100, 100), 4.1), supported(pixelRect(160, 0, 100, 100), 3.8)];
    expect(mergeBySupport([supported(pixelRect(0, 0, 260, 260), 0.9), ...faces])).toEqual(faces);
  });

  it('keeps neighbours whose boxes overlap', () => {
    const faces = [supported(pixelRect(0, 0, 100, 100), 3), supported(pixelRect(70, 10, 100, 100), 2)];
    expect(mergeBySupport(faces)).toEqual(faces);
  });
});

describe('trusted', () => {
  const weak = faceAt(pixelRect(0, 0, 100, 100), 0.52);
  const strong = faceAt(pixelRect(300, 0, 100, 100), 0.7);

  it('drops an isolated weak detection, keeps a strong one', () => {
    expect(trusted([weak, strong], 0.65)).toEqual([strong]);
  });

  it('keeps weak detections that agree', () => {
    const again = faceAt(pixelRect(10, 5, 95, 95), 0.55);
    expect(trusted([weak, strong, again], 0.65)).toEqual([weak, strong, again]);
  });

  it('does not count a small box inside as agreement', () => {
    expect(trusted([weak, faceAt(pixelRect(30, 30, 30, 30), 0.6)], 0.65)).toEqual([]);
  });
});
