import { expect, it } from 'vitest';
import { toProbabilities } from '../../engine/labels';
import { summaryTable } from './summary-table';

it('has a row for each expression, and one for uncertain time', () => {
  const share = toProbabilities([0, 0, 0, 0.5, 0.25, 0, 0]);
  const rows = summaryTable({ observations: 4, seenMs: 100, share, mean: share, uncertainShare: 0.25, dominant: 'happy', switches: 1 });
  expect(rows).toHaveLength(9);
  expect(rows).toContainEqual(['Happy', '0.500', '0.500']);
  expect(rows.at(-1)).toEqual(['Uncertain', '0.250', '']);
});
