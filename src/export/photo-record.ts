import { area, type PixelRect } from '../engine/geometry';
import { EXPRESSIONS, type Expression } from '../engine/labels';
import type { ClassifiedFace, FrameResult, HeadPose, ModelIdentity, SkipReason } from '../engine/types';
import { uncertainReasons } from './quality-words';

/** One picture and what became of it: a result, or why there is none, in words. */
export type PhotoOutcome =
  | { readonly file: string; readonly result: FrameResult }
  | { readonly file: string; readonly failure: string };

type Box = readonly [x: number, y: number, width: number, height: number];

export interface FaceRecord {
  readonly emotion: Expression;
  /** 0–1, to four digits. */
  readonly confidence: number;
  /** Pixels of the picture as displayed. */
  readonly box: Box;
  readonly probabilities: Readonly<Record<Expression, number>>;
  /** Degrees, to a tenth. */
  readonly head_pose: { readonly yaw: number; readonly pitch: number; readonly roll: number };
  readonly uncertain: boolean;
  /** Why, in words; empty where it is not uncertain. */
  readonly uncertain_reasons: readonly string[];
}

export interface SkippedFaceRecord {
  readonly reason: SkipReason;
  readonly box: Box;
}

/** What leaves the app for one picture; names follow the systems that Mien replaces. */
export interface PhotoRecord {
  readonly file: string;
  readonly width?: number;
  readonly height?: number;
  /** The largest face's, as the two below. */
  readonly emotion?: Expression;
  readonly confidence?: number;
  readonly face_location?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly error?: string;
  readonly faces: readonly FaceRecord[];
  /** Faces that were found and could not be read; absent if there are none. */
  readonly skipped_faces?: readonly SkippedFaceRecord[];
  readonly model: ModelIdentity;
}

/** One picture as it leaves the app. Faces keep their order; boxes are whole pixels. */
export function toPhotoRecord(outcome: PhotoOutcome, model: ModelIdentity): PhotoRecord {
  if ('failure' in outcome) return { file: outcome.file, error: outcome.failure, faces: [], model };
  const { frame, faces } = outcome.result;
  const classified = faces.filter((f) => f.status === 'classified');
  const skipped = faces.filter((f) => f.status === 'skipped');
  return {
    file: outcome.file,
    width: frame.width,
    height: frame.height,
    ...headline(classified, skipped.length),
    faces: classified.map(toFaceRecord),
    ...(skipped.length > 0 && { skipped_faces: skipped.map((f) => ({ reason: f.reason, box: toBox(f.box) })) }),
    model,
  };
}

function headline(classified: readonly ClassifiedFace[], skipped: number) {
  const [first, ...others] = classified;
  if (!first) return { error: skipped > 0 ? 'No face could be read' : 'No face detected' };
  const largest = others.reduce((a, b) => (area(b.box) > area(a.box) ? b : a), first);
  const [x, y, width, height] = toBox(largest.box);
  return { emotion: largest.label, confidence: round(largest.confidence, 4), face_location: { x, y, width, height } };
}

function toFaceRecord(face: ClassifiedFace): FaceRecord {
  return {
    emotion: face.label,
    confidence: round(face.confidence, 4),
    box: toBox(face.box),
    probabilities: Object.fromEntries(EXPRESSIONS.map((e) => [e, round(face.smoothed[e], 4)])) as Record<Expression, number>,
    head_pose: toPose(face.headPose),
    uncertain: face.uncertain,
    uncertain_reasons: uncertainReasons(face),
  };
}

function toPose(pose: HeadPose) {
  return { yaw: round(pose.yawDeg, 1), pitch: round(pose.pitchDeg, 1), roll: round(pose.rollDeg, 1) };
}

function toBox({ x, y, width, height }: PixelRect): Box {
  return [round(x, 0), round(y, 0), round(width, 0), round(height, 0)];
}

/** Adding zero turns -0 into 0. */
function round(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale + 0;
}

/** One object for one picture, an array for several. */
export function photosToJson(records: readonly PhotoRecord[]): string {
  const [only] = records;
  return `${JSON.stringify(records.length === 1 ? only : records, null, 2)}\n`;
}
