import { expect, it } from 'vitest';
import { toProbabilities } from '../../engine/labels';
import { summaryTable } from './summary-table';

it('has a line for each expression, and one for the uncertain time', () => {
  const share = toProbabilities([0, 0, 0, 0.5, 0.25, 0, 0]);
  const text = summaryTable({ observations: 4, seenMs: 100, share, mean: share, uncertainShare: 0.25, dominant: 'happy', switches: 1 });
  expect(text.split('\n')).toHaveLength(9);
  expect(text).toContain('Happy\t0.500\t0.500\n');
  expect(text.endsWith('Uncertain\t0.250\t')).toBe(true);
});
