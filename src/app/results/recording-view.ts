import type { ObservationStore } from '../../session/observation-store';
import { PeopleIndex, type LeaveOut } from '../../session/people-index';
import type { PersonSummary } from '../../session/statistics';
import type { TrackSeries } from '../../session/track-series';

export interface RecordingSnapshot {
  /** In the order in which they were first seen. */
  readonly people: readonly PersonSummary[];
  /** Up to where observations are summed up, ms. */
  readonly readMs: number;
}

/** Between two looks at what is new, ms: faster than that nobody reads numbers. */
const PUBLISH_MS = 250;
/** A turn is not longer, so that the page stays at hand while an hour is summed up. */
const BUDGET_MS = 12;

/** What the page shows of a recording that is complete or still growing. */
export class RecordingView {
  readonly #store: ObservationStore;
  readonly #index: PeopleIndex;
  #snapshot: RecordingSnapshot = { people: [], readMs: -Infinity };
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(store: ObservationStore, leaveOut: LeaveOut | null = null) {
    this.#store = store;
    this.#index = new PeopleIndex(store, leaveOut);
  }

  /** Listens to the store for as long as anyone listens to this. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    const leave = this.#store.subscribe(() => this.#later(PUBLISH_MS));
    this.#later(0);
    return () => {
      this.#listeners.delete(listener);
      leave();
      if (this.#listeners.size > 0) return;
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  };

  readonly getSnapshot = (): RecordingSnapshot => this.#snapshot;

  /** Somebody's curves; null while they are not known. */
  series(track: number | null): TrackSeries | null {
    return track === null ? null : this.#index.series(track);
  }

  #later(delayMs: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (!this.#index.advance(BUDGET_MS)) this.#later(0);
      this.#snapshot = { people: this.#index.people(), readMs: this.#store.getSnapshot().newestMs ?? -Infinity };
      for (const listener of this.#listeners) listener();
    }, delayMs);
  }
}
