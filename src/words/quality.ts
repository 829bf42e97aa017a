import { UNCERTAIN_BELOW } from '../engine/face-quality';
import { CONCERN_KINDS, type ClassifiedFace, type QualityConcern, type SkipReason } from '../engine/types';
import { inEnglish, msg, t, type Phrase } from './i18n';

/** A concern in a few words: "face 22 px", "turned 55°", "too dark". */
export function wordConcern({ kind, value }: QualityConcern): string {
  switch (kind) {
    case 'small':
      return t('face {pixels} px', { pixels: Math.round(value) });
    case 'turned':
      return t('turned {degrees}°', { degrees: Math.round(value) });
    case 'dark':
      return t('too dark');
    case 'bright':
      return t('too bright');
    case 'blurred':
      return t('blurred');
    case 'cut-off':
      return t('cut by the edge');
    case 'covered':
      return t('partly covered');
    case 'not-a-face':
      return t('may not be a face');
  }
}

/** What `wordConcern` worded, for a file that is read again; null where the words say something else. A value that they do not tell is 0. */
export function parseConcern(words: string): QualityConcern | null {
  const [, number = '0'] = /(\d+)/.exec(words) ?? [];
  const concerns = CONCERN_KINDS.map((kind) => ({ kind, value: Number(number) }));
  return inEnglish(() => concerns.find((concern) => wordConcern(concern) === words) ?? null);
}

/** Why a face is uncertain, each reason in a few words; empty where it is not. */
export function uncertainReasons({ concerns, confidence }: Pick<ClassifiedFace, 'concerns' | 'confidence'>): string[] {
  return [...concerns.map(wordConcern), ...(confidence < UNCERTAIN_BELOW ? [t('no expression stands out')] : [])];
}

export interface SkipWording {
  readonly title: string;
  /** The next step. */
  readonly advice: string;
}

const SKIPPED: Readonly<Record<SkipReason, Readonly<Record<keyof SkipWording, Phrase>>>> = {
  'face-too-small': {
    title: msg('Too small to read'),
    advice: msg('This face covers too few pixels. A larger picture of it may work.'),
  },
  'outside-frame': {
    title: msg('Cut off by the edge'),
    advice: msg('Too much of this face lies outside the picture.'),
  },
};

/** Why a face that was found has no expression. */
export function wordSkip(reason: SkipReason): SkipWording {
  const { title, advice } = SKIPPED[reason];
  return { title: t(title), advice: t(advice) };
}
