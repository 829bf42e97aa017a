import { afterEach, expect, it } from 'vitest';
import { editableClock, formatBytes, formatClock, formatCount, formatDuration, formatList, formatPercent, formatPlain, formatShare, formatSize, formatTimes } from './format';
import { inEnglish, localeTag, msg, setLanguage, t } from './i18n';
import { preferredLocale, tagOf } from './languages';
import { messageKey } from './message-key';

const PHOTOS = '{count, plural, one {# photo} other {# photos}}';
const speak = (locale: 'de' | 'ar' | 'ja', messages: Record<string, string> = {}) => setLanguage({ locale, tag: tagOf(locale, []), messages });

afterEach(() => setLanguage({ locale: 'en', tag: 'en-GB', messages: {} }));

it('translates into the chosen language, with English as fallback', () => {
  speak('de', { Settings: 'Einstellungen', [PHOTOS]: '{count, plural, one {# Foto} other {# Fotos}}' });
  expect(t('Settings')).toBe('Einstellungen');
  expect(t(PHOTOS, { count: 12_345 })).toBe('12.345 Fotos');
  expect(t(msg('{name} was removed'), { name: 'a.jpg' })).toBe('a.jpg was removed');
});

it('finds texts by their short keys, as they are served', () => {
  speak('de', { [messageKey('Settings')]: 'Einstellungen', [messageKey(PHOTOS)]: '{count, plural, one {# Foto} other {# Fotos}}' });
  expect(t('Settings')).toBe('Einstellungen');
  expect(t(PHOTOS, { count: 2 })).toBe('2 Fotos');
  expect(t(msg('{name} was removed'), { name: 'a.jpg' })).toBe('a.jpg was removed');
});

it('distinguishes the six plurals of Arabic', () => {
  speak('ar', { [PHOTOS]: '{count, plural, zero {0} one {1} two {2} few {# few} many {# many} other {# other}}' });
  expect([0, 1, 2, 3, 11, 100].map((count) => t(PHOTOS, { count }))).toEqual(['0', '1', '2', '3 few', '11 many', '100 other']);
});

it('isolates Latin names and figures within Arabic', () => {
  speak('ar', { 'Video ({format}, {size})': 'الفيديو ({format}، {size})' });
  expect(t('Video ({format}, {size})', { format: 'MP4', size: '399 kB' })).toBe('الفيديو (\u2068MP4\u2069، \u2068399 kB\u2069)');
});

it('selects a wording by a keyword in Arabic', () => {
  speak('ar', { '{what, select, a {A: {n}} other {B}}': '{what, select, a {ألف {n}} other {باء}}' });
  expect(t('{what, select, a {A: {n}} other {B}}', { what: 'a', n: 'x' })).toBe('ألف \u2068x\u2069');
});

it('words files in English, and restores the language even after an error', () => {
  speak('de', { Uncertain: 'Unsicher' });
  expect(inEnglish(() => `${t('Uncertain')} ${formatPercent(0.5, 1)}`)).toBe('Uncertain 50.0%');
  expect(() =>
    inEnglish(() => {
      throw new Error('no');
    }),
  ).toThrow();
  expect(t('Uncertain')).toBe('Unsicher');
});

it('formats numbers in the chosen language', () => {
  speak('de');
  expect([formatCount(12_345), formatPercent(0.634, 1), formatBytes(1_234_567), formatList(['a', 'b'])]).toEqual(['12.345', '63,4\u00a0%', '1,2\u00a0MB', 'a, b']);
  expect([formatClock(65_000), formatDuration(90_000)]).toEqual(['1:05', '2 min']);
  expect([formatClock(65_450, 1), formatPlain(-1234.5), formatTimes(1.5)]).toEqual(['1:05,4', '-1234,5', '1,5×']);
  speak('ar');
  expect(formatCount(12_345)).toMatch(/^12.345$/);
  expect([formatClock(1500, 1), formatClock(-1500, 1), editableClock(-1500, 1)]).toEqual(['0:01.5', '\u2066−0:01.5\u2069', '−0:01.5']);
  expect(formatSize({ width: 1280, height: 720 })).toBe('\u20661280 × 720\u2069');
  expect(formatShare(0.995)).toMatch(/^\u2066>/);
});

it('picks the first supported language of the browser, with its region', () => {
  expect(preferredLocale(['pt-BR', 'es-MX', 'en'])).toBe('es');
  expect(preferredLocale(['pt'])).toBe('en');
  expect(tagOf('de', ['en', 'de-AT'])).toBe('de-AT');
  expect(tagOf('en', [])).toBe('en-GB');
  expect(localeTag()).toBe('en-GB');
});
