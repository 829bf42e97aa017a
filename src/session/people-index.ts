import { relativeStored } from './baseline';
import type { ObservationStore, StoredFace } from './observation-store';
import { UNEDITED, type PeopleAssignment } from './people-edits';
import { PeopleTally, type PersonSummary } from './statistics';
import { TrackSeries } from './track-series';

/** Filter of faces to exclude from all statistics. */
export type LeaveOut = (face: StoredFace) => boolean;

/** Frames between two checks of the clock. */
const FRAMES_AT_ONCE = 64;

/** The people of a store with their statistics and curves, updated in time slices. A cleared store needs a new index. */
export class PeopleIndex {
  readonly #store: ObservationStore;
  readonly #leaveOut: LeaveOut | null;
  readonly #assignment: PeopleAssignment;
  readonly #tally = new PeopleTally();
  readonly #series = new Map<number, TrackSeries>();
  #framesRead = 0;

  constructor(store: ObservationStore, leaveOut: LeaveOut | null = null, assignment = UNEDITED) {
    this.#store = store;
    this.#leaveOut = leaveOut;
    this.#assignment = assignment;
  }

  /**
   * Reads new frames. The newest frame of a growing store waits for the next one, which determines its weight.
   *
   * @param budgetMs approximate time limit; the next call resumes.
   * @returns true if all frames have been read.
   */
  advance(budgetMs: number): boolean {
    const endMs = performance.now() + budgetMs;
    const { droppedFrames, frames } = this.#store.getSnapshot();
    const ready = this.#store.ended ? frames : frames - 1;
    this.#framesRead = Math.max(this.#framesRead, droppedFrames);
    for (const { faces } of this.#store.framesFrom(this.#framesRead)) {
      if (this.#framesRead >= ready) break;
      for (const face of faces) this.#add(face);
      this.#framesRead++;
      if (this.#framesRead % FRAMES_AT_ONCE === 0 && performance.now() >= endMs) break;
    }
    return this.#framesRead >= ready;
  }

  /** In order of first appearance, including people who were excluded by hand. */
  people(): PersonSummary[] {
    return this.#tally.summaries();
  }

  series(person: number): TrackSeries | null {
    return this.#series.get(person) ?? null;
  }

  *#facesAt(fromMs: number, person: number): Generator<StoredFace> {
    for (const { faces } of this.#store.framesAt(fromMs)) {
      for (const face of faces) if (this.#personOf(face) === person && !this.#leaveOut?.(face)) yield this.#shown(face, person);
    }
  }

  #personOf({ track, timestampMs }: StoredFace): number {
    return this.#assignment.personOf(track, timestampMs);
  }

  /** Relative to the person's face at rest, if known. */
  #shown(face: StoredFace, person: number): StoredFace {
    const baseline = this.#assignment.baselineOf(person);
    return baseline ? relativeStored(face, baseline) : face;
  }

  #add(read: StoredFace): void {
    if (this.#leaveOut?.(read)) return;
    const person = this.#personOf(read);
    const face = this.#shown(read, person);
    this.#tally.add(face, person);
    let series = this.#series.get(person);
    if (!series) {
      series = new TrackSeries((fromMs) => this.#facesAt(fromMs, person));
      this.#series.set(person, series);
    }
    series.add(face);
  }
}
