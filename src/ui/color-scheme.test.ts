import { expect, it } from 'vitest';
import { schemeOf } from './color-scheme';

it.each([
  ['system', true, false, 'dark'],
  ['system', false, true, 'light'],
  ['light', true, false, 'light'],
  ['light', true, true, 'dark'],
  ['dark', false, true, 'light'],
] as const)('of the setting %s, the system dark: %s, its colours forced: %s, is %s', (theme, isDark, isForced, scheme) => {
  expect(schemeOf(theme, { isDark, isForced })).toBe(scheme);
});
