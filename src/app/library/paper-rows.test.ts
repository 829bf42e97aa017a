import { expect, it } from 'vitest';
import { paperRows } from './paper-rows';

it('prints fewer rows beside many people, but always some', () => {
  expect(paperRows(1)).toBe(paperRows(5));
  expect(paperRows(8)).toBe(paperRows(5) - 3);
  expect(paperRows(40)).toBeGreaterThan(0);
});
