import { cropRegion } from '../crop-arithmetic';
import type { PixelPoint } from '../geometry';
import type { CropRegion, FaceDetection } from '../types';
import { halved, matchCrops } from './crop-match';
import { averageDetections } from './merge-detections';
import type { ConfirmedFace } from './second-look';

/** Smallest shift that counts as movement, as a share of the crop. */
const LEAST_SHIFT = 0.006;
/** Shift beyond which the crop is cut again at the new place. */
const LARGEST_SHIFT = 0.03;
/** Change from which the face gets a new look at once. */
const CHANGED = 0.3;
/** Largest change of a face at rest. */
const RESTING = 0.12;
/** Averaging time for crops of a face at rest: camera noise differs from frame to frame. */
const AVERAGED_MS = 150;
/** Maximum time to extrapolate a movement. */
const LONGEST_COURSE_MS = 250;
/** Times after which a moving face gets a new look: if it changes, as it turns or comes closer, and if it only changes its place. */
const LOOK_AFTER_MS = 250;
const LOOK_AFTER_SHIFTS_MS = 500;
/** Frames at rest before a look as thorough as in a still. */
const REST_FRAMES = 2;
/** Looks at a face at rest before a camera, whose places are averaged against noise, and the time between them. */
const MOST_PLACES = 4;
const PLACES_APART_MS = 150;
/** Consecutive looks without the face until it is lost. */
const MOST_MISSES = 2;
/** Share of the predicted place kept after a new look at a moving face: the detector jitters. */
const KEPT_SHARE = 0.5;
/** A look farther off than this share of the face's side counts in full. */
const CLOSE = 0.12;

/** A face held from frame to frame: its place, and its crop at the last look. */
export class HeldFace {
  face: ConfirmedFace;
  /** Its crop in the current frame; at rest, averaged with earlier ones. */
  luminance: Float32Array = new Float32Array();
  /** On the stream's clock. */
  sinceLookMs = 0;
  #key: Float32Array | null = null;
  /** Pixels per ms. */
  #velocity: PixelPoint = { x: 0, y: 0 };
  /** Predicted movement since the last frame. */
  #expected: PixelPoint = { x: 0, y: 0 };
  /** Number of placements as in a still since it came to rest; its place is their mean. */
  #places = 1;
  #restedFrames = 0;
  /** Frames that its crop averages. */
  #averagedFrames = 0;
  #misses = 0;
  #change = 0;
  #isFar = false;
  /** Whether it was far off in the last frame too: then it moves fast, and did not merely jump. */
  #wasFar = false;
  #needsCrop = true;

  constructor(face: ConfirmedFace) {
    this.face = face;
  }

