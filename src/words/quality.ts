import type { ClassifiedFace, QualityConcern, SkipReason } from '../engine/types';
import { msg, t, type Phrase } from './i18n';
import { concernPhrase, concernValues, NOTHING_STANDS_OUT, nothingStandsOut } from './recorded';

/** A concern in a few words: "face 22 px", "turned 55°", "too dark". */
export function wordConcern(concern: QualityConcern): string {
  return t(concernPhrase(concern), concernValues(concern));
}

/** Short reasons why a face is uncertain; empty if it is certain. */
export function uncertainReasons(face: Pick<ClassifiedFace, 'concerns' | 'confidence'>): string[] {
  return [...face.concerns.map(wordConcern), ...(nothingStandsOut(face) ? [t(NOTHING_STANDS_OUT)] : [])];
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

/** Why a detected face was not classified. */
export function wordSkip(reason: SkipReason): SkipWording {
  const { title, advice } = SKIPPED[reason];
  return { title: t(title), advice: t(advice) };
}
