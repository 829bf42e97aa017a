import { BucketRow, decimate, type DecimatedSeries } from './decimation';
import type { StoredFace } from './observation-store';
import { asItStands, isHeld } from './standing';

/** Shortest buckets that are stored; for shorter ones, the window is small enough to read single observations. */
const FINEST_MS = 200;
/** Each level is twice as long as the previous one; the longest is near 7 minutes, so that a day needs 200. */
const LEVELS = 12;
/** A player's clock and a container's may round the same time differently. */
const CLOCK_SLACK_MS = 1;

/**
 * One person's curves at every scale, updated with each observation, so that a chart of an hour reads hundreds of buckets rather than a hundred
 * thousand observations. About 2.2 MB per hour.
 */
export class TrackSeries {
  readonly #levels = Array.from({ length: LEVELS }, (_, level) => new BucketRow(FINEST_MS * 2 ** level));
  readonly #facesSince: (fromMs: number) => Iterable<StoredFace>;

  /** @param facesSince the person's observations in order of time, starting with the one in effect at a time. */
  constructor(facesSince: (fromMs: number) => Iterable<StoredFace>) {
    this.#facesSince = facesSince;
  }

  /** Call in order of time. */
  add(face: StoredFace): void {
    const { probabilities } = asItStands(face);
    for (const level of this.#levels) level.add(face.timestampMs, face.untilMs, probabilities);
  }

  /** Smoothed probabilities of the observation in effect at a time, or of the nearest one at most `withinMs` away; null if there is none. */
  at(ms: number, withinMs: number): Float32Array | null {
    let nearest: StoredFace | null = null;
    let leastMs = withinMs;
    for (const face of this.#facesSince(ms - withinMs)) {
      if (face.timestampMs > ms + withinMs) break;
      const awayMs = distanceMs(face, ms);
      if (awayMs > leastMs) continue;
      nearest = face;
      leastMs = awayMs;
    }
    return nearest && asItStands(nearest).probabilities;
  }

  /** Time of the observation in effect at a time, or of the first one after it; null if there is none. */
  startingAt(ms: number): number | null {
    for (const { timestampMs } of this.#facesSince(ms + CLOCK_SLACK_MS)) return timestampMs;
    return null;
  }

  /** The curves from `fromMs` to `toMs` in at most `points` buckets; more if a window spans a day. */
  read(fromMs: number, toMs: number, points: number): DecimatedSeries {
    const wantedMs = (toMs - fromMs) / Math.max(1, points);
    const level = this.#levels.find(({ bucketMs }) => bucketMs >= wantedMs) ?? this.#levels.at(-1);
    if (level && wantedMs > FINEST_MS / 2) return level.read(fromMs, toMs);
    const bucketMs = fineBucket(wantedMs);
    return decimate(this.#facesSince(fromMs), fromMs, toMs, bucketMs);
  }
}

/** Distance of a time from an observation; 0 while the observation is held. */
function distanceMs(face: StoredFace, ms: number): number {
  return isHeld(face) && ms >= face.timestampMs && ms < face.untilMs ? 0 : Math.abs(face.timestampMs - ms);
}

/** Shortest bucket length below `FINEST_MS` that is not shorter than wanted; lengths are halved so that borders coincide. */
function fineBucket(wantedMs: number): number {
  let bucketMs = FINEST_MS;
  while (bucketMs / 2 >= wantedMs && bucketMs > 1) bucketMs /= 2;
  return bucketMs;
}
