import { MienError, type PlainError } from '../../engine/errors';
import { EXPRESSIONS } from '../../engine/labels';
import type { SkipReason } from '../../engine/types';
import type { LeftOutItem } from '../../lab/data/items';
import { wordError } from '../../words/errors';
import { expressionName } from '../../words/expression-style';
import { msg, t, type Phrase } from '../../words/i18n';
import { wordSkip } from '../../words/quality';

/** Name of a data set: its folder or file, or the kind of a built-in one, translated when shown. */
export type DataName = string | { readonly own: 'drawn' | 'camera' };

const OWN_NAMES: Readonly<Record<'drawn' | 'camera', Phrase>> = { drawn: msg('Drawn faces'), camera: msg('Camera') };

export function wordDataName(name: DataName): string {
  return typeof name === 'string' ? name : t(OWN_NAMES[name.own]);
}

/** Display name of a picture: its file name, or its table line or drawn face, translated when shown. */
export function wordPictureName(name: string): string {
  const [, label, person = ''] = /^(\w+) of person (\d+)$/.exec(name) ?? [];
  const drawn = EXPRESSIONS.find((e) => e === label);
  if (drawn) return t('{expression}, person {number}', { expression: expressionName(drawn), number: person });
  const [, table, line] = /^(?:(.+\.[ct]sv) )?line (\d+)$/i.exec(name) ?? [];
  if (line === undefined) return name;
  return table === undefined ? t('line {line}', { line }) : t('{table}, line {line}', { table, line });
}

/** Reason why a picture has no usable face. Data sets stored by earlier versions have it in words. */
export type LeftOutReason = LeftOutItem['reason'] | 'no-face' | { readonly skipped: SkipReason } | { readonly failed: PlainError } | { readonly words: string };

const LEFT_OUT_WORDS: Readonly<Record<Extract<LeftOutReason, string>, Phrase>> = {
  'no-picture': msg('Not a picture'),
  'bad-pixels': msg('Its pixels are not 48 × 48 numbers from 0 to 255'),
  'no-file': msg('Its file was not chosen along with the table'),
  'too-few-columns': msg('The line has too few columns'),
  'other-label': msg('An earlier table gives it another label'),
  'not-in-table': msg('None of the tables lists it'),
  'not-a-table': msg('This table names no pictures'),
  'no-files': msg('None of the files that it names was chosen along with it'),
  'beside-labels': msg('Not read: the labels come from labels.csv'),
  'other-kind': msg('Not read: tables that name files and tables of pixels or sheets cannot be read together'),
  'no-face': msg('No face found'),
};

export function wordLeftOut(reason: LeftOutReason): string {
  if (typeof reason === 'string') return t(LEFT_OUT_WORDS[reason]);
  if ('words' in reason) return reason.words;
  return 'skipped' in reason ? wordSkip(reason.skipped).title : wordError(MienError.fromPlain(reason.failed)).title;
}

/** @param reason from a data set stored by any version. */
export function asLeftOutReason(reason: unknown): LeftOutReason {
  return typeof reason !== 'string' || Object.hasOwn(LEFT_OUT_WORDS, reason) ? (reason as LeftOutReason) : { words: reason };
}
