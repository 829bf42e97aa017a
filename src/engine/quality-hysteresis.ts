import { judgeQuality, PICTURE_CONCERNS, type PictureConcern, type QualityMeasures } from './face-quality';
import type { QualityConcern } from './types';

/** One bad frame (a flicker of light, a blur) is no concern yet; a second of them is. */
const TIME_CONSTANT_MS = 200;

interface TrackState {
  readonly measures: QualityMeasures;
  readonly concerns: readonly QualityConcern[];
  readonly timestampMs: number;
}

/**
 * Keeps the concerns of each track from flickering: measures are averaged over some frames, and a concern is dropped only
 * when its measure has clearly recovered.
 */
export class QualityHysteresis {
  readonly #states = new Map<number, TrackState>();

  /**
   * Updates a track with one frame's measures.
   *
   * @param timestampMs the stream's clock; where it runs back, the track starts again.
   * @returns the concerns to show, with the averaged measures.
   */
  update(track: number, measures: QualityMeasures, timestampMs: number): readonly QualityConcern[] {
    const known = this.#states.get(track);
    const before = known && timestampMs >= known.timestampMs ? known : null;
    const averaged = before ? blend(before.measures, measures, timestampMs - before.timestampMs) : measures;
    const concerns = judgeQuality(averaged, before?.concerns);
    this.#states.set(track, { measures: averaged, concerns, timestampMs });
    return concerns;
  }

  /** Forgets all other tracks. */
  retain(tracks: Iterable<number>): void {
    const kept = new Set(tracks);
    for (const track of this.#states.keys()) if (!kept.has(track)) this.#states.delete(track);
  }
}

/** Exponential averaging; a frame's weight follows from the time since the last, so the frame rate does not matter. */
function blend(before: QualityMeasures, now: QualityMeasures, elapsedMs: number): QualityMeasures {
  const weight = -Math.expm1(-elapsedMs / TIME_CONSTANT_MS);
  const averaged: Partial<Record<PictureConcern, number>> = {};
  for (const kind of PICTURE_CONCERNS) {
    const value = now[kind];
    if (value === undefined) continue;
    const known = before[kind] ?? value;
    averaged[kind] = known + weight * (value - known);
  }
  return { ...averaged, hiddenPart: now.hiddenPart };
}
