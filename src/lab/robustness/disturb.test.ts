import { expect, it } from 'vitest';
import { COLOR_BYTES, COLOR_SIDE, FACE_SIDE, LUMINANCE_BYTES } from '../faces';
import { DISTURBANCES, disturbed, type Disturbance } from './disturb';

const luminance = Uint8Array.from({ length: LUMINANCE_BYTES }, (_, i) => 40 + 4 * (i % FACE_SIDE));
const of = (kind: Disturbance['kind'], strength: number) => disturbed({ luminance, colors: null }, { kind, strength } as Disturbance).luminance;
const at = (face: Uint8Array, x: number, y: number) => face[y * FACE_SIDE + x] ?? NaN;

it('keeps the size of grayscale and colour faces, and treats each face separately', () => {
  const two = { luminance: Uint8Array.of(...luminance, ...luminance.map((value) => 255 - value)), colors: new Uint8Array(2 * COLOR_BYTES).fill(90) };
  for (const how of DISTURBANCES) {
    const found = disturbed(two, how);
    expect(found.luminance).toHaveLength(2 * LUMINANCE_BYTES);
    expect(found.luminance.subarray(0, LUMINANCE_BYTES)).toEqual(disturbed({ luminance, colors: null }, how).luminance);
    // Except for changes of light, a uniform picture stays uniform.
    if (how.kind !== 'dark' && how.kind !== 'bright') expect(found.colors?.every((value) => value === 90)).toBe(true);
  }
  expect(COLOR_SIDE).toBe(2 * FACE_SIDE);
});

it('darkens and brightens with a gamma curve', () => {
  expect(at(of('dark', 2.5), 10, 0)).toBe(Math.round(255 * (80 / 255) ** 2.5));
  expect(at(of('bright', 0.4), 10, 0)).toBe(Math.round(255 * (80 / 255) ** 0.4));
});

it('shifts, rotates, blurs and downsamples', () => {
  expect(at(of('shifted', 0.25), 30, 9)).toBe(at(luminance, 18, 9));
  // A horizontal gradient, rotated by 90°, becomes vertical.
  const turned = of('turned', 90);
  expect([at(turned, 20, 5), at(turned, 5, 40)]).toEqual([at(luminance, 5, 5), at(luminance, 40, 5)]);
  const point = new Uint8Array(LUMINANCE_BYTES).with(20 * FACE_SIDE + 20, 225);
  const blurred = disturbed({ luminance: point, colors: null }, { kind: 'blurred', strength: 1.5 }).luminance;
  expect([at(blurred, 20, 20), at(blurred, 22, 22), at(blurred, 23, 20)]).toEqual([9, 9, 0]);
  const small = of('small', 16);
  expect([at(small, 3, 0), at(small, 4, 0), at(small, 5, 0)]).toEqual([56, 56, 56]);
});
