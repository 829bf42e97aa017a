import { describe, expect, it } from 'vitest';
import { checkScaling, scaleFaces, type Scaling } from './scaling';

/** Scales two faces of four pixels. */
function scaled(scaling: Scaling): number[] {
  const faces = Float32Array.from([0, 0.25, 0.75, 1, 0.5, 0.5, 0.5, 0.5]);
  scaleFaces(faces, 4, scaling);
  return Array.from(faces, (value) => Math.round(value * 1e4) / 1e4);
}

describe('scaleFaces', () => {
  it('scales according to each name', () => {
    expect(scaled('unit')).toEqual([0, 0.25, 0.75, 1, 0.5, 0.5, 0.5, 0.5]);
    expect(scaled('bytes')).toEqual([0, 63.75, 191.25, 255, 127.5, 127.5, 127.5, 127.5]);
    expect(scaled('minus-one-to-one')).toEqual([-1, -0.5, 0.5, 1, 0, 0, 0, 0]);
    expect(scaled({ mean: 0.5, deviation: 0.25 })).toEqual([-2, -1, 1, 2, 0, 0, 0, 0]);
  });

  it('gives each face zero mean and unit deviation, and a blank one zeros', () => {
    // Deviation √(0.3125 / 2) = 0.3953.
    expect(scaled('per-face')).toEqual([-1.2649, -0.6325, 0.6325, 1.2649, 0, 0, 0, 0]);
  });
});

describe('checkScaling', () => {
  it.each(['unit', 'bytes', { mean: 0, deviation: 1 }])('accepts %j', (value) => expect(checkScaling(value)).toBe(value));
  it.each(['Unit', '', null, 255, {}, { mean: 0, deviation: 0 }, { mean: NaN, deviation: 1 }, { mean: '0', deviation: 1 }])('rejects %j', (value) => {
    expect(() => checkScaling(value)).toThrow('call/out-of-range');
  });
});
