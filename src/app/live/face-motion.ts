import type { PixelRect } from '../../engine/geometry';
import type { FaceObservation } from '../../engine/types';
import type { PaintedFace } from '../../export/overlay-painter';

interface MotionOptions {
  /** Fade time, ms; 0 under reduced motion. Queried with every result. */
  readonly fadeMs: () => number;
}

type Vector = readonly [number, number, number, number];

interface Track {
  readonly face: FaceObservation;
  /** Filtered centre x, centre y, width, height at `measuredMs`, pixels. */
  readonly position: Vector;
  /** Pixels per ms. */
  readonly velocity: Vector;
  readonly measuredMs: number;
  /** Difference between the drawn box and the new prediction when the result arrived; it decays. */
  readonly offset: Vector;
  readonly arrivedMs: number;
  readonly appearedMs: number;
  /** Time of the first frame without the face; null while it is in view. */
  readonly lostMs: number | null;
}

/** Gains of the alpha-beta filter (Kalata 1984) on position and velocity. */
const ALPHA = 0.75;
const BETA = 0.3;
/** Longest extrapolation along the velocity, ms. */
const HORIZON_MS = 120;
/** Time constant for the decay of corrections, ms. */
const SETTLE_MS = 45;
/** Age at which results no longer hold and boxes are hidden, ms. */
const STALE_MS = 2500;
/** Shorter gaps between results give no velocity, ms. */
const MIN_STEP_MS = 1;
const STILL: Vector = [0, 0, 0, 0];

function map(f: (i: 0 | 1 | 2 | 3) => number): Vector {
  return [f(0), f(1), f(2), f(3)];
}

function toVector({ x, y, width, height }: PixelRect): Vector {
  return [x + width / 2, y + height / 2, width, height];
}

function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function predict(track: Track, nowMs: number): Vector {
  const ahead = Math.min(HORIZON_MS, Math.max(0, nowMs - track.measuredMs));
  return map((i) => track.position[i] + track.velocity[i] * ahead);
}

function drawn(track: Track, nowMs: number): Vector {
  const left = Math.exp(-Math.max(0, nowMs - track.arrivedMs) / SETTLE_MS);
  const target = predict(track, nowMs);
  return map((i) => target[i] + track.offset[i] * left);
}

/**
 * Moves boxes smoothly between results, which arrive late and at the engine's own rate: each track is predicted at
 * constant velocity from its last frames to the time of drawing, and the error that the next result reveals decays
 * over some tens of ms instead of causing a jump.
 *
 * All times are ms on one clock. The overlay depends only on results and times, not on how often `at` is called.
 */
export class FaceMotion {
  #tracks: ReadonlyMap<number, Track> = new Map();
  readonly #askFadeMs: () => number;
  #fadeMs = 0;

  constructor({ fadeMs }: MotionOptions) {
    this.#askFadeMs = fadeMs;
  }

  /**
   * @param frameMs capture time of the frame.
   * @param nowMs arrival time of its result.
   */
  update(faces: readonly FaceObservation[], frameMs: number, nowMs: number): void {
    this.#fadeMs = this.#askFadeMs();
    const next = new Map<number, Track>();
    for (const face of faces) {
      if (face.track === null) continue;
      const before = this.#tracks.get(face.track);
      next.set(face.track, before ? this.#follow(before, face, frameMs, nowMs) : begin(face, frameMs, nowMs));
    }
    for (const [id, track] of this.#tracks) {
      if (next.has(id)) continue;
      const lostMs = track.lostMs ?? nowMs;
      if (nowMs - lostMs < this.#fadeMs) next.set(id, track.lostMs === null ? halt(track, nowMs) : track);
    }
    this.#tracks = next;
  }

  /** Faces to draw now, in order of track, fading in when they appear and out when they are gone. */
  at(nowMs: number): PaintedFace[] {
    const moving: PaintedFace[] = [];
    for (const track of this.#tracks.values()) {
      const opacity = this.#opacity(track, nowMs);
      if (opacity <= 0) continue;
      const [x, y, width, height] = drawn(track, nowMs);
      moving.push({ face: track.face, box: { x: x - width / 2, y: y - height / 2, width, height }, opacity });
    }
    return moving.sort((a, b) => (a.face.track ?? 0) - (b.face.track ?? 0));
  }

  reset(): void {
    this.#tracks = new Map();
  }

  #follow(before: Track, face: FaceObservation, frameMs: number, nowMs: number): Track {
    const step = frameMs - before.measuredMs;
    if (step < MIN_STEP_MS) return { ...before, face, lostMs: null };
    const measured = toVector(face.box);
    const expected = map((i) => before.position[i] + before.velocity[i] * step);
    const error = map((i) => measured[i] - expected[i]);
    const moved: Track = {
      ...before,
      face,
      position: map((i) => expected[i] + ALPHA * error[i]),
      velocity: map((i) => before.velocity[i] + (BETA / step) * error[i]),
      measuredMs: frameMs,
      arrivedMs: nowMs,
      // A face that returns while fading out continues from its current opacity.
      appearedMs: before.lostMs === null ? before.appearedMs : nowMs - this.#opacity(before, nowMs) * this.#fadeMs,
      lostMs: null,
    };
    const shown = drawn(before, nowMs);
    const target = predict(moved, nowMs);
    return { ...moved, offset: map((i) => shown[i] - target[i]) };
  }

  #opacity(track: Track, nowMs: number): number {
    const goneMs = track.lostMs ?? track.arrivedMs + STALE_MS;
    if (this.#fadeMs <= 0) return nowMs < goneMs ? 1 : 0;
    const rising = clamp01((nowMs - track.appearedMs) / this.#fadeMs);
    return rising * clamp01(1 - (nowMs - goneMs) / this.#fadeMs);
  }
}

function begin(face: FaceObservation, frameMs: number, nowMs: number): Track {
  return {
    face,
    position: toVector(face.box),
    velocity: STILL,
    measuredMs: frameMs,
    offset: STILL,
    arrivedMs: nowMs,
    appearedMs: nowMs,
    lostMs: null,
  };
}

/** Freezes a lost face where it was drawn, so that its prediction does not drift away. */
function halt(track: Track, nowMs: number): Track {
  return { ...track, position: drawn(track, nowMs), velocity: STILL, offset: STILL, lostMs: nowMs };
}
