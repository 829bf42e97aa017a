import { describe, expect, it } from 'vitest';
import { QualityHysteresis } from './quality-hysteresis';

const FRAME_MS = 33;

/** The kinds of concern after each of these turns of the head, a frame apart. */
function follow(turns: readonly number[], memory = new QualityHysteresis(), fromMs = 0): string[] {
  return turns.map((turned, i) => memory.update(1, { turned }, fromMs + i * FRAME_MS).map((c) => c.kind).join());
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('QualityHysteresis', () => {
  it('judges a face that is new at once', () => {
    expect(new QualityHysteresis().update(1, { turned: 60 }, 0)).toEqual([{ kind: 'turned', value: 60 }]);
  });

  it('does not flicker about the limit', () => {
    const shaking = Array.from({ length: 90 }, (_, i) => 44 + (i % 2 === 0 ? 4 : -4) + 3 * Math.sin(i / 7));
    const seen = follow(shaking);
    const changes = seen.filter((kinds, i) => i > 0 && kinds !== seen[i - 1]).length;
    expect(changes).toBeLessThanOrEqual(1);
  });

  it('takes no notice of one bad frame, and notice of a bad half second', () => {
    expect(follow([...times(10, 10), 85, ...times(10, 10)])).toEqual(times(21, ''));
    expect(follow([...times(10, 10), ...times(15, 85)]).at(-1)).toBe('turned');
  });

  it('drops a concern that is over', () => {
    const memory = new QualityHysteresis();
    expect(follow(times(10, 60), memory).at(-1)).toBe('turned');
    expect(follow(times(15, 10), memory, 1000).at(-1)).toBe('');
  });

  it('does not depend on the frame rate', () => {
    const at = (stepMs: number) => {
      const memory = new QualityHysteresis();
      memory.update(1, { turned: 80 }, 0);
      let value = 0;
      for (let ms = stepMs; ms <= 120; ms += stepMs) value = memory.update(1, { turned: 45 }, ms)[0]?.value ?? NaN;
      return value;
    };
    expect(at(10)).toBeCloseTo(at(40), 6);
  });

  it('keeps tracks apart, and forgets those that are gone', () => {
    const memory = new QualityHysteresis();
    memory.update(1, { turned: 60 }, 0);
    expect(memory.update(2, { turned: 42 }, 1)).toEqual([]);
    memory.retain([2]);
    expect(memory.update(1, { turned: 42 }, 2)).toEqual([]);
  });

  it('starts anew where the clock runs back', () => {
    const memory = new QualityHysteresis();
    memory.update(1, { turned: 60 }, 10_000);
    expect(memory.update(1, { turned: 42 }, 0)).toEqual([]);
  });

  it('says nothing of what was not measured', () => {
    const memory = new QualityHysteresis();
    memory.update(1, { turned: 60, dark: 0.01 }, 0);
    expect(memory.update(1, { turned: 60 }, 10).map((c) => c.kind)).toEqual(['turned']);
  });
});
