import { UNCERTAIN_BELOW } from '../engine/face-quality';
import { CONCERN_KINDS, HIDDEN_PARTS, type ClassifiedFace, type HiddenPart, type QualityConcern } from '../engine/types';
import { personLetter } from './person-letter';
import { msg, recordedText, type Phrase } from './phrase';

/** Phrases used both on screen and, in English, in files. */
export const PERSON = msg('Person {letter}');
export const NOTHING_STANDS_OUT = msg('no expression stands out');
const CONCERNS: Readonly<Record<QualityConcern['kind'], Phrase>> = {
  small: msg('face {pixels} px'),
  turned: msg('turned {degrees}°'),
  dark: msg('too dark'),
  bright: msg('too bright'),
  blurred: msg('blurred'),
  'cut-off': msg('cut by the edge'),
  covered: msg('partly covered'),
  'not-a-face': msg('may not be a face'),
  'other-class': msg('{name} {percent}%, a class of the model’s own'),
};

const COVERED: Readonly<Record<HiddenPart, Phrase>> = { mouth: msg('mouth covered'), eyes: msg('eyes covered'), side: msg('half covered') };

export function concernPhrase({ kind, part }: QualityConcern): Phrase {
  return kind === 'covered' && part ? COVERED[part] : CONCERNS[kind];
}

export function concernValues({ value, name = '?' }: QualityConcern) {
  return { pixels: Math.round(value), degrees: Math.round(value), percent: Math.round(100 * value), name };
}

function recordedConcern(concern: QualityConcern): string {
  return recordedText(concernPhrase(concern), concernValues(concern));
}

const OTHER_CLASS = /^(.+) (\d+)%, a class of the model’s own$/;

/** Parses a reason that `recordedReasons` wrote; null for unknown words. Values that the words do not contain become 0. */
export function parseConcern(words: string): QualityConcern | null {
  const [, name, percent] = OTHER_CLASS.exec(words) ?? [];
  if (name !== undefined) return { kind: 'other-class', value: Number(percent) / 100, name };
  const [, number = '0'] = /(\d+)/.exec(words) ?? [];
  const concerns = CONCERN_KINDS.map((kind): QualityConcern => ({ kind, value: Number(number) }));
  concerns.push(...HIDDEN_PARTS.map((part): QualityConcern => ({ kind: 'covered', value: 0, part })));
  return concerns.find((concern) => recordedConcern(concern) === words) ?? null;
}

/** Whether no expression stands out. A class of the model's own counts as standing out. */
export function nothingStandsOut({ concerns, confidence }: Pick<ClassifiedFace, 'concerns' | 'confidence'>): boolean {
  return confidence < UNCERTAIN_BELOW && !concerns.some(({ kind }) => kind === 'other-class');
}

/** Reasons why a face is uncertain, as written to files; empty if it is certain. */
export function recordedReasons(face: Pick<ClassifiedFace, 'concerns' | 'confidence'>): string[] {
  return [...face.concerns.map(recordedConcern), ...(nothingStandsOut(face) ? [recordedText(NOTHING_STANDS_OUT)] : [])];
}

/** @param given name given by hand; null if none. */
export function recordedName(person: number, given: string | null = null): string {
  return given ?? recordedText(PERSON, { letter: personLetter(person) });
}
