import { CROP_SIZE } from './crop-arithmetic';
import type { HiddenShares } from './covering-network';
import { contrastCovered } from './face-covering';
import type { PixelRect, Size } from './geometry';
import { CONCERN_KINDS, HIDDEN_PARTS, type CropRegion, type FaceKeypoints, type HeadPose, type HiddenPart, type QualityConcern } from './types';

/** Confidence (0–1) below which no expression is named. */
export const UNCERTAIN_BELOW = 0.45;

/** Whether a face's expression should not be named: none stands out, or the face could not be seen well. */
export function isUncertain(confidence: number, concerns: readonly QualityConcern[]): boolean {
  return concerns.length > 0 || confidence < UNCERTAIN_BELOW;
}

/** Concerns measured on the picture, as opposed to the model's own classes. */
export type PictureConcern = Exclude<QualityConcern['kind'], 'other-class'>;
export const PICTURE_CONCERNS = CONCERN_KINDS.filter((kind): kind is PictureConcern => kind !== 'other-class');

/** Measures of one face, in the units of `QualityConcern.value`; those that need pixels are missing without a crop. */
export interface QualityMeasures extends Readonly<Partial<Record<PictureConcern, number>>> {
  /** The hidden part of the face, if any. */
  readonly hiddenPart?: HiddenPart | undefined;
}

interface Limit {
  /** Threshold that raises the concern: from here up if it is larger than `off`, from here down if it is smaller. */
  readonly on: number;
  /** Threshold at which a concern raised before is dropped. */
  readonly off: number;
}

/**
 * Each threshold lies where about five points of accuracy are lost, by `mien-s` 1.0.0 on the faces of FER2013's `valid` with a
 * FER+ majority (714 or all 2,854; 88–89 % are classified correctly unmodified):
 *
 * - small: crops of 24 px 86 %, 20 px 81 %, 16 px 80 % (1.6.0: 89, 86 and 83 %, training/results/mien-s/robustness.json);
 *   a box of 24 px has a crop of 26 px, and a detector that is off by a pixel takes its share too.
 * - turned: to 30° 86–92 %, 30–45° 85 %, beyond 45° 68 % of 65 faces, at a mean confidence of 79 %.
 * - dark (scaled down, with sensor noise of 2/255): brightest tenth from 0.08 on 84 %, 0.06–0.08 82 %, 0.05–0.06 79 %, 0.04–0.05
 *   75 %, below 67 %. The brightest tenth predicts as well as the median, and depends less on the colour of the skin.
 * - bright (scaled up until it clips): median to 0.999 84 %, 1 (half of the crop is plain white) 60 %.
 * - blurred: sharpness 0.25–0.35 83 %, 0.2–0.25 76 %, below 0.2 61 %. A Gaussian blur of 2/48 of the crop reaches that; 80
 *   unmodified press photographs have 1.1 or more, faces enlarged from 16 px 0.5 or more.
 * - covered: see `CoveringNetwork`; its card has the counts of covered and uncovered faces reported as covered.
 * - not a face: the mean of the scores with and without the surroundings separates best, since each makes up for the other. Of 283
 *   FER2013 faces of 48 to 130 px pasted into drawn pictures 2 lie below the threshold (0.7 %), and 9 (3.2 %) below the two earlier
 *   separate thresholds, 0.72 and 0.60. In 135 drawn pictures without people (textures, fractals, cars, badges, sockets, plush
 *   animals, icons) 14 boxes are found: 11 lie below, and the others count as covered, so none is named.
 * - cut off: at the side 30 % 85 %, 40 % 82 %; above 25 % 85 %, 30 % 83 %; below, where the mouth is, 15 % 86 %, 20 % 79 %.
 */
const LIMITS: Readonly<Record<PictureConcern, Limit>> = {
  small: { on: 24, off: 27 },
  turned: { on: 45, off: 40 },
  dark: { on: 0.06, off: 0.08 },
  bright: { on: 0.995, off: 0.97 },
  blurred: { on: 0.25, off: 0.32 },
  'cut-off': { on: 0.3, off: 0.25 },
  covered: { on: 0.5, off: 0.4 },
  'not-a-face': { on: 0.66, off: 0.69 },
};

/** Each of these removes the contrast of eyes and mouth, and with it the evidence of a covering. */
const HIDES_DETAIL: readonly QualityConcern['kind'][] = ['small', 'dark', 'bright', 'blurred'];

/** Weight of a cut at the bottom, which removes the mouth. */
const WEIGHT_BELOW = 1.75;

/** Beyond this a face is only noisier, not sharper. */
const MAX_SHARPNESS = 10;

/** Measurements of a face before classification. */
export interface SeenFace {
  readonly box: PixelRect;
  readonly crop: CropRegion;
  readonly headPose: HeadPose;
  readonly keypoints: FaceKeypoints;
  readonly score: number;
  /** See `FaceDetection`. */
  readonly tightScore?: number | undefined;
}

