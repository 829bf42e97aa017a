import { expect, it } from 'vitest';
import { schemeOf } from './color-scheme';

it.each([
  ['system', true, false, 'dark'],
  ['system', false, true, 'light'],
  ['light', true, false, 'light'],
  ['light', true, true, 'dark'],
  ['dark', false, true, 'light'],
] as const)('resolves setting %s, system dark: %s, forced colours: %s to %s', (theme, isDark, isForced, scheme) => {
  expect(schemeOf(theme, { isDark, isForced })).toBe(scheme);
});
