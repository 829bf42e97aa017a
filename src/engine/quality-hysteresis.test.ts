import { describe, expect, it } from 'vitest';
import { QualityHysteresis } from './quality-hysteresis';

const FRAME_MS = 33;

/** Kinds of concern after each of these yaw angles, one per frame. */
function follow(turns: readonly number[], memory = new QualityHysteresis(), fromMs = 0): string[] {
  return turns.map((turned, i) => memory.update(1, { turned }, fromMs + i * FRAME_MS).map((c) => c.kind).join());
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('QualityHysteresis', () => {
  it('judges a new face at once', () => {
    expect(new QualityHysteresis().update(1, { turned: 60 }, 0)).toEqual([{ kind: 'turned', value: 60 }]);
  });

  it('does not flicker near the threshold', () => {
    const shaking = Array.from({ length: 90 }, (_, i) => 44 + (i % 2 === 0 ? 4 : -4) + 3 * Math.sin(i / 7));
    const seen = follow(shaking);
    const changes = seen.filter((kinds, i) => i > 0 && kinds !== seen[i - 1]).length;
    expect(changes).toBeLessThanOrEqual(1);
  });

  it('ignores one bad frame, but not half a second', () => {
    expect(follow([...times(10, 10), 85, ...times(10, 10)])).toEqual(times(21, ''));
    expect(follow([...times(10, 10), ...times(15, 85)]).at(-1)).toBe('turned');
  });

  it('drops a concern once its cause is gone', () => {
    const memory = new QualityHysteresis();
    expect(follow(times(10, 60), memory).at(-1)).toBe('turned');
    expect(follow(times(15, 10), memory, 1000).at(-1)).toBe('');
  });

  it('is independent of the frame rate', () => {
    const at = (stepMs: number) => {
      const memory = new QualityHysteresis();
      memory.update(1, { turned: 80 }, 0);
      let value = 0;
      for (let ms = stepMs; ms <= 120; ms += stepMs) value = memory.update(1, { turned: 45 }, ms)[0]?.value ?? NaN;
      return value;
    };
    expect(at(10)).toBeCloseTo(at(40), 6);
  });

  it('keeps tracks apart, and forgets ended ones', () => {
    const memory = new QualityHysteresis();
    memory.update(1, { turned: 60 }, 0);
    expect(memory.update(2, { turned: 42 }, 1)).toEqual([]);
    memory.retain([2]);
    expect(memory.update(1, { turned: 42 }, 2)).toEqual([]);
  });

  it('restarts where the clock runs back', () => {
    const memory = new QualityHysteresis();
    memory.update(1, { turned: 60 }, 10_000);
    expect(memory.update(1, { turned: 42 }, 0)).toEqual([]);
  });

  it('raises no concern about missing measures', () => {
    const memory = new QualityHysteresis();
    memory.update(1, { turned: 60, dark: 0.01 }, 0);
    expect(memory.update(1, { turned: 60 }, 10).map((c) => c.kind)).toEqual(['turned']);
  });
});
