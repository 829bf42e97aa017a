import type { Expression } from '../engine/labels';
import type { PixelRect } from '../engine/geometry';
import type { StoredFace } from './observation-store';
import { asItStands } from './standing';

/** A moment worth a picture, e.g. when an expression is clearest. */
export interface KeyMoment {
  readonly track: number;
  readonly timestampMs: number;
  readonly label: Expression;
  /** 0–1. */
  readonly confidence: number;
  readonly box: PixelRect;
}

/** A period with one expression of one person, and its clearest frame. */
interface Stretch extends KeyMoment {
  readonly firstMs: number;
  /** End of its last observation. */
  lastMs: number;
}

/**
 * Finds the clearest moment of each period in which a person kept one expression, from faces in order of time. Uncertain faces neither start nor end
 * a period.
 */
export class KeyMoments {
  readonly #current = new Map<number, Stretch>();
  readonly #stretches: Stretch[] = [];

  add(face: StoredFace): void {
    const { uncertain, label, confidence } = asItStands(face);
    if (uncertain) return;
    const { track, timestampMs, box } = face;
    const moment = { track, timestampMs, label, confidence, box };
    const before = this.#current.get(track);
    if (before?.label === label) {
      before.lastMs = face.untilMs;
      if (confidence > before.confidence) Object.assign(before, moment);
      return;
    }
    const stretch = { ...moment, firstMs: face.timestampMs, lastMs: face.untilMs };
    this.#current.set(face.track, stretch);
    this.#stretches.push(stretch);
  }

  /**
   * Moments in order of time. If there are more than `most`, prefers the longest period of each expression, then other long ones.
   *
   * @param tracks to include.
   */
  choose(most: number, tracks: ReadonlySet<number>): KeyMoment[] {
    return longestFirst(this.#stretches.filter(({ track }) => tracks.has(track)))
      .slice(0, most)
      .sort((a, b) => a.timestampMs - b.timestampMs || a.track - b.track)
      .map(momentOf);
  }
}

function momentOf({ track, timestampMs, label, confidence, box }: KeyMoment): KeyMoment {
  return { track, timestampMs, label, confidence, box };
}

/** Each person's longest period of each expression, then all others. */
function longestFirst(stretches: readonly Stretch[]): Stretch[] {
  const longest = stretches.toSorted((a, b) => b.lastMs - b.firstMs - (a.lastMs - a.firstMs) || b.confidence - a.confidence);
  const kinds = new Set<string>();
  const isFirst = longest.map(({ track, label }) => {
    const kind = `${track} ${label}`;
    return !kinds.has(kind) && kinds.add(kind);
  });
  return [...longest.filter((_, i) => isFirst[i]), ...longest.filter((_, i) => !isFirst[i])];
}
