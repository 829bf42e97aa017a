import { describe, expect, it } from 'vitest';
import { EXPRESSIONS, toProbabilities, verdictOf } from '../engine/labels';
import { BaselineTally, relativeFace, relativeTo } from './baseline';
import { classifiedFace } from './observation-fixture';

/** In the order of `EXPRESSIONS`: angry, disgust, fear, happy, sad, surprise, neutral. */
const SAD_AT_REST = [0.02, 0.02, 0.02, 0.02, 0.6, 0.02, 0.3];
const SMILE = [0.0075, 0.0075, 0.0075, 0.9, 0.04, 0.0075, 0.03];
const baseline = { probabilities: toProbabilities(SAD_AT_REST), readings: 50 };

describe('relativeTo', () => {
  it('maps a resting face to neutral, whatever its raw expression', () => {
    const rest = relativeTo(SAD_AT_REST, baseline);
    for (const [i, p] of rest.entries()) expect(p).toBeCloseTo(i === 6 ? 0.7 : 0.05, 6);
  });

  it('matches a manual calculation for a smile', () => {
    // (0.9 + 0.01) / (0.02 + 0.01) × 0.05 = 1.51667; sad: 0.0040984; neutral: 0.0903226; the other four: 0.0291667 each. Sum: 1.7277543
    const [angry, , , happy, sad, , neutral] = relativeTo(SMILE, baseline);
    expect(happy).toBeCloseTo(0.877825, 5);
    expect(neutral).toBeCloseTo(0.052277, 5);
    expect(sad).toBeCloseTo(0.002372, 5);
    expect(angry).toBeCloseTo(0.016881, 5);
  });

  it('sums to one, and does not amplify expressions that the baseline hardly contains', () => {
    const sure = { probabilities: toProbabilities([0, 0, 0, 0, 1, 0, 0]), readings: 3 };
    const noise = relativeTo([0.01, 0, 0, 0, 0.99, 0, 0], sure);
    expect(noise.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
    expect(Math.max(...noise)).toBe(noise[6]);
  });

  it('barely changes a face that is neutral at rest', () => {
    const calm = { probabilities: toProbabilities([0.03, 0.01, 0.02, 0.03, 0.06, 0.03, 0.82]), readings: 50 };
    expect(verdictOf(toProbabilities(relativeTo(SMILE, calm))).label).toBe('happy');
    expect(verdictOf(toProbabilities(relativeTo([0.8, 0.05, 0.02, 0.01, 0.05, 0.02, 0.05], calm))).label).toBe('angry');
  });
});

describe('relativeFace', () => {
  it('shows a face that looks sad at rest as neutral, and as happy when it smiles', () => {
    const of = (values: readonly number[]) => {
      const smoothed = toProbabilities(values);
      return { ...classifiedFace(1, 'sad'), raw: smoothed, smoothed, label: 'sad' as const };
    };
    expect(relativeFace(of(SAD_AT_REST), baseline)).toMatchObject({ label: 'neutral', uncertain: false });
    expect(relativeFace(of(SMILE), baseline)).toMatchObject({ label: 'happy', uncertain: false });
    const shaky = relativeFace({ ...of(SMILE), concerns: [{ kind: 'dark', value: 0.1 }] }, baseline);
    expect(shaky).toMatchObject({ label: 'happy', uncertain: true });
  });
});

describe('BaselineTally', () => {
  it('averages the frames, and requires at least three', () => {
    const tally = new BaselineTally();
    tally.add([0.3, 0, 0, 0, 0.7, 0, 0]);
    tally.add([0.1, 0, 0, 0, 0.9, 0, 0]);
    expect(tally.baseline()).toBeNull();
    tally.add([0.2, 0, 0, 0, 0.2, 0, 0.6]);
    const { probabilities, readings } = tally.baseline() ?? baseline;
    expect(readings).toBe(3);
    expect(EXPRESSIONS.map((e) => probabilities[e].toFixed(4))).toEqual(['0.2000', '0.0000', '0.0000', '0.0000', '0.6000', '0.0000', '0.2000']);
  });
});
