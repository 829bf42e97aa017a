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

/** Crop side in pixels below which no expression can be read. */
export const SMALLEST_CROP_PX = 18;

/** Minimum visible share of a face to classify it. */
const SMALLEST_INSIDE_SHARE = 0.5;

/** A detected face before it is classified. */
export interface FoundFace {
  readonly base: Omit<FaceObservation, 'status' | 'reason' | 'concerns'>;
  /** See `FaceDetection`. */
  readonly tightScore: number | undefined;
  /** Reason not to classify it; null if it is classified. */
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

/** Crops and hidden parts of the faces to classify, in their order. */
interface Seen {
  /** Luminance, [n, 48, 48]. */
  readonly crops: Float32Array;
  /** Null without a covering network. */
  readonly hidden: readonly (HiddenShares | null)[] | null;
}

/** Quality concerns of each face; in a stream, with hysteresis from the frames before. */
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

/** Adds the class of the model's own that it names instead of an expression, if any. */
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

/** The i-th of [n, 48, 48]; null if missing. */
export function cropAt(crops: Float32Array, i: number): Float32Array | null {
  const length = CROP_SIZE * CROP_SIZE;
  return i < 0 ? null : crops.subarray(i * length, (i + 1) * length);
}

/** Joins n crops into [n, 48, 48]. */
export function joined(crops: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(crops.length * CROP_SIZE * CROP_SIZE);
  crops.forEach((crop, i) => all.set(crop, i * CROP_SIZE * CROP_SIZE));
  return all;
}
