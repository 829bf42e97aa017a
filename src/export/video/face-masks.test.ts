import { describe, expect, it } from 'vitest';
import { pixelRect, type PixelRect } from '../../engine/geometry';
import { classifiedFace } from '../../session/observation-fixture';
import { LOOKAHEAD_MS, masksAt } from './face-masks';
import type { FaceReading } from './face-readings';

function reading(timestampMs: number, ...boxes: readonly (readonly [track: number, x: number])[]): FaceReading {
  return { timestampMs, frame: { width: 640, height: 480 }, faces: boxes.map(([track, x]) => ({ ...classifiedFace(track, 'happy'), box: pixelRect(x, 100, 80, 100) })) };
}

function onlyMask(masks: PixelRect[] | 'everything'): PixelRect {
  if (masks === 'everything' || masks.length !== 1 || !masks[0]) throw new Error(`not one mask: ${JSON.stringify(masks)}`);
  return masks[0];
}

function covers(mask: PixelRect, x: number, marginPx: number): boolean {
  return mask.x <= x - marginPx && mask.x + mask.width >= x + 80 + marginPx && mask.y <= 100 - marginPx && mask.y + mask.height >= 200 + marginPx;
}

describe('masksAt', () => {
  it('covers more than the box of a detected face', () => {
    expect(covers(onlyMask(masksAt([reading(0, [1, 300])], 0)), 300, 50)).toBe(true);
  });

  it('covers the whole path of a face that moves between two readings', () => {
    const mask = onlyMask(masksAt([reading(0, [1, 100]), reading(200, [1, 400])], 100));
    expect(covers(mask, 100, 50)).toBe(true);
    expect(covers(mask, 400, 50)).toBe(true);
  });

  it('holds the place of a lost face, growing, and releases it in the end', () => {
    const readings = [reading(0, [1, 300]), ...Array.from({ length: 60 }, (_, i) => reading((i + 1) * 50))];
    const early = onlyMask(masksAt(readings, 100));
    const late = onlyMask(masksAt(readings, 1900));
    expect(covers(early, 300, 50)).toBe(true);
    expect(late.width).toBeGreaterThan(early.width * 1.5);
    expect(masksAt(readings, 2100)).toEqual([]);
  });

  it('also holds the old place when the face returns under another track id', () => {
    const masks = masksAt([reading(0, [1, 100]), reading(100), reading(200, [2, 400])], 150);
    expect(masks).toHaveLength(2);
  });

  it('covers a face shortly before its first detection', () => {
    const readings = [reading(0), reading(200), reading(400, [1, 300])];
    expect(onlyMask(masksAt(readings, 400 - LOOKAHEAD_MS)).width).toBeGreaterThan(180);
    expect(masksAt(readings, 400 - LOOKAHEAD_MS - 1)).toEqual([]);
  });

  it('covers everything without a reading', () => {
    expect(masksAt([], 0)).toBe('everything');
    // Not read yet, or never.
    expect(masksAt([reading(0)], 1)).toBe('everything');
    // The gap is long enough for a face to come and go.
    expect(masksAt([reading(0), reading(1500)], 700)).toBe('everything');
    // Long before the first reading.
    expect(masksAt([reading(500)], 0)).toBe('everything');
    expect(masksAt([reading(200)], 0)).toEqual([]);
  });
});
