import { appearanceDistance, blendAppearance, clothesDistance, type Appearance } from './appearance';
import { assign } from './assignment';
import { center, overlap, pixelRect, type PixelRect } from './geometry';
import { INTERRUPTION_MS, type Transition } from './scene-change';
import type { FaceDetection } from './types';

export interface TrackedFace {
  /** Identity across frames: 1, 2, 3 …, never reused. */
  readonly track: number;
  /** The person's appearance so far, averaged over some seconds; null if unknown. */
  readonly appearance: Appearance | null;
}

/** Measurements of a frame besides its faces. */
export interface FrameContext {
  /** In the order of the detections; omitted: unknown. */
  readonly appearances?: readonly (Appearance | null)[];
  /** Relation to the previous frame. Default: `continuous`. */
  readonly transition?: Exclude<Transition, 'cut'>;
}

/**
 * A face missing from the frames for longer is forgotten. Time without frames does not count: a picture held for a minute shows
 * the same people afterwards.
 */
const MAX_LOST_MS = INTERRUPTION_MS;
/** Maximum distance of a face from its predicted place, in face sides: base value, and increase per second unseen. */
const REACH = 0.7;
const REACH_PER_SECOND = 1;
const MAX_REACH = 1.5;
/** Largest factor by which a face may grow or shrink between two sightings. */
const MAX_SIZE_RATIO = 2;
const OVERLAP_WEIGHT = 0.5;
const SIZE_WEIGHT = 0.5;
/** Time constants of position, size and velocity: long enough to smooth the detector's jitter. */
const POSITION_TAU_MS = 80;
const VELOCITY_TAU_MS = 400;
/** The predicted velocity of an unseen face decays to zero. */
const COASTING_TAU_MS = 600;
/** Face sides per second; no head is faster, but a detector's jump is. */
const MAX_SPEED = 8;
/** Time constant of a track's appearance. */
const APPEARANCE_TAU_MS = 3000;
/**
 * Appearance distances that separate two people, by the time since the track was last seen: see `appearanceDistance`. An abrupt
 * change of the picture is a reason for doubt; without one, frames that follow closely show the same people.
 */
const SHORT_MS = 200;
const LONG_MS = 1000;
const OTHER_PERSON: Readonly<Record<Exclude<Transition, 'cut'>, readonly [short: number, long: number]>> = {
  continuous: [0.34, 0.28],
  abrupt: [0.14, 0.19],
  unlike: [0.1, 0.14],
};
/**
 * Extra cost of clothes that differ more than usual, in a continuous picture: where frames are far apart all of them differ, and
 * nothing else reveals a cut. At a second per frame 21 instead of 44 % of pairs of two drawn people are matched, and 1.3 instead of
 * 0.7 % of pairs of one photographed person are separated. From frame to frame the cost is zero, and it grows with the time unseen: a
 * hand or a cup may come before the chest.
 */
const CLOTHES = { usual: 0.25, weight: 0.6 } as const;
/** More than the worst pair within reach; small enough that a newcomer does not displace two others. */
const REFUSAL = MAX_REACH + OVERLAP_WEIGHT + SIZE_WEIGHT + OTHER_PERSON.continuous[0];
/**
 * At intervals from `fromMs` on, a face beyond its reach is matched by appearance alone: if the difference is small, smaller by `lead`
 * than in every other pair with either of both, and the speed is possible, in face sides per second.
 */
const SPARSE = { fromMs: 400, mostDifference: 0.12, lead: 0.08, sidesPerSecond: 4 } as const;
/** Overlap of predicted boxes from which faces may hide each other. */
const CROSSING_OVERLAP = 0.1;
/** Factor on the gain while a detection may belong to another face, or blend two. */
const CROSSING_GAIN = 0.25;

interface Track {
  readonly id: number;
  x: number;
  y: number;
  width: number;
  height: number;
  /** Pixels per ms. */
  vx: number;
  vy: number;
  /** Time since the last sighting. */
  unseenMs: number;
  /** Time since the first frame that did not show it; null while it is seen. */
  lostMs: number | null;
  appearance: ArrayLike<number> | null;
}

interface Sighting {
  readonly index: number;
  readonly box: PixelRect;
  readonly appearance: Appearance | null;
}

/**
 * Gives every detection an identity that lasts from frame to frame.
 *
 * Each track is a constant-velocity model (an alpha-beta filter whose gains follow from the time between frames, so that the frame
 * rate does not matter). Detections are assigned to tracks at minimum total cost; a pair's cost is its centre distance in face sides,
 * the share of its boxes that does not overlap, and its size ratio. Where frames are far apart, appearance alone matches people who
 * moved beyond reach. While two tracks cross and only one face is seen, velocities are kept, so that each comes out on its own
 * side. A new face is reported from its first frame. After a cut all faces get new ids, and so does a face that replaces one of
 * another appearance.
 */
export class FaceTracker {
  #tracks: Track[] = [];
  /** Tracks ended by cuts, latest last, in case their scene returns. */
  #ended: readonly { readonly tracks: Track[]; readonly atMs: number }[] = [];
  #lastId = 0;
  #lastMs: number | null = null;

