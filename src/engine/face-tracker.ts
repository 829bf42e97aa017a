import { assign } from './assignment';
import { center, overlap, pixelRect, type PixelRect } from './geometry';
import type { FaceDetection } from './types';

export interface TrackedFace {
  /** Identity across frames: 1, 2, 3 …, never used twice. */
  readonly track: number;
  readonly detection: FaceDetection;
}

/** A face that is not seen for longer than this, beyond the time between two frames, is forgotten. */
const MAX_LOST_MS = 1200;
/** The time between frames that is granted on top, so that a video read once a second still has tracks. */
const MAX_FRAME_INTERVAL_MS = 2000;
/** How far from where it is expected a face may appear, in face sides: at once, and more per second unseen. */
const REACH = 0.7;
const REACH_PER_SECOND = 1;
const MAX_REACH = 1.5;
/** A face may grow or shrink by this factor between two sightings. */
const MAX_SIZE_RATIO = 2;
const OVERLAP_WEIGHT = 0.5;
const SIZE_WEIGHT = 0.5;
/** Dearer than the worst pair within reach; cheap enough that a newcomer does not push two others along. */
const REFUSAL = MAX_REACH + OVERLAP_WEIGHT + SIZE_WEIGHT;
/** How fast position, size and velocity follow the detector: long enough to even out its jitter. */
const POSITION_TAU_MS = 80;
const VELOCITY_TAU_MS = 400;
/** An unseen face is expected to come to rest. */
const COASTING_TAU_MS = 600;
/** Face sides per second; no head is faster, a jump of the detector is. */
const MAX_SPEED = 8;
/** Expected boxes that share more than this may hide each other. */
const CROSSING_OVERLAP = 0.1;
/** Share of the usual gain while the detection may be another face's, or the blend of two. */
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
}

/**
 * Gives every detection an identity that lasts from frame to frame.
 *
 * Each track is a constant-velocity model (an alpha-beta filter whose gains follow from the time between
 * frames, so that the frame rate does not matter); detections go to the tracks by the assignment of least
 * total cost, where a pair costs its centre distance in face sides, what its boxes do not share, and its size
 * ratio. While two tracks cross and only one face is seen, velocities are kept, so that each comes out on
 * its own side. A new face is reported from its first frame.
 */
export class FaceTracker {
  #tracks: Track[] = [];
  #lastId = 0;
  #lastMs: number | null = null;

  /** Ids that may still be reported again: seen in the last frame or lost for a short time. */
  get liveTracks(): readonly number[] {
    return this.#tracks.map((track) => track.id);
  }

  /**
   * @param detections of one frame, in any order.
   * @param timestampMs of the frame; a clock that stands still or jumps back counts as no time passed.
   * @returns one for each detection, in their order; a box that is not finite or has no size gets an id that
   *   no later frame goes on with.
   */
  update(detections: readonly FaceDetection[], timestampMs: number): TrackedFace[] {
    const elapsedMs = this.#advance(timestampMs);
    const usable = detections.flatMap(({ box }, index) => (isUsable(box) ? [{ box, index }] : []));
    const expected = this.#tracks.map(toBox);
    const pairs = assign(
      this.#tracks.map((track, t) => usable.map(({ box }) => pairCost(track, expected[t] ?? box, box))),
      REFUSAL,
    );

    const found = new Array<number>(detections.length).fill(0);
    this.#tracks.forEach((track, t) => {
      const sighting = usable[pairs[t] ?? -1];
      if (!sighting) return;
      const own = expected[t] ?? sighting.box;
      const crossing = expected.some((other, o) => o !== t && pairs[o] === -1 && overlap(own, other) > CROSSING_OVERLAP);
      correct(track, sighting.box, elapsedMs, crossing);
      found[sighting.index] = track.id;
    });

    return detections.map((detection, d) => ({ track: found[d] || this.#start(detection.box), detection }));
  }

  /** Forgets all faces, as for a new camera; ids go on counting. */
  reset(): void {
    this.#tracks = [];
    this.#lastMs = null;
  }

  /** Moves all tracks to where they are expected now and drops those unseen for too long. */
  #advance(timestampMs: number): number {
    if (!Number.isFinite(timestampMs)) return 0;
    const elapsedMs = Math.max(0, timestampMs - (this.#lastMs ?? timestampMs));
    this.#lastMs = timestampMs;
    const patienceMs = MAX_LOST_MS + Math.min(elapsedMs, MAX_FRAME_INTERVAL_MS);
    const decay = Math.exp(-elapsedMs / COASTING_TAU_MS);
    for (const track of this.#tracks) {
      track.unseenMs += elapsedMs;
      // A face that is seen keeps its velocity; one that is not comes to rest.
      const coasting = track.unseenMs > elapsedMs;
      const travelMs = COASTING_TAU_MS * (1 - decay);
      track.x += track.vx * travelMs;
      track.y += track.vy * travelMs;
      if (coasting) {
        track.vx *= decay;
        track.vy *= decay;
      }
    }
    this.#tracks = this.#tracks.filter((track) => track.unseenMs <= patienceMs);
    return elapsedMs;
  }

  #start(box: PixelRect): number {
    const { x, y } = center(box);
    const id = ++this.#lastId;
    if (isUsable(box)) this.#tracks.push({ id, x, y, width: box.width, height: box.height, vx: 0, vy: 0, unseenMs: 0 });
    return id;
  }
}

function isUsable({ x, y, width, height }: PixelRect): boolean {
  return Number.isFinite(x + y + width + height) && width > 0 && height > 0;
}

function toBox({ x, y, width, height }: Track): PixelRect {
  return pixelRect(x - width / 2, y - height / 2, width, height);
}

/** The geometric mean of both sides: what "one face side" means here. */
function sideOf({ width, height }: { width: number; height: number }): number {
  return Math.sqrt(width * height);
}

/** Infinity when they cannot be the same face, else between 0 and `REFUSAL`. */
function pairCost(track: Track, expected: PixelRect, box: PixelRect): number {
  const place = center(box);
  const side = Math.max(sideOf(track), sideOf(box));
  const distance = Math.hypot(place.x - track.x, place.y - track.y) / side;
  const sizeRatio = Math.abs(Math.log2(sideOf(box) / sideOf(track))) / Math.log2(MAX_SIZE_RATIO);
  const reach = Math.min(MAX_REACH, REACH + (REACH_PER_SECOND * track.unseenMs) / 1000);
  if (!(distance <= reach && sizeRatio <= 1)) return Infinity;
  return distance + OVERLAP_WEIGHT * (1 - overlap(expected, box)) + SIZE_WEIGHT * sizeRatio;
}

/** Takes a sighting into the track's filter. */
function correct(track: Track, box: PixelRect, elapsedMs: number, crossing: boolean): void {
  const place = center(box);
  const dx = place.x - track.x;
  const dy = place.y - track.y;
  const trust = crossing ? CROSSING_GAIN : 1;
  // After a loss the expectation is worth little: what is seen counts in full.
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
}
