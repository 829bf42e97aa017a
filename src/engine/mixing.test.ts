import { describe, expect, it } from 'vitest';
import { mix, SENSITIVITIES, type MixingRule } from './mixing';

const EVEN = new Array<number>(7).fill(1 / 7);
/** Head `a` was trained on sixty times as many neutral faces as frightened ones. */
const PRIOR = [0.1, 0.02, 0.01, 0.1, 0.1, 0.07, 0.6];
const LEVELS = {
  cautious: { power: 0, temperature: 1 },
  balanced: { power: 1, temperature: 1 },
  eager: { power: 1.25, temperature: 1 },
};
const RULE: MixingRule = { on: 'probabilities', shares: { a: 1 }, priors: { a: PRIOR }, levels: LEVELS };

describe('mixing', () => {
  it('divides the prior out: a head that returns only its prior carries no information', () => {
    const p = mix(PRIOR.map(Math.log), ['a'], RULE, 'balanced');
    for (const value of p) expect(value).toBeCloseTo(1 / 7, 10);
  });

  it('keeps the prior at power 0 and inverts it beyond 1', () => {
    const logits = PRIOR.map(Math.log);
    expect(mix(logits, ['a'], RULE, 'cautious')[6]).toBeCloseTo(0.6, 10);
    const eager = mix(logits, ['a'], RULE, 'eager');
    expect(eager[2]).toBeGreaterThan(eager[6] ?? 1);
  });

  it('takes the weighted mean of probabilities, or of logarithms', () => {
    const logits = [2, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0];
    const shares = { a: 0.25, b: 0.75 };
    const priors = { a: EVEN, b: EVEN };
    const mean = mix(logits, ['a', 'b'], { ...RULE, shares, priors }, 'balanced');
    const own = (v: number) => Math.exp(v) / (Math.exp(v) + 6);
    expect(mean[0]).toBeCloseTo(0.25 * own(2) + 0.75 * ((1 - own(4)) / 6), 10);
    const product = mix(logits, ['a', 'b'], { ...RULE, on: 'logarithms', shares, priors }, 'balanced');
    // The logarithms of both heads' ratios add up: 0.25 × 2 against 0.75 × 4.
    expect(Math.log((product[1] ?? 0) / (product[0] ?? 0))).toBeCloseTo(0.75 * 4 - 0.25 * 2, 10);
  });

  it('sharpens below a temperature of 1, and sums to 1 for extreme logits', () => {
    const sharp = { ...RULE, levels: { ...LEVELS, balanced: { power: 0, temperature: 0.5 } } };
    expect(mix([1, 0, 0, 0, 0, 0, 0], ['a'], sharp, 'balanced')[0]).toBeGreaterThan(mix([1, 0, 0, 0, 0, 0, 0], ['a'], RULE, 'cautious')[0] ?? 1);
    for (const on of ['probabilities', 'logarithms'] as const) {
      for (const sensitivity of SENSITIVITIES) {
        const p = mix([900, -900, 0, 0, 0, 0, 0], ['a'], { ...RULE, on }, sensitivity);
        expect(p.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
        expect(p[0]).toBeCloseTo(1, 10);
      }
    }
  });

  it('ignores heads without a share', () => {
    const logits = [1, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0];
    expect(mix(logits, ['a', 'unused'], RULE, 'balanced')).toEqual(mix(logits.slice(0, 7), ['a'], RULE, 'balanced'));
  });
});
