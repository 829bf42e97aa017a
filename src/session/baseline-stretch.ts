import { BaselineTally, type Baseline } from './baseline';
import type { ObservationStore } from './observation-store';
import type { PeopleAssignment } from './people-edits';

/** Computes a person's baseline over an inclusive time range; null if the face is in too few frames. Times are on the session's clock, ms. */
export function baselineOfStretch(store: ObservationStore, people: PeopleAssignment, person: number, fromMs: number, toMs: number): Baseline | null {
  const tally = new BaselineTally();
  for (const { track, timestampMs, raw } of store.since(fromMs)) {
    if (timestampMs > toMs) break;
    if (people.personOf(track, timestampMs) === person) tally.add(raw);
  }
  return tally.baseline();
}