  /**
   * Predicted crop region in the next frame.
   *
   * @param elapsedMs since the last frame.
   */
  expect(elapsedMs: number): CropRegion {
    const { x, y } = this.#velocity;
    const ms = Math.min(elapsedMs, LONGEST_COURSE_MS);
    this.#expected = { x: x * ms, y: y * ms };
    this.face = shifted(this.face, this.#expected);
    return cropRegion(this.face);
  }

  /**
   * Updates the face from the crop of the predicted region.
   *
   * @param elapsedMs since the last frame.
   */
  move(luminance: Float32Array, elapsedMs: number): void {
    const before = this.luminance;
    this.luminance = luminance;
    this.sinceLookMs += elapsedMs;
    if (!this.#key) return;
    const { right, down, change, isFar } = matchCrops(this.#key, halved(luminance));
    const isJump = isFar && !this.#wasFar;
    this.#change = change;
    this.#isFar = isFar;
    this.#wasFar = isFar;
    const { side, rollDeg } = cropRegion(this.face);
    const isShifted = Math.hypot(right, down) >= LEAST_SHIFT;
    const turn = (rollDeg * Math.PI) / 180;
    const shift = isShifted
      ? { x: side * (right * Math.cos(turn) - down * Math.sin(turn)), y: side * (right * Math.sin(turn) + down * Math.cos(turn)) }
      : { x: 0, y: 0 };
    const gone = isJump ? { x: 0, y: 0 } : { x: this.#expected.x + shift.x, y: this.#expected.y + shift.y };
    if (elapsedMs > 0) this.#velocity = { x: gone.x / elapsedMs, y: gone.y / elapsedMs };
    if (isShifted) this.face = shifted(this.face, shift);
    this.#needsCrop = Math.hypot(right, down) >= LARGEST_SHIFT;
    const isAtRest = !isFar && Math.hypot(gone.x, gone.y) < LEAST_SHIFT * side && change < RESTING;
    if (isAtRest) this.#velocity = { x: 0, y: 0 };
    else this.#places = 0;
    this.#restedFrames = isAtRest ? this.#restedFrames + 1 : 0;
    // Do not average crops that show the face off-centre.
    const isInPlace = isAtRest && !isShifted;
    this.#averagedFrames = isInPlace ? this.#averagedFrames + 1 : isShifted ? 0 : 1;
    if (isInPlace) this.luminance = averaged(before, luminance, Math.max(1 / this.#averagedFrames, -Math.expm1(-elapsedMs / AVERAGED_MS)));
  }

  /** Updates the face from a look; null if the look does not show it. */
  see(found: FaceDetection | null, isThorough: boolean): void {
    this.sinceLookMs = 0;
    if (!found) {
      // Its crop says that it is still there: noise hides it from the detector.
      if (isThorough && this.#places > 0) this.#places = MOST_PLACES;
      else this.#misses++;
      return;
    }
    this.#misses = 0;
    const side = Math.max(this.face.box.width, this.face.box.height);
    const isClose = Math.hypot(found.box.x - this.face.box.x, found.box.y - this.face.box.y) < CLOSE * side;
    const isTurned = isConfirmed(found) && found.turn !== this.face.turn;
    if (!isThorough || !isClose || isTurned) this.#places = 0;
    const share = isThorough ? this.#places / (this.#places + 1) : KEPT_SHARE;
    const placed = isClose && share > 0 ? blend(this.face, found, share) : found;
    if (isThorough) this.#places++;
    const { score, turn, support, tightScore } = isConfirmed(found) ? found : this.face;
    this.face = { ...placed, score, turn, support, ...(tightScore !== undefined && { tightScore }) };
    this.#change = 0;
    this.#isFar = false;
    this.#needsCrop = true;
    this.#key = null;
  }

  /** Takes its crop at the current place; after a look, later frames are compared with it. */
  keep(luminance: Float32Array): void {
    this.luminance = luminance;
    this.#averagedFrames = 1;
    this.#needsCrop = false;
    this.#key ??= halved(luminance);
  }

  get needsCrop(): boolean {
    return this.#needsCrop;
  }

  get hasChanged(): boolean {
    return this.#isFar || this.#change >= CHANGED || this.#misses > 0;
  }

  /** It was missed once: one look is not enough to tell that it is gone. */
  get needsAll(): boolean {
    return this.#misses > 0;
  }

  get isDue(): boolean {
    return this.#restedFrames === 0 && this.sinceLookMs >= (this.#change < RESTING ? LOOK_AFTER_SHIFTS_MS : LOOK_AFTER_MS);
  }

  /** It has moved since its last placement as in a still. */
  get isUnplaced(): boolean {
    return this.#places === 0;
  }

  get hasComeToRest(): boolean {
    if (this.#restedFrames < REST_FRAMES || this.#places >= MOST_PLACES) return false;
    // In a held picture without noise every look returns the same.
    return this.isUnplaced || (this.#change > 0 && this.sinceLookMs >= PLACES_APART_MS);
  }

  /** The last look showed no face, and the crop no longer resembles it: the person has most likely left. */
  get isDoubtful(): boolean {
    return this.#misses > 0 && (this.#isFar || this.#change >= CHANGED);
  }

  get isLost(): boolean {
    return this.#misses >= MOST_MISSES;
  }
}

function isConfirmed(face: FaceDetection): face is ConfirmedFace {
  return 'support' in face;
}

/** @param share of the prediction, 0–1. */
function blend(expected: FaceDetection, found: FaceDetection, share: number): FaceDetection {
  const weights = [
    { ...expected, score: share },
    { ...found, score: 1 - share },
  ];
  return averageDetections(weights, found.score);
}

/** @param weight of `now`, 0–1. */
function averaged(before: Float32Array, now: Float32Array, weight: number): Float32Array {
  return before.map((value, i) => value + weight * ((now[i] ?? value) - value));
}

function shifted<T extends FaceDetection>(face: T, by: PixelPoint): T {
  if (by.x === 0 && by.y === 0) return face;
  const move = ({ x, y }: PixelPoint): PixelPoint => ({ x: x + by.x, y: y + by.y });
  const { box, keypoints: k } = face;
  return {
    ...face,
    box: { ...box, x: box.x + by.x, y: box.y + by.y },
    keypoints: {
      rightEye: move(k.rightEye),
      leftEye: move(k.leftEye),
      noseTip: move(k.noseTip),
      mouthCenter: move(k.mouthCenter),
      rightEarTragion: move(k.rightEarTragion),
      leftEarTragion: move(k.leftEarTragion),
    },
  };
}
