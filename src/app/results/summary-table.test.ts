import { afterEach, expect, it } from 'vitest';
import { toProbabilities } from '../../engine/labels';
import { setLanguage } from '../../words/i18n';
import { summaryTable } from './summary-table';

const share = toProbabilities([0, 0, 0, 0.5, 0.25, 0, 0]);
const summary = { observations: 4, seenMs: 100, share, mean: share, uncertainShare: 0.25, dominant: 'happy', switches: 1 } as const;

afterEach(() => setLanguage({ locale: 'en', tag: 'en-GB', messages: {} }));

it('has a row for each expression, and one for uncertain time', () => {
  const rows = summaryTable(summary);
  expect(rows).toHaveLength(9);
  expect(rows).toContainEqual(['Happy', '0.500', '0.500']);
  expect(rows.at(-1)).toEqual(['Uncertain', '0.250', '']);
});

it('writes numbers as spreadsheets in the chosen language read them', () => {
  setLanguage({ locale: 'de', tag: 'de', messages: {} });
  expect(summaryTable(summary).at(-1)).toEqual(['Uncertain', '0,250', '']);
});
