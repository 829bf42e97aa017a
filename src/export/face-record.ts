import type { PixelRect } from '../engine/geometry';
import { EXPRESSIONS, type Expression, type Probabilities } from '../engine/labels';
import type { ClassifiedFace, HeadPose, SkipReason } from '../engine/types';
import { uncertainReasons } from '../words/quality';

export type BoxRecord = readonly [x: number, y: number, width: number, height: number];
export type ProbabilitiesRecord = Readonly<Record<Expression, number>>;

export interface FaceRecord {
  readonly emotion: Expression;
  /** 0–1, to four digits. */
  readonly confidence: number;
  /** Pixels of the picture as displayed. */
  readonly box: BoxRecord;
  readonly probabilities: ProbabilitiesRecord;
  /** Degrees, to a tenth. */
  readonly head_pose: { readonly yaw: number; readonly pitch: number; readonly roll: number };
  readonly uncertain: boolean;
  /** Why, in words; empty where it is not uncertain. */
  readonly uncertain_reasons: readonly string[];
}

export interface SkippedFaceRecord {
  readonly reason: SkipReason;
  readonly box: BoxRecord;
}

/** What a record needs of a face. */
type RecordedFace = Pick<ClassifiedFace, 'label' | 'confidence' | 'box' | 'smoothed' | 'headPose' | 'uncertain' | 'concerns'>;

export function toFaceRecord(face: RecordedFace): FaceRecord {
  return {
    emotion: face.label,
    confidence: round(face.confidence, 4),
    box: toBox(face.box),
    probabilities: toProbabilitiesRecord(face.smoothed),
    head_pose: toPose(face.headPose),
    uncertain: face.uncertain,
    uncertain_reasons: uncertainReasons(face),
  };
}

/** Four digits each. */
export function toProbabilitiesRecord(probabilities: Probabilities): ProbabilitiesRecord {
  return Object.fromEntries(EXPRESSIONS.map((e) => [e, round(probabilities[e], 4)])) as Record<Expression, number>;
}

export function toBox({ x, y, width, height }: PixelRect): BoxRecord {
  return [round(x, 0), round(y, 0), round(width, 0), round(height, 0)];
}

function toPose(pose: HeadPose) {
  return { yaw: round(pose.yawDeg, 1), pitch: round(pose.pitchDeg, 1), roll: round(pose.rollDeg, 1) };
}

/** Adding zero turns -0 into 0. */
export function round(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale + 0;
}
