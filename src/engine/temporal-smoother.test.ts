import { describe, expect, it } from 'vitest';
import { EXPRESSIONS, toProbabilities, verdictOf, type Expression, type Probabilities } from './labels';
import { TemporalSmoother } from './temporal-smoother';

/** `share` for one expression, the rest for the other. */
function mix(one: Expression, share: number, other: Expression = 'neutral'): Probabilities {
  return toProbabilities(EXPRESSIONS.map((e) => (e === one ? share : e === other ? 1 - share : 0)));
}

const sum = (p: Probabilities): number => EXPRESSIONS.reduce((total, e) => total + p[e], 0);

describe('TemporalSmoother', () => {
  it('starts at the first frame\'s values', () => {
    const smoother = new TemporalSmoother({ timeConstantMs: 300 });
    expect(smoother.update(1, mix('happy', 0.9), 5000)).toEqual({ smoothed: mix('happy', 0.9), label: 'happy' });
  });

  it('holds a label that is not the largest only in a close call, so that no headline contradicts the bars', () => {
    const smoother = new TemporalSmoother({ timeConstantMs: 300 });
    let held = 0;
    for (let i = 0; i < 400; i++) {
      const { smoothed, label } = smoother.update(1, mix('happy', 0.5 + 0.3 * Math.sin(i / 9) + 0.2 * Math.sin(i * 2.3)), i * 33);
      const verdict = verdictOf(smoothed);
      if (verdict.label === label) continue;
      held++;
      expect(verdict.closeCall).not.toBeNull();
    }
    expect(held).toBeGreaterThan(0);
  });

  it('reaches 63 % after one time constant, 95 % after three', () => {
    for (const stepMs of [10, 50, 150]) {
      const smoother = new TemporalSmoother({ timeConstantMs: 300 });
      smoother.update(1, mix('happy', 0), 0);
      const at = new Map<number, number>();
      for (let t = stepMs; t <= 900; t += stepMs) at.set(t, smoother.update(1, mix('happy', 1), t).smoothed.happy);
      expect(at.get(300)).toBeCloseTo(1 - Math.exp(-1), 9);
      expect(at.get(900)).toBeCloseTo(1 - Math.exp(-3), 9);
    }
  });

  it('gives the same curve at 10, 30 and 60 frames per second', () => {
    const course = (fps: number): number[] => {
      const smoother = new TemporalSmoother({ timeConstantMs: 400 });
      const seen: number[] = [];
      for (let frame = 0; frame <= 5 * fps; frame++) {
        const t = frame / fps;
        const { smoothed } = smoother.update(1, mix('happy', 0.5 + 0.5 * Math.sin(t * 1.5)), t * 1000);
        if (frame % (fps / 5) === 0) seen.push(smoothed.happy);
      }
      return seen;
    };
    const fine = course(60);
    for (const fps of [10, 30]) {
      const other = course(fps);
      expect(other).toHaveLength(fine.length);
      other.forEach((value, i) => expect(Math.abs(value - (fine[i] ?? NaN))).toBeLessThan(0.04));
    }
  });

  it('reduces the noise of single frames', () => {
    const smoother = new TemporalSmoother({ timeConstantMs: 500 });
    const seen: number[] = [];
    for (let frame = 0; frame < 300; frame++) {
      const { smoothed } = smoother.update(1, mix('happy', frame % 2 ? 0.9 : 0.1), frame * 33);
      if (frame > 100) seen.push(smoothed.happy);
    }
    expect(Math.max(...seen) - Math.min(...seen)).toBeLessThan(0.06);
    expect(seen.reduce((a, b) => a + b) / seen.length).toBeCloseTo(0.5, 1);
  });

  it('keeps probabilities that sum to 1 and stay within 0 and 1', () => {
    const smoother = new TemporalSmoother({ timeConstantMs: 200 });
    for (let frame = 0; frame < 2000; frame++) {
      const e = EXPRESSIONS[(frame * 3) % 7] ?? 'sad';
      const { smoothed } = smoother.update(1, mix(e, 1), frame * 17);
      expect(sum(smoothed)).toBeCloseTo(1, 9);
      for (const name of EXPRESSIONS) expect(smoothed[name]).toBeGreaterThanOrEqual(0);
    }
  });

  it('is not vetoed by one frame with false certainty', () => {
    const smoother = new TemporalSmoother({ timeConstantMs: 500 });
    for (let t = 0; t <= 1000; t += 33) smoother.update(1, mix('happy', 0.95), t);
    const { smoothed, label } = smoother.update(1, mix('sad', 1), 1033);
    expect(label).toBe('happy');
    expect(smoothed.happy).toBeGreaterThan(0.85);
  });

  it('keeps tracks apart', () => {
    const smoother = new TemporalSmoother({ timeConstantMs: 500 });
    for (let t = 0; t < 1000; t += 50) {
      expect(smoother.update(1, mix('happy', 1), t).smoothed.happy).toBe(1);
      expect(smoother.update(2, mix('sad', 1), t).smoothed.sad).toBe(1);
    }
  });

  it('does not mutate returned results', () => {
    const smoother = new TemporalSmoother({ timeConstantMs: 500 });
    const given = smoother.update(1, mix('happy', 1), 0);
    smoother.update(1, mix('sad', 1), 400);
    expect(given).toEqual({ smoothed: mix('happy', 1), label: 'happy' });
  });

  describe('with smoothing off', () => {
    it.each([0, -5, NaN])('passes every frame and its label through (%d)', (timeConstantMs) => {
      const smoother = new TemporalSmoother({ timeConstantMs });
      for (let frame = 0; frame < 10; frame++) {
        const raw = mix(frame % 2 ? 'happy' : 'sad', 0.51, frame % 2 ? 'sad' : 'happy');
        expect(smoother.update(1, raw, frame * 33)).toEqual({ smoothed: raw, label: frame % 2 ? 'happy' : 'sad' });
      }
    });

    it('can be switched on and off at any time', () => {
      const smoother = new TemporalSmoother({ timeConstantMs: 0 });
      smoother.update(1, mix('happy', 1), 0);
      smoother.timeConstantMs = 100;
      expect(smoother.timeConstantMs).toBe(100);
      expect(smoother.update(1, mix('happy', 0), 100).smoothed.happy).toBeCloseTo(Math.exp(-1), 9);
      smoother.timeConstantMs = 0;
      expect(smoother.update(1, mix('happy', 0), 110).smoothed.happy).toBe(0);
    });
  });

  describe('label', () => {
    it('does not flicker between two nearly equal expressions', () => {
      const smoother = new TemporalSmoother({ timeConstantMs: 300 });
      const labels: Expression[] = [];
      for (let frame = 0; frame < 300; frame++) {
        // The leader changes about every 100 ms.
        const happy = 0.5 + 0.2 * Math.sin(frame);
        labels.push(smoother.update(1, mix('happy', happy, 'neutral'), frame * 33).label);
      }
      const switches = labels.filter((label, i) => i > 0 && label !== labels[i - 1]).length;
      expect(switches).toBeLessThanOrEqual(1);
    });

    it('changes at once when another leads clearly', () => {
      const smoother = new TemporalSmoother({ timeConstantMs: 300 });
      smoother.update(1, mix('neutral', 1), 0);
      expect(smoother.update(1, mix('happy', 1), 600).label).toBe('happy');
    });

    it('changes after one time constant when another leads by a little, not before', () => {
      const smoother = new TemporalSmoother({ timeConstantMs: 300 });
      smoother.update(1, mix('happy', 0.51, 'sad'), 0);
      const seen = new Map<number, Expression>();
      for (let t = 100; t <= 1000; t += 100) seen.set(t, smoother.update(1, mix('sad', 0.54, 'happy'), t).label);
      expect(seen.get(100)).toBe('happy');
      expect(seen.get(300)).toBe('happy');
      expect(seen.get(600)).toBe('sad');
    });

    it('restarts the count if the shown label leads in between', () => {
      const smoother = new TemporalSmoother({ timeConstantMs: 300 });
      smoother.update(1, mix('happy', 0.6, 'sad'), 0);
      for (let round = 0; round < 10; round++) {
        const t = round * 400;
        expect(smoother.update(1, mix('sad', 0.58, 'happy'), t + 200).label).toBe('happy');
        expect(smoother.update(1, mix('happy', 0.6, 'sad'), t + 400).label).toBe('happy');
      }
    });
  });

  it('restarts after a gap', () => {
    const smoother = new TemporalSmoother({ timeConstantMs: 200 });
    smoother.update(1, mix('happy', 1), 0);
    expect(smoother.update(1, mix('sad', 0.9), 1000)).toEqual({ smoothed: mix('sad', 0.9), label: 'sad' });
  });

  it('forgets exactly the tracks that are not retained', () => {
    const smoother = new TemporalSmoother({ timeConstantMs: 1000 });
    smoother.update(1, mix('happy', 1), 0);
    smoother.update(2, mix('happy', 1), 0);
    smoother.retain([2, 9]);
    expect(smoother.update(1, mix('sad', 1), 10).smoothed.happy).toBe(0);
    expect(smoother.update(2, mix('sad', 1), 10).smoothed.happy).toBeGreaterThan(0.9);
    smoother.reset();
    expect(smoother.update(2, mix('sad', 1), 20).smoothed.happy).toBe(0);
  });

  describe('odd input', () => {
    it('ignores a time that repeats or goes back a little', () => {
      const smoother = new TemporalSmoother({ timeConstantMs: 300 });
      smoother.update(1, mix('happy', 1), 0);
      const known = smoother.update(1, mix('happy', 1), 100);
      for (const t of [100, 100, 60]) expect(smoother.update(1, mix('sad', 1), t)).toEqual(known);
      expect(smoother.update(1, mix('happy', 0), 400).smoothed.happy).toBeCloseTo(Math.exp(-1), 9);
    });

    it('treats a clock that goes back far as a new clip', () => {
      const smoother = new TemporalSmoother({ timeConstantMs: 300 });
      smoother.update(1, mix('happy', 1), 100_000);
      expect(smoother.update(1, mix('sad', 1), 0).smoothed.sad).toBe(1);
    });

    it('ignores numbers that are not finite', () => {
      const smoother = new TemporalSmoother({ timeConstantMs: 300 });
      smoother.update(1, mix('sad', NaN), 0);
      smoother.update(1, mix('happy', 1), 30);
      smoother.update(1, mix('sad', NaN), 60);
      smoother.update(1, mix('sad', 1), NaN);
      expect(sum(smoother.update(1, mix('happy', 1), 90).smoothed)).toBeCloseTo(1, 9);
    });
  });
});
