import type { PixelRect } from '../engine/geometry';
import { dominant, EXPRESSIONS, type Expression, type Probabilities } from '../engine/labels';
import type { ClassifiedFace, HeadPose, SkippedFace, SkipReason } from '../engine/types';
import { recordedReasons } from '../words/recorded';

export type BoxRecord = readonly [x: number, y: number, width: number, height: number];
export type ProbabilitiesRecord = Readonly<Record<Expression, number>>;

export interface FaceRecord {
  /** The most probable expression; the first in the order of `EXPRESSIONS` on a tie. */
  readonly emotion: Expression;
  /** Probability of `emotion`, 0–1, to four digits. */
  readonly confidence: number;
  /** Label shown on screen, with hysteresis: it changes only after another expression has led for a while. */
  readonly label_held: Expression;
  /** Detection score, 0–1, to four digits; null in sessions of version 0.1. */
  readonly face_score: number | null;
  /** In pixels of the displayed picture. */
  readonly box: BoxRecord;
  readonly probabilities: ProbabilitiesRecord;
  /** Degrees, to a tenth. */
  readonly head_pose: { readonly yaw: number; readonly pitch: number; readonly roll: number };
  readonly uncertain: boolean;
  /** Reasons in words; empty if the face is certain. */
  readonly uncertain_reasons: readonly string[];
}

export interface SkippedFaceRecord {
  /** `not-a-face`: marked as no face by a person (pictures only). */
  readonly reason: SkipReason | 'not-a-face';
  readonly face_score: number | null;
  readonly box: BoxRecord;
}

/** The fields of a face that a record needs. */
export type RecordedFace = Pick<ClassifiedFace, 'label' | 'confidence' | 'score' | 'box' | 'smoothed' | 'headPose' | 'uncertain' | 'concerns'>;

export type RecordedSkip = Pick<SkippedFace, 'score' | 'box'> & Pick<SkippedFaceRecord, 'reason'>;

export function toFaceRecord(face: RecordedFace): FaceRecord {
  // Computed from the rounded values in the file, so that readers find the same maximum.
  const probabilities = toProbabilitiesRecord(face.smoothed);
  const { label, confidence } = dominant(probabilities);
  return {
    emotion: label,
    confidence,
    label_held: face.label,
    face_score: toScore(face.score),
    box: toBox(face.box),
    probabilities,
    head_pose: toPose(face.headPose),
    uncertain: face.uncertain,
    uncertain_reasons: recordedReasons(face),
  };
}

export function toSkippedRecord({ reason, score, box }: RecordedSkip): SkippedFaceRecord {
  return { reason, face_score: toScore(score), box: toBox(box) };
}

function toScore(score: number): number | null {
  return Number.isNaN(score) ? null : round(score, 4);
}

/** Rounds each value to four digits. */
export function toProbabilitiesRecord(probabilities: Probabilities): ProbabilitiesRecord {
  return Object.fromEntries(EXPRESSIONS.map((e) => [e, round(probabilities[e], 4)])) as Record<Expression, number>;
}

export function toBox({ x, y, width, height }: PixelRect): BoxRecord {
  return [round(x, 0), round(y, 0), round(width, 0), round(height, 0)];
}

function toPose(pose: HeadPose) {
  return { yaw: round(pose.yawDeg, 1), pitch: round(pose.pitchDeg, 1), roll: round(pose.rollDeg, 1) };
}

/** Rounds to `digits` decimals; adding zero turns -0 into 0. */
export function round(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale + 0;
}
