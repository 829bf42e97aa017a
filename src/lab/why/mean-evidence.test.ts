import { expect, it } from 'vitest';
import { LUMINANCE_BYTES } from '../faces';
import { evidenceAmong, meanEvidence, thirdsOf } from './mean-evidence';

const grey = (value: number) => new Uint8Array(LUMINANCE_BYTES).fill(value);

it('averages evidence and faces per place', () => {
  const mean = meanEvidence(
    [
      { luminance: grey(10), evidence: [1, 0, -2, 0] },
      { luminance: grey(20), evidence: [3, 0, 0, 0] },
      { luminance: grey(61), evidence: [-1, 0, -1, 6] },
    ],
    2,
  );
  expect(mean).toMatchObject({ faces: 3, side: 2 });
  [1, 0, -1, 2].forEach((value, i) => expect(mean?.evidence[i]).toBeCloseTo(value, 6));
  // (10 + 20 + 61) / 3 = 30.33
  expect(new Set(mean?.face)).toEqual(new Set([30]));
  expect(meanEvidence([], 2)).toBeNull();
});

it('removes what a subset of classes has in common', () => {
  // Three classes, two places; for the last and the first, (5 + 1) / 2 = 3 and (0 + 4) / 2 = 2 are common.
  expect(Array.from(evidenceAmong([1, 4, 9, 9, 5, 0], 2, [2, 0]))).toEqual([2, -2, -2, 2]);
});

it('computes the share of the evidence in each third of the crop', () => {
  // The second of four rows overlaps the upper third of the crop by one third, and the middle third by two.
  const rows = (values: readonly number[]) => Float32Array.from(values.flatMap((value) => [value, 0, -5, 0]));
  const thirds = thirdsOf({ side: 4, evidence: rows([3, 3, 0, 6]) });
  [4 / 12, 2 / 12, 6 / 12].forEach((share, i) => expect(thirds?.[i]).toBeCloseTo(share, 6));
  expect(thirdsOf({ side: 2, evidence: Float32Array.of(-1, -2, 0, -1) })).toBeNull();
});