/**
 * Measures everything that can make a face hard to read.
 *
 * @param frame size in pixels.
 * @param luminance [48, 48], 0–1, not standardised; null if the face was not cropped.
 * @param hidden null without a covering network; contrast is used then.
 */
export function measureQuality(face: SeenFace, frame: Size, luminance: Float32Array | null, hidden: HiddenShares | null = null): QualityMeasures {
  const seen = {
    small: Math.max(face.box.width, face.box.height),
    turned: turnedAway(face.headPose),
    'cut-off': cutOff(face.crop, frame),
    'not-a-face': Math.min(face.score, (face.score + (face.tightScore ?? face.score)) / 2),
  };
  if (!luminance) return seen;
  const levels = countLevels(luminance);
  return {
    ...seen,
    dark: percentile(levels, 0.9),
    bright: percentile(levels, 0.5),
    blurred: sharpness(luminance),
    ...(hidden ? mostHidden(hidden) : { covered: contrastCovered(luminance, face.crop, face.keypoints) }),
  };
}

/** Concerns that the measures raise; those of `before` stay until their measure has clearly recovered. */
export function judgeQuality(measures: QualityMeasures, before: readonly QualityConcern[] = []): QualityConcern[] {
  const concerns = PICTURE_CONCERNS.flatMap((kind) => {
    const value = measures[kind];
    if (value === undefined) return [];
    const { on, off } = LIMITS[kind];
    const limit = before.some((concern) => concern.kind === kind) ? off : on;
    if (on > off ? value < limit : value > limit) return [];
    return [{ kind, value, ...(kind === 'covered' && measures.hiddenPart && { part: measures.hiddenPart }) }];
  });
  const hidden = concerns.some(({ kind }) => HIDES_DETAIL.includes(kind));
  return hidden ? concerns.filter(({ kind }) => kind !== 'covered') : concerns;
}

function mostHidden(hidden: HiddenShares): Pick<QualityMeasures, 'covered' | 'hiddenPart'> {
  const [first] = HIDDEN_PARTS.toSorted((a, b) => hidden[b] - hidden[a]);
  return first ? { covered: hidden[first], hiddenPart: first } : {};
}

/** Angle between the face's direction and the camera, degrees, 0–180. */
function turnedAway({ yawDeg, pitchDeg }: HeadPose): number {
  const radians = Math.PI / 180;
  return Math.acos(Math.cos(yawDeg * radians) * Math.cos(pitchDeg * radians)) / radians;
}

/** Largest share of the crop (taken as upright) beyond one edge of the frame. */
function cutOff({ center, side }: CropRegion, frame: Size): number {
  const half = side / 2;
  const beyond = Math.max(
    half - center.x,
    half - center.y,
    center.x + half - frame.width,
    WEIGHT_BELOW * (center.y + half - frame.height),
  );
  return Math.min(1, Math.max(0, beyond / side));
}

/** Histogram of the 256 pixel levels; counting is ten times faster than sorting. */
function countLevels(luminance: Float32Array): Uint16Array {
  const levels = new Uint16Array(256);
  for (const value of luminance) {
    const level = Math.round(value * 255);
    levels[level] = (levels[level] ?? 0) + 1;
  }
  return levels;
}

/** Luminance (0–1, to 1/255) that this share (0–1) of the pixels does not exceed. */
function percentile(levels: Uint16Array, share: number): number {
  const wanted = share * CROP_SIZE * CROP_SIZE;
  let below = 0;
  const level = levels.findIndex((count) => (below += count) >= wanted);
  return level < 0 ? 1 : level / 255;
}

/**
 * Ratio of the Laplacian's energy to the gradient's: blur removes fine detail, to which the Laplacian is more sensitive.
 * Independent of contrast and brightness.
 *
 * @returns 0–10; sharp faces have 1 to 5. 10 for a flat crop, where no blur can be seen.
 */
function sharpness(luminance: Float32Array): number {
  let detail = 0;
  let slope = 0;
  for (let row = 1; row < CROP_SIZE - 1; row++) {
    for (let i = row * CROP_SIZE + 1; i < (row + 1) * CROP_SIZE - 1; i++) {
      const left = luminance[i - 1] ?? 0;
      const right = luminance[i + 1] ?? 0;
      const above = luminance[i - CROP_SIZE] ?? 0;
      const below = luminance[i + CROP_SIZE] ?? 0;
      const laplacian = left + right + above + below - 4 * (luminance[i] ?? 0);
      detail += laplacian * laplacian;
      slope += ((right - left) * (right - left) + (below - above) * (below - above)) / 4;
    }
  }
  return detail < MAX_SHARPNESS * slope ? detail / slope : MAX_SHARPNESS;
}
