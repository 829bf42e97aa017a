import { describe, expect, it } from 'vitest';
import { CROP_SIZE } from './crop-arithmetic';
import { visibleContrast } from './face-covering';
import { faceAt } from './face-detector/face-fixture';
import { pixelRect } from './geometry';

/** A face that fills its crop, as waves of a few pixels, with some rows of one tone. */
function face(coveredFrom = 0, coveredTo = 0): Float32Array {
  return Float32Array.from({ length: CROP_SIZE * CROP_SIZE }, (_, i) => {
    const row = Math.floor(i / CROP_SIZE);
    return row >= coveredFrom && row < coveredTo ? 0.7 : 0.5 + 0.2 * Math.sin(row) + 0.2 * Math.sin(i % CROP_SIZE);
  });
}

const { keypoints } = faceAt(pixelRect(100, 100, 96, 96));
const crop = { center: { x: 148, y: 148 }, side: 96, rollDeg: 0 };

describe('visibleContrast', () => {
  it('is well above 1 for a face with eyes and a mouth', () => {
    expect(visibleContrast(face(), crop, keypoints)).toBeGreaterThan(2);
  });

  it.each([
    ['a mask', 27, 48],
    ['a bar over the eyes', 14, 22],
  ])('is below 1 for %s', (_, from, to) => {
    expect(visibleContrast(face(from, to), crop, keypoints)).toBeLessThan(1);
  });

  it('does not count a bare forehead or chin as covered', () => {
    expect(visibleContrast(face(0, 12), crop, keypoints)).toBeGreaterThan(1);
    expect(visibleContrast(face(42, 48), crop, keypoints)).toBeGreaterThan(1);
  });

  it('returns the maximum for a picture of one tone', () => {
    expect(visibleContrast(face(0, CROP_SIZE), crop, keypoints)).toBe(10);
  });
});
