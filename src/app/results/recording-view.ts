import { Store } from '../../engine/store';
import type { ObservationStore } from '../../session/observation-store';
import { PeopleIndex, type LeaveOut } from '../../session/people-index';
import { UNEDITED, type PeopleAssignment } from '../../session/people-edits';
import type { PersonSummary } from '../../session/statistics';
import type { TrackSeries } from '../../session/track-series';

export interface RecordingSnapshot {
  /** In order of first appearance. */
  readonly people: readonly PersonSummary[];
  /** Time up to which observations are summarised, ms. */
  readonly readMs: number;
}

/** UI refresh throttle, ms. */
const PUBLISH_MS = 250;
/** Longest task, ms: keeps the page responsive while an hour is summarised. */
const BUDGET_MS = 12;

/** View model of a recording that is complete or still growing. */
export class RecordingView {
  readonly #store: ObservationStore;
  readonly #leaveOut: LeaveOut | null;
  #index: PeopleIndex;
  /** Index for a new assignment; replaces the current one only once complete, to avoid flicker. */
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

  /** Summarises again after people were merged or split. */
  reassign(assignment: PeopleAssignment): void {
    if (assignment === this.#assignment) return;
    this.#assignment = assignment;
    this.#next = new PeopleIndex(this.#store, this.#leaveOut, assignment);
    if (this.#readers > 0) this.#later(0);
  }

  /** Listens to the store as long as it has listeners itself. */
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

  /** A person's curves; null until known. */
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
