import { Store } from '../../engine/store';
import type { ObservationStore } from '../../session/observation-store';
import { PeopleIndex, type LeaveOut } from '../../session/people-index';
import { UNEDITED, type PeopleAssignment } from '../../session/people-edits';
import type { PersonSummary } from '../../session/statistics';
import type { TrackSeries } from '../../session/track-series';

export interface RecordingSnapshot {
  /** In the order in which they were first seen. */
  readonly people: readonly PersonSummary[];
  /** Up to where observations are summed up, ms. */
  readonly readMs: number;
}

/** UI refresh throttle, ms. */
const PUBLISH_MS = 250;
/** Longest task, ms: keeps the page responsive while an hour is summed up. */
const BUDGET_MS = 12;

/** What the page shows of a recording that is complete or still growing. */
export class RecordingView {
  readonly #store: ObservationStore;
  readonly #leaveOut: LeaveOut | null;
  #index: PeopleIndex;
  /** For a new assignment; replaces the index once it has read everything, to avoid flicker. */
  #next: PeopleIndex | null = null;
  #assignment: PeopleAssignment;
  readonly #snapshot = new Store<RecordingSnapshot>({ people: [], readMs: -Infinity });
  #timer: ReturnType<typeof setTimeout> | undefined;
  #readers = 0;

  constructor(store: ObservationStore, leaveOut: LeaveOut | null = null, assignment = UNEDITED) {
    this.#store = store;
    this.#leaveOut = leaveOut;
    this.#assignment = assignment;
    this.#index = new PeopleIndex(store, leaveOut, assignment);
  }

  /** Sums up again after people were merged or split. */
  reassign(assignment: PeopleAssignment): void {
    if (assignment === this.#assignment) return;
    this.#assignment = assignment;
    this.#next = new PeopleIndex(this.#store, this.#leaveOut, assignment);
    if (this.#readers > 0) this.#later(0);
  }

  /** Listens to the store for as long as anyone listens to this. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#readers++;
    const forget = this.#snapshot.subscribe(listener);
    const leave = this.#store.subscribe(() => this.#later(PUBLISH_MS));
    this.#later(0);
    return () => {
      forget();
      leave();
      if (--this.#readers > 0) return;
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  };

  get getSnapshot() {
    return this.#snapshot.getSnapshot;
  }

  /** A person's curves; null until they are known. */
  series(person: number | null): TrackSeries | null {
    return person === null ? null : this.#index.series(person);
  }

  #later(delayMs: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (!(this.#next ?? this.#index).advance(BUDGET_MS)) this.#later(0);
      else if (this.#next) {
        this.#index = this.#next;
        this.#next = null;
      }
      this.#snapshot.set({ people: this.#index.people(), readMs: this.#store.getSnapshot().newestMs ?? -Infinity });
    }, delayMs);
  }
}
