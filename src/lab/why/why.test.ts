import { expect, it } from 'vitest';
import { COLOR_BYTES, countFaces, FACE_SIDE, LUMINANCE_BYTES } from '../faces';
import { mixedEvidence } from './mixed-evidence';
import { COVERED_PLACES, coveredFaces, evidenceOfCovering } from './occlusion';

it('covers a third of the face at each place, centred on the place and clipped at the edges', () => {
  const face = { luminance: new Uint8Array(LUMINANCE_BYTES).map((_, i) => (i % 2 ? 200 : 0)), colors: new Uint8Array(COLOR_BYTES).fill(9) };
  const faces = coveredFaces(face);
  expect(countFaces(faces)).toBe(1 + COVERED_PLACES ** 2);
  expect(faces.colors).toHaveLength((1 + COVERED_PLACES ** 2) * COLOR_BYTES);
  const coveredAt = (place: number) => faces.luminance.subarray((place + 1) * LUMINANCE_BYTES, (place + 2) * LUMINANCE_BYTES);
  expect(faces.luminance.subarray(0, LUMINANCE_BYTES)).toEqual(face.luminance);
  const middle = coveredAt(Math.floor(COVERED_PLACES ** 2 / 2));
  expect(middle.filter((value) => value === 100)).toHaveLength(16 * 16);
  expect([middle[24 * FACE_SIDE + 24], middle[0], middle[1]]).toEqual([100, 0, 200]);
  const corner = coveredAt(0).filter((value) => value === 100).length;
  expect(corner).toBeGreaterThan(0);
  expect(corner).toBeLessThan(16 * 16);
});

it('measures evidence as the fall of a share', () => {
  const shares = Float32Array.from({ length: (1 + COVERED_PLACES ** 2) * 2 }, (_, i) => (i < 2 ? [0.9, 0.1] : i < 4 ? [0.4, 0.6] : [0.95, 0.05])[i % 2] ?? 0);
  const evidence = evidenceOfCovering(shares, 2);
  const places = COVERED_PLACES ** 2;
  [0.5, -0.05].forEach((value, i) => expect(evidence[i]).toBeCloseTo(value, 6));
  [-0.5, 0.05].forEach((value, i) => expect(evidence[places + i]).toBeCloseTo(value, 6));
});

it('splits a score into places, minus what all classes gain', () => {
  const heads = [
    { share: 0.25, kernel: [1, 0, 0, 2] },
    { share: 0.75, kernel: [0, 1, 1, 1] },
  ];
  // Two places with two features; the mixed kernel is [[0.25, 0.75], [0.75, 1.25]].
  const evidence = Array.from(mixedEvidence([1, 0, 2, 4], 2, heads, 2));
  expect(evidence).toEqual([-0.125, -0.75, 0.125, 0.75]);
});
