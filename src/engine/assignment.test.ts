import { describe, expect, it } from 'vitest';
import { assign } from './assignment';

/** Minimum total cost, by brute force. */
function leastCost(costs: number[][], refusal: number, row = 0, taken: readonly number[] = []): number {
  const own = costs[row];
  if (!own) return 0;
  const alone = refusal + leastCost(costs, refusal, row + 1, taken);
  return own.reduce(
    (least, cost, c) => (taken.includes(c) ? least : Math.min(least, cost + leastCost(costs, refusal, row + 1, [...taken, c]))),
    alone,
  );
}

function costOf(costs: number[][], result: readonly number[], refusal: number): number {
  return result.reduce((sum, column, row) => sum + (column < 0 ? refusal : (costs[row]?.[column] ?? NaN)), 0);
}

describe('assign', () => {
  it('takes the more expensive first pair where that lowers the total', () => {
    expect(assign([[1, 2], [1, 9]], 100)).toEqual([1, 0]);
  });

  it('matches brute force for all shapes, with forbidden pairs', () => {
    let state = 7;
    const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
    for (let round = 0; round < 500; round++) {
      const [rows, columns] = [Math.floor(next() * 6), Math.floor(next() * 6)];
      const costs = Array.from({ length: rows }, () => Array.from({ length: columns }, () => (next() < 0.3 ? Infinity : next() * 4)));
      const result = assign(costs, 2);
      expect(result).toHaveLength(rows);
      const partners = result.filter((column) => column >= 0);
      expect(new Set(partners).size).toBe(partners.length);
      expect(costOf(costs, result, 2)).toBeCloseTo(leastCost(costs, 2), 9);
    }
  });

  it('leaves a row unpaired rather than exceed the refusal cost', () => {
    expect(assign([[3]], 2)).toEqual([-1]);
    expect(assign([[Infinity, Infinity]], 2)).toEqual([-1]);
  });

  it('accepts no rows and no columns', () => {
    expect(assign([], 1)).toEqual([]);
    expect(assign([[], []], 1)).toEqual([-1, -1]);
  });
});
