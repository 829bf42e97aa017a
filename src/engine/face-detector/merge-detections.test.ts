import { describe, expect, it } from 'vitest';
import { pixelRect } from '../geometry';
import { faceAt } from './face-fixture';
import { mergeDetections, trusted } from './merge-detections';

describe('mergeDetections', () => {
  it('gives nothing for nothing', () => {
    expect(mergeDetections([])).toEqual([]);
  });

  it('leaves a single face as it is', () => {
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

  it('drops a part of a face without letting it shrink the whole one', () => {
    const whole = pixelRect(0, 0, 100, 100);
    const merged = mergeDetections([faceAt(pixelRect(40, 40, 40, 40), 0.7), faceAt(whole, 0.9)]);
    expect(merged).toHaveLength(1);
    expect(merged[0]?.box.width).toBeCloseTo(100);
  });

  it('keeps neighbours that touch or overlap a little', () => {
    const faces = [0, 90, 180].map((x, i) => faceAt(pixelRect(x, 0, 100, 100), 0.9 - i / 10));
    const merged = mergeDetections(faces.toReversed());
    expect(merged.map(({ box }) => Math.round(box.x))).toEqual([0, 90, 180]);
  });

  it('counts twenty faces seen three times each as twenty', () => {
    const faces = Array.from({ length: 60 }, (_, i) =>
      faceAt(pixelRect((i % 5) * 60 + (i % 3), (Math.floor(i / 5) % 4) * 60, 30, 30), 0.6 + (i % 7) / 20),
    );
    expect(mergeDetections(faces)).toHaveLength(20);
  });
});

describe('trusted', () => {
  const weak = faceAt(pixelRect(0, 0, 100, 100), 0.52);
  const strong = faceAt(pixelRect(300, 0, 100, 100), 0.7);

  it('drops a weak find that stands alone, keeps a strong one', () => {
    expect(trusted([weak, strong], 0.65)).toEqual([strong]);
  });

  it('keeps weak finds that agree', () => {
    const again = faceAt(pixelRect(10, 5, 95, 95), 0.55);
    expect(trusted([weak, strong, again], 0.65)).toEqual([weak, strong, again]);
  });

  it('does not take a small box inside for agreement', () => {
    expect(trusted([weak, faceAt(pixelRect(30, 30, 30, 30), 0.6)], 0.65)).toEqual([]);
  });
});
