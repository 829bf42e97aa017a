import { describe, expect, it } from 'vitest';
import { FACE_SIDE, LUMINANCE_BYTES } from '../faces';
import { randomFrom } from '../random';
import { augmented, closedBy3, medianOf, NO_AUGMENTATION, USUAL_AUGMENTATION, withMedian } from './augment';

const face = Uint8Array.from({ length: LUMINANCE_BYTES }, (_, i) => 40 + ((i % FACE_SIDE) * 3 + Math.floor(i / FACE_SIDE)) % 160);
const at = (picture: Uint8Array, x: number, y: number) => picture[y * FACE_SIDE + x] ?? NaN;
/** Random source that returns the given numbers, then 0.5, which means no change. */
const given = (...numbers: number[]) => () => numbers.shift() ?? 0.5;

describe('augmented', () => {
  it('is the identity without augmentation', () => {
    expect(augmented(face, NO_AUGMENTATION, Math.random)).toEqual(face);
  });

  it('flips horizontally', () => {
    const flipped = augmented(face, { ...NO_AUGMENTATION, flip: true }, given(0.2));
    expect([at(flipped, 0, 5), at(flipped, 47, 5), at(flipped, 20, 30)]).toEqual([at(face, 47, 5), at(face, 0, 5), at(face, 27, 30)]);
    expect(augmented(face, { ...NO_AUGMENTATION, flip: true }, given(0.8))).toEqual(face);
  });

  it('shifts, and rotates by 90°', () => {
    // Order of random numbers: rotation, zoom, shear, then the shifts.
    const shifted = augmented(face, { ...NO_AUGMENTATION, shift: 0.25 }, given(0.5, 0.5, 0.5, 1, 0.5));
    expect(at(shifted, 30, 10)).toBe(at(face, 18, 10));
    expect(at(shifted, 3, 10)).toBe(at(face, 0, 10));
    const turned = augmented(face, { ...NO_AUGMENTATION, rotationDeg: 90 }, given(1));
    expect([at(turned, 10, 5), at(turned, 40, 20)]).toEqual([at(face, 5, 37), at(face, 20, 7)]);
  });

  it('is deterministic per seed', () => {
    const of = (seed: number) => augmented(face, USUAL_AUGMENTATION, randomFrom(seed));
    expect(of(7)).toEqual(of(7));
    expect(of(7)).not.toEqual(of(8));
  });
});

it('moves the median luminance to a target, and keeps black and white', () => {
  const [black, white] = [0, 255];
  const picture = face.with(0, black).with(1, white);
  const brighter = withMedian(picture, medianOf(picture) + 50);
  expect(Math.abs(medianOf(brighter) - medianOf(picture) - 50)).toBeLessThanOrEqual(1);
  expect([brighter[0], brighter[1]]).toEqual([black, white]);
});

it('closes a thin dark line and keeps a wide one', () => {
  const lines = new Uint8Array(LUMINANCE_BYTES).fill(200);
  for (let y = 0; y < FACE_SIDE; y++) for (const x of [10, 20, 21, 22, 23]) lines[y * FACE_SIDE + x] = 20;
  const closed = closedBy3(lines);
  expect([at(closed, 10, 9), at(closed, 20, 9), at(closed, 22, 9), at(closed, 30, 9)]).toEqual([200, 20, 20, 200]);
});
