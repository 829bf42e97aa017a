import type { Size } from './geometry';

/** Size of the pictures to compare: large enough to show a person step aside, small enough to be nearly free. */
export const THUMBNAIL: Size = { width: 32, height: 18 };

/**
 * Relation of a frame to the one before. `continuous`: the usual difference for this stream and interval. `abrupt`: a much larger
 * difference than usual, as when another person sits on the same chair; `unlike`: its shapes differ too. `cut`: another picture,
 * in other colours.
 */
export type Transition = 'continuous' | 'abrupt' | 'unlike' | 'cut';

/** Relation of a frame to those before it. */
export interface SceneStep {
  readonly transition: Transition;
  /**
   * Number of cuts undone, because the scene from before them is back, as after a flash or a dropped frame; `transition` is then relative
   * to that scene. 0: none.
   */
  readonly cutsUndone: number;
}

/** Longest interruption of a scene, ms; its people are forgotten after that. */
export const INTERRUPTION_MS = 1200;

const PIXELS = THUMBNAIL.width * THUMBNAIL.height;
const CHANNELS = 3;

/** Bins per channel of the joint colour histogram. */
const BINS = 4;
/** A cut shares less than this of the colours (1 minus half the L1 distance of the histograms) … */
const SHARED_COLORS = 0.55;
/** … and its luminance correlates less than this: light that is switched on changes the colours, not the shapes. */
const LIKE_SHAPES = 0.6;

/** Mean difference per channel (0–1) below which a change is noise or a small movement. */
const LEAST_ABRUPT = 0.012;
/** Ratio of an abrupt change to the stream's usual difference. */
const TIMES_USUAL = 3;
/** Number of differences whose median is the usual one, and the minimum number needed. */
const REMEMBERED = 9;
const LEAST_KNOWN = 2;

/**
 * Distinguishes hard cuts from movement by differences of thumbnails: a cut detector in the manner of Zhang, Kankanhalli & Smoliar,
 * "Automatic partitioning of full-motion video" (Multimedia Systems 1, 1993), with a threshold relative to the stream's usual
 * difference. At one frame a second a moving person makes large differences, all of them usual.
 */
export class SceneChange {
  #scene: Scene | null = null;
  /** Scenes that ended at a recent cut, latest last. */
  #left: readonly { readonly scene: Scene; readonly atMs: number }[] = [];

  /**
   * @param rgba pixels of the frame at `THUMBNAIL`'s size.
   * @param timestampMs the stream's clock.
   * @returns relation to the previous frame; `continuous` for the first.
   */
  update(rgba: Uint8ClampedArray, timestampMs: number): SceneStep {
    const picture = toUnit(rgba);
    const before = this.#scene;
    if (!before) {
      this.#scene = { picture, differences: [] };
      return { transition: 'continuous', cutsUndone: 0 };
    }
    const { transition, scene } = follow(before, picture);
    this.#scene = scene;
    this.#left = this.#left.filter(({ atMs }) => timestampMs >= atMs && timestampMs - atMs <= INTERRUPTION_MS);
    // A gradual drift towards an earlier scene is not a return to it.
    if (transition === 'continuous') return { transition, cutsUndone: 0 };
    const ways = this.#left.map((left) => follow(left.scene, picture));
    const at = ways.findLastIndex(({ likely }) => likely !== null);
    const { likely = null, scene: found = scene } = ways[at] ?? {};
    this.#scene = found;
    if (likely !== null) this.#left = this.#left.toSpliced(at, 1);
    if (likely !== null || transition === 'cut') this.#left = [...this.#left, { scene: before, atMs: timestampMs }];
    return { transition: likely ?? transition, cutsUndone: likely === null ? 0 : ways.length - at };
  }
}

/** Scene between two cuts: its newest picture, and its recent frame differences. */
interface Scene {
  readonly picture: Float32Array;
  readonly differences: readonly number[];
}

interface Step {
  readonly transition: Transition;
  /** The transition if this is taken for the same scene; null if the picture does not suggest that. */
  readonly likely: 'continuous' | 'abrupt' | null;
  readonly scene: Scene;
}

function follow({ picture: before, differences }: Scene, picture: Float32Array): Step {
  const difference = meanDifference(before, picture);
  const usual = differences.length < LEAST_KNOWN ? null : median(differences);
  const scene = { picture, differences: [...differences, difference].slice(-REMEMBERED) };
  if (difference < LEAST_ABRUPT || (usual !== null && difference <= TIMES_USUAL * usual)) return { transition: 'continuous', likely: 'continuous', scene };
  const unlike = correlation(before, picture) < LIKE_SHAPES;
  const likely = unlike ? null : 'abrupt';
  // Not stored as a usual difference: two cuts in a row would hide the third.
  if (unlike && sharedColors(before, picture) < SHARED_COLORS) return { transition: 'cut', likely, scene: { picture, differences } };
  if (usual === null) return { transition: 'continuous', likely, scene };
  return { transition: unlike ? 'unlike' : 'abrupt', likely, scene };
}

/** Lower median. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[(values.length - 1) >> 1] ?? 0;
}

function toUnit(rgba: Uint8ClampedArray): Float32Array {
  const values = new Float32Array(PIXELS * CHANNELS);
  for (let i = 0; i < PIXELS; i++) for (let c = 0; c < CHANNELS; c++) values[i * CHANNELS + c] = (rgba[i * 4 + c] ?? 0) / 255;
  return values;
}

function meanDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length;
}

/** Share (0–1) of the colours that two pictures have in common. */
function sharedColors(a: Float32Array, b: Float32Array): number {
  const [ofA, ofB] = [histogram(a), histogram(b)];
  return ofA.reduce((sum, count, bin) => sum + Math.min(count, ofB[bin] ?? 0), 0) / PIXELS;
}

/** Soft histogram: each pixel counts towards its bin and the next ones by distance, so that a slight change of light moves little. */
function histogram(values: Float32Array): Float32Array {
  const counts = new Float32Array(BINS ** CHANNELS);
  for (let i = 0; i < PIXELS; i++) spread(counts, values, i * CHANNELS, 0, 0, 1);
  return counts;
}

function spread(counts: Float32Array, values: Float32Array, at: number, channel: number, bin: number, weight: number): void {
  if (channel === CHANNELS) {
    counts[bin] = (counts[bin] ?? 0) + weight;
    return;
  }
  const place = (values[at + channel] ?? 0) * (BINS - 1);
  const low = Math.min(BINS - 2, Math.floor(place));
  const share = place - low;
  spread(counts, values, at, channel + 1, bin * BINS + low, weight * (1 - share));
  spread(counts, values, at, channel + 1, bin * BINS + low + 1, weight * share);
}

/** Pearson's correlation of all values; 0 if one picture is flat. */
function correlation(a: Float32Array, b: Float32Array): number {
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, i) => {
    const [da, db] = [value - ma, (b[i] ?? 0) - mb];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  });
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}
