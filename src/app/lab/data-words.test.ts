import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { MienError } from '../../engine/errors';
import { EXPRESSIONS } from '../../engine/labels';
import { expressionOf } from '../../network/label-names';
import { EXPRESSION_STYLE } from '../../words/expression-style';
import { inEnglish, setLanguage } from '../../words/i18n';
import { asLeftOutReason, wordDataName, wordLeftOut, wordPictureName } from './data-words';

const speakGerman = () => setLanguage({ locale: 'de', tag: 'de-DE', messages: { 'Drawn faces': 'Gezeichnete Gesichter', 'No face found': 'Kein Gesicht gefunden', 'line {line}': 'Zeile {line}', '{table}, line {line}': '{table}, Zeile {line}' } });

afterEach(() => setLanguage({ locale: 'en', tag: 'en-GB', messages: {} }));

it('names a built-in data set in the current language, and in English in files', () => {
  expect(wordDataName({ own: 'drawn' })).toBe('Drawn faces');
  speakGerman();
  expect(wordDataName({ own: 'drawn' })).toBe('Gezeichnete Gesichter');
  expect(inEnglish(() => wordDataName({ own: 'drawn' }))).toBe('Drawn faces');
  // A user's folder of that name.
  expect(wordDataName('Drawn faces')).toBe('Drawn faces');
});

it('translates table lines, and keeps file names', () => {
  speakGerman();
  expect(['line 12', 'set/train 1.csv line 12', 'set/line 12.png', 'line 12/a.png', 'a line 12'].map(wordPictureName)).toEqual(['Zeile 12', 'set/train 1.csv, Zeile 12', 'set/line 12.png', 'line 12/a.png', 'a line 12']);
});

it('translates names of drawn faces, and keeps files with similar names', () => {
  const messages = { Happy: 'Froh', '{expression}, person {number}': '{expression}, Person {number}' };
  setLanguage({ locale: 'de', tag: 'de-DE', messages });
  expect(['happy of person 2', 'tired of person 2', 'happy of person 2.png'].map(wordPictureName)).toEqual(['Froh, Person 2', 'tired of person 2', 'happy of person 2.png']);
});

it('translates the reason for a missing face when it is shown', () => {
  const failed = { failed: new MienError('image', 'damaged').toPlain() };
  expect(wordLeftOut(failed)).not.toBe('');
  speakGerman();
  expect(wordLeftOut('no-face')).toBe('Kein Gesicht gefunden');
  expect(wordLeftOut(asLeftOutReason('no-face'))).toBe('Kein Gesicht gefunden');
  // Stored by earlier versions.
  expect(wordLeftOut(asLeftOutReason('Aucun visage'))).toBe('Aucun visage');
});

it.each(['de', 'fr', 'es', 'ja', 'ar'])("maps a folder named with the app's own word for an expression in %s", (language) => {
  const messages = JSON.parse(readFileSync(new URL(`../../words/messages/${language}.json`, import.meta.url), 'utf8')) as Record<string, string>;
  for (const expression of EXPRESSIONS) {
    const { name, word } = EXPRESSION_STYLE[expression];
    expect([name, word].map((phrase) => expressionOf(messages[phrase as unknown as string] ?? ''))).toEqual([expression, expression]);
  }
});
