import { CROP_SIZE, cropRegion } from './crop-arithmetic';
import type { HiddenShares } from './covering-network';
import { judgeQuality, measureQuality } from './face-quality';
import type { TrackedFace } from './face-tracker';
import { insideShare, pixelRect, type Size } from './geometry';
import { estimateHeadPose } from './head-pose';
import type { Answer } from './expression-model';
import { dominant, type Expression, type Probabilities } from './labels';
import type { LiveStream } from './live-stream';
import type { FaceDetection, FaceObservation, QualityConcern, SkipReason } from './types';

/** Below this many pixels on the crop's side there is no expression left to read. */
export const SMALLEST_CROP_PX = 18;

/** A face of which less than this share lies in the frame is not classified. */
const SMALLEST_INSIDE_SHARE = 0.5;

/** A detected face before it is classified. */
export interface FoundFace {
  readonly base: Omit<FaceObservation, 'status' | 'reason' | 'concerns'>;
  /** See `FaceDetection`. */
  readonly tightScore: number | undefined;
  /** Why it is not to be classified; null where it is. */
  readonly skip: SkipReason | null;
}

export function describe(detection: FaceDetection, followed: TrackedFace | null, frame: Size): FoundFace {
  const crop = cropRegion(detection);
  const half = crop.side / 2;
  const square = pixelRect(crop.center.x - half, crop.center.y - half, crop.side, crop.side);
  let skip: SkipReason | null = null;
  if (insideShare(square, frame) < SMALLEST_INSIDE_SHARE) skip = 'outside-frame';
  else if (crop.side < SMALLEST_CROP_PX) skip = 'face-too-small';
  const { box, score, keypoints, tightScore } = detection;
  const [track, appearance] = [followed?.track ?? null, followed?.appearance ?? null];
  return { base: { track, appearance, box, score, keypoints, crop, headPose: estimateHeadPose(keypoints) }, tightScore, skip };
}

/** Of the faces that are to be classified, in their order. */
interface Seen {
  /** Luminance, [n, 48, 48]. */
  readonly crops: Float32Array;
  /** Null where no network tells which parts are hidden. */
  readonly hidden: readonly (HiddenShares | null)[] | null;
}

/** What is wrong with the picture of each face; in a stream, with regard to the frames before. */
export function judgeAll(stream: LiveStream | null, found: readonly FoundFace[], frame: Size, { crops, hidden }: Seen, timestampMs: number) {
  let next = 0;
  return new Map(
    found.map((face) => {
      const at = face.skip === null ? next++ : -1;
      return [face, judge(stream, face, frame, cropAt(crops, at), hidden?.[at] ?? null, timestampMs)];
    }),
  );
}

function judge(
  stream: LiveStream | null,
  { base, tightScore }: FoundFace,
  frame: Size,
  luminance: Float32Array | null,
  hidden: HiddenShares | null,
  timestampMs: number,
): readonly QualityConcern[] {
  const measures = measureQuality({ ...base, tightScore }, frame, luminance, hidden);
  if (stream === null || base.track === null) return judgeQuality(measures);
  return stream.quality.update(base.track, measures, timestampMs);
}

/** What was wrong before, and the class of the model's own that it names in place of an expression. */
export function withOtherClass(concerns: readonly QualityConcern[], answer: Answer | null): readonly QualityConcern[] {
  const other = answer?.other;
  return other ? [...concerns, { kind: 'other-class', value: other.share, name: other.name }] : concerns;
}

export function smooth(
  stream: LiveStream | null,
  track: number | null,
  raw: Probabilities,
  timestampMs: number,
): { smoothed: Probabilities; label: Expression } {
  if (stream === null || track === null) return { smoothed: raw, label: dominant(raw).label };
  return stream.smoother.update(track, raw, timestampMs);
}

/** The i-th of [n, 48, 48]; null where there is none. */
export function cropAt(crops: Float32Array, i: number): Float32Array | null {
  const length = CROP_SIZE * CROP_SIZE;
  return i < 0 ? null : crops.subarray(i * length, (i + 1) * length);
}

/** [n, 48, 48] of n crops. */
export function joined(crops: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(crops.length * CROP_SIZE * CROP_SIZE);
  crops.forEach((crop, i) => all.set(crop, i * CROP_SIZE * CROP_SIZE));
  return all;
}
