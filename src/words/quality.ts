import { UNCERTAIN_BELOW } from '../engine/face-quality';
import { CONCERN_KINDS, type ClassifiedFace, type QualityConcern, type SkipReason } from '../engine/types';

/** A concern in a few words: "face 22 px", "turned 55°", "too dark". */
export function wordConcern({ kind, value }: QualityConcern): string {
  switch (kind) {
    case 'small':
      return `face ${Math.round(value)} px`;
    case 'turned':
      return `turned ${Math.round(value)}°`;
    case 'dark':
      return 'too dark';
    case 'bright':
      return 'too bright';
    case 'blurred':
      return 'blurred';
    case 'cut-off':
      return 'cut by the edge';
    case 'covered':
      return 'partly covered';
    case 'not-a-face':
      return 'may not be a face';
  }
}

/** What `wordConcern` worded, for a file that is read again; null where the words say something else. A value that they do not tell is 0. */
export function parseConcern(words: string): QualityConcern | null {
  const [, number = '0'] = /(\d+)/.exec(words) ?? [];
  const concerns = CONCERN_KINDS.map((kind) => ({ kind, value: Number(number) }));
  return concerns.find((concern) => wordConcern(concern) === words) ?? null;
}

/** Why a face is uncertain, each reason in a few words; empty where it is not. */
export function uncertainReasons({ concerns, confidence }: Pick<ClassifiedFace, 'concerns' | 'confidence'>): string[] {
  return [...concerns.map(wordConcern), ...(confidence < UNCERTAIN_BELOW ? ['no expression stands out'] : [])];
}

export interface SkipWording {
  readonly title: string;
  /** The next step. */
  readonly advice: string;
}

const SKIPPED: Readonly<Record<SkipReason, SkipWording>> = {
  'face-too-small': {
    title: 'Too small to read',
    advice: 'This face covers too few pixels. A larger picture of it may work.',
  },
  'outside-frame': {
    title: 'Cut off by the edge',
    advice: 'Too much of this face lies outside the picture.',
  },
};

/** Why a face that was found has no expression. */
export function wordSkip(reason: SkipReason): SkipWording {
  return SKIPPED[reason];
}
