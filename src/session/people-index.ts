import type { ObservationStore, StoredFace } from './observation-store';
import { PeopleTally, type PersonSummary } from './statistics';
import { TrackSeries } from './track-series';

/** Which faces are left out; none of their observations counts. */
export type LeaveOut = (face: StoredFace) => boolean;

/** Frames between two looks at the clock. */
const FRAMES_AT_ONCE = 64;

/** Everybody in a store with their sums and curves, brought up to date in turns as short as wanted. Made anew for a cleared store. */
export class PeopleIndex {
  readonly #store: ObservationStore;
  readonly #leaveOut: LeaveOut | null;
  readonly #tally = new PeopleTally();
  readonly #series = new Map<number, TrackSeries>();
  #framesRead = 0;

  constructor(store: ObservationStore, leaveOut: LeaveOut | null = null) {
    this.#store = store;
    this.#leaveOut = leaveOut;
  }

  /**
   * Reads what is new.
   *
   * @param budgetMs after about this time it stops, to go on at the next call.
   * @returns whether nothing new is left.
   */
  advance(budgetMs: number): boolean {
    const endMs = performance.now() + budgetMs;
    this.#framesRead = Math.max(this.#framesRead, this.#store.getSnapshot().droppedFrames);
    for (const { faces } of this.#store.framesFrom(this.#framesRead)) {
      for (const face of faces) this.#add(face);
      this.#framesRead++;
      if (this.#framesRead % FRAMES_AT_ONCE === 0 && performance.now() >= endMs) break;
    }
    return this.#framesRead >= this.#store.getSnapshot().frames;
  }

  /** In the order in which they were first seen. */
  people(): PersonSummary[] {
    return this.#tally.summaries();
  }

  series(track: number): TrackSeries | null {
    return this.#series.get(track) ?? null;
  }

  *#facesSince(fromMs: number, track: number): Generator<StoredFace> {
    for (const face of this.#store.since(fromMs, track)) if (!this.#leaveOut?.(face)) yield face;
  }

  #add(face: StoredFace): void {
    if (this.#leaveOut?.(face)) return;
    this.#tally.add(face);
    let series = this.#series.get(face.track);
    if (!series) {
      series = new TrackSeries((fromMs) => this.#facesSince(fromMs, face.track));
      this.#series.set(face.track, series);
    }
    series.add(face.timestampMs, face.smoothed);
  }
}