  /** Ids that may be reported again: seen in the last frame, lost for a short time, or ended by a cut that may be undone. */
  get liveTracks(): readonly number[] {
    return [...this.#ended.flatMap(({ tracks }) => tracks), ...this.#tracks].map((track) => track.id);
  }

  /**
   * @param detections of one frame, in any order; in the same pixels in all frames.
   * @param timestampMs of the frame; a clock that stands still or jumps back counts as no time passed.
   * @returns one per detection, in their order; a box that is not finite or has no size gets an id that is
   *   never reused.
   */
  update(detections: readonly Pick<FaceDetection, 'box'>[], timestampMs: number, { appearances = [], transition = 'continuous' }: FrameContext = {}): TrackedFace[] {
    const elapsedMs = this.#advance(timestampMs);
    const sightings = detections.flatMap(({ box }, index): Sighting[] => (isUsable(box) ? [{ box, index, appearance: appearances[index] ?? null }] : []));
    const expected = this.#tracks.map(toBox);
    const pairs = assign(
      this.#tracks.map((track, t) =>
        sightings.map((sighting) => pairCost(track, expected[t] ?? sighting.box, sighting.box) + appearanceCost(track, sighting, transition)),
      ),
      REFUSAL,
    );
    if (elapsedMs >= SPARSE.fromMs) joinByLooks(this.#tracks, sightings, pairs, elapsedMs, transition);

    const found = new Array<Track | undefined>(detections.length).fill(undefined);
    this.#tracks.forEach((track, t) => {
      const sighting = sightings[pairs[t] ?? -1];
      if (!sighting) {
        track.lostMs ??= 0;
        return;
      }
      const own = expected[t] ?? sighting.box;
      const crossing = expected.some((other, o) => o !== t && pairs[o] === -1 && overlap(own, other) > CROSSING_OVERLAP);
      if (!crossing) learnAppearance(track, sighting.appearance);
      correct(track, sighting.box, elapsedMs, crossing);
      found[sighting.index] = track;
    });

