import { describe, expect, it } from 'vitest';
import { isFlat } from './flatness';

/** A gray picture with the given level of each pixel. */
function picture(width: number, height: number, level: (x: number, y: number) => number): ImageData {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set([level(x, y), level(x, y), level(x, y), 255], 4 * (y * width + x));
  }
  return { data, width, height, colorSpace: 'srgb' };
}

describe('isFlat', () => {
  it('is true for one tone, dark or light, and for a slow gradient', () => {
    expect(isFlat(picture(128, 96, () => 0))).toBe(true);
    expect(isFlat(picture(128, 96, () => 250))).toBe(true);
    expect(isFlat(picture(128, 96, (_, y) => 120 + Math.floor(y / 8)))).toBe(true);
  });

  it('is false where anything as large as a small face stands out, wherever it is', () => {
    for (const [left, top] of [[0, 0], [121, 89], [61, 33]] as const) {
      const inside = (x: number, y: number) => x >= left && x < left + 7 && y >= top && y < top + 7;
      expect(isFlat(picture(128, 96, (x, y) => (inside(x, y) ? 140 : 120)))).toBe(false);
    }
  });

  it('is false for a dim face: the range of tones counts, not the light', () => {
    expect(isFlat(picture(128, 96, (x) => 4 + Math.floor(x / 6)))).toBe(false);
  });
});