    return detections.map((detection, d) => {
      const { id, appearance } = found[d] ?? this.#start(detection.box, appearances[d] ?? null);
      return { track: id, appearance: appearance && Uint8Array.from(appearance, Math.round) };
    });
  }

  /**
   * Starts a new range of track ids, as at a cut.
   *
   * @param timestampMs of the first frame after it.
   */
  endTracks(timestampMs: number): void {
    this.#advance(timestampMs);
    for (const track of this.#tracks) track.lostMs ??= 0;
    this.#ended = [...this.#ended, { tracks: this.#tracks, atMs: timestampMs }];
    this.#tracks = [];
  }

  /**
   * Resumes the tracks from before an earlier cut, whose scene has returned.
   *
   * @param cuts number of cuts to undo, 1 or more.
   */
  undoCuts(cuts: number, timestampMs: number): void {
    const back = this.#ended.at(-cuts);
    if (!back) return;
    this.#ended = this.#ended.filter((ended) => ended !== back);
    this.endTracks(timestampMs);
    this.#tracks = back.tracks;
    this.#lastMs = back.atMs;
  }

  /** Advances all tracks to their predicted places and drops those lost for too long. */
  #advance(timestampMs: number): number {
    if (!Number.isFinite(timestampMs)) return 0;
    this.#ended = this.#ended.filter(({ atMs }) => timestampMs >= atMs && timestampMs - atMs <= INTERRUPTION_MS);
    const elapsedMs = Math.max(0, timestampMs - (this.#lastMs ?? timestampMs));
    this.#lastMs = timestampMs;
    const decay = Math.exp(-elapsedMs / COASTING_TAU_MS);
    for (const track of this.#tracks) {
      track.unseenMs += elapsedMs;
      if (track.lostMs !== null) track.lostMs += elapsedMs;
      // A visible face keeps its velocity; a hidden one comes to rest.
      const coasting = track.unseenMs > elapsedMs;
      const travelMs = COASTING_TAU_MS * (1 - decay);
      track.x += track.vx * travelMs;
      track.y += track.vy * travelMs;
      if (coasting) {
        track.vx *= decay;
        track.vy *= decay;
      }
    }
    this.#tracks = this.#tracks.filter(({ lostMs }) => lostMs === null || lostMs <= MAX_LOST_MS);
    return elapsedMs;
  }

  #start(box: PixelRect, appearance: Appearance | null): Track {
    const { x, y } = center(box);
    const track: Track = { id: ++this.#lastId, x, y, width: box.width, height: box.height, vx: 0, vy: 0, unseenMs: 0, lostMs: null, appearance };
    if (isUsable(box)) this.#tracks.push(track);
    return track;
  }
}

function isUsable({ x, y, width, height }: PixelRect): boolean {
  return Number.isFinite(x + y + width + height) && width > 0 && height > 0;
}

function toBox({ x, y, width, height }: Track): PixelRect {
  return pixelRect(x - width / 2, y - height / 2, width, height);
}

/** Geometric mean of both sides: "one face side" in this file. */
function sideOf({ width, height }: { width: number; height: number }): number {
  return Math.sqrt(width * height);
}

/** Adds matches by appearance alone to `pairs` (each track's sighting; −1: none). */
function joinByLooks(tracks: readonly Track[], sightings: readonly Sighting[], pairs: number[], elapsedMs: number, transition: Exclude<Transition, 'cut'>): void {
  const difference = tracks.map((track) => sightings.map(({ appearance }) => differenceOf(track, appearance, transition, 1) ?? Infinity));
  tracks.forEach((track, t) => {
    if (pairs[t] !== -1) return;
    sightings.forEach(({ box }, s) => {
      const own = difference[t]?.[s] ?? Infinity;
      if (own > SPARSE.mostDifference || pairs[t] !== -1 || pairs.includes(s) || !isWithinRun(track, box, elapsedMs)) return;
      const others = [...(difference[t] ?? []).filter((_, i) => i !== s), ...difference.flatMap((row, i) => (i === t ? [] : [row[s] ?? Infinity]))];
      if (others.every((other) => other >= own + SPARSE.lead)) pairs[t] = s;
    });
  });
}

function isWithinRun(track: Track, box: PixelRect, elapsedMs: number): boolean {
  const place = center(box);
  const side = Math.max(sideOf(track), sideOf(box));
  const isAlikeInSize = Math.abs(Math.log2(sideOf(box) / sideOf(track))) <= Math.log2(MAX_SIZE_RATIO);
  return isAlikeInSize && Math.hypot(place.x - track.x, place.y - track.y) <= (SPARSE.sidesPerSecond * side * Math.max(elapsedMs, track.unseenMs)) / 1000;
}

/** Infinity if they cannot be the same face, else between 0 and `REFUSAL`. */
function pairCost(track: Track, expected: PixelRect, box: PixelRect): number {
  const place = center(box);
  const side = Math.max(sideOf(track), sideOf(box));
  const distance = Math.hypot(place.x - track.x, place.y - track.y) / side;
  const sizeRatio = Math.abs(Math.log2(sideOf(box) / sideOf(track))) / Math.log2(MAX_SIZE_RATIO);
  const reach = Math.min(MAX_REACH, REACH + (REACH_PER_SECOND * track.unseenMs) / 1000);
  if (!(distance <= reach && sizeRatio <= 1)) return Infinity;
  return distance + OVERLAP_WEIGHT * (1 - overlap(expected, box)) + SIZE_WEIGHT * sizeRatio;
}

/** Matching cost of the difference in appearance: infinite for another person, 0 if unknown. */
function appearanceCost(track: Track, { appearance }: Sighting, transition: Exclude<Transition, 'cut'>): number {
  const share = Math.min(1, Math.max(0, (track.unseenMs - SHORT_MS) / (LONG_MS - SHORT_MS)));
  const difference = differenceOf(track, appearance, transition, share);
  if (difference === null) return 0;
  const [short, long] = OTHER_PERSON[transition];
  return difference > short + (long - short) * share ? Infinity : difference;
}

/** Null if unknown. `clothesCount`: weight of clothes, 0–1. */
function differenceOf({ appearance: known }: Track, seen: Appearance | null, transition: Exclude<Transition, 'cut'>, clothesCount: number): number | null {
  const difference = known && seen ? appearanceDistance(known, seen) : null;
  if (!known || !seen || difference === null) return null;
  if (transition !== 'continuous') return difference;
  return difference + clothesCount * CLOTHES.weight * Math.max(0, clothesDistance(known, seen) - CLOTHES.usual);
}

function learnAppearance(track: Track, seen: Appearance | null): void {
  if (!seen) return;
  track.appearance = track.appearance ? blendAppearance(track.appearance, seen, 1 - Math.exp(-track.unseenMs / APPEARANCE_TAU_MS)) : seen;
}

/** Updates the track's filter with a sighting. */
function correct(track: Track, box: PixelRect, elapsedMs: number, crossing: boolean): void {
  const place = center(box);
  const dx = place.x - track.x;
  const dy = place.y - track.y;
  const trust = crossing ? CROSSING_GAIN : 1;
  // After a loss the prediction is unreliable: the detection counts in full.
  const gain = trust * (1 - Math.exp(-Math.max(track.unseenMs, 1) / POSITION_TAU_MS));
  track.x += gain * dx;
  track.y += gain * dy;
  track.width += gain * (box.width - track.width);
  track.height += gain * (box.height - track.height);
  if (elapsedMs > 0 && !crossing) {
    const sinceMs = Math.max(track.unseenMs, elapsedMs);
    const velocityGain = (1 - Math.exp(-elapsedMs / VELOCITY_TAU_MS)) / sinceMs;
    track.vx += velocityGain * dx;
    track.vy += velocityGain * dy;
    const limit = (MAX_SPEED * sideOf(track)) / 1000;
    const speed = Math.hypot(track.vx, track.vy);
    if (speed > limit) {
      track.vx *= limit / speed;
      track.vy *= limit / speed;
    }
  }
  track.unseenMs = 0;
  track.lostMs = null;
}
