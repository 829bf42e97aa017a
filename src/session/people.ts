import type { PersonSummary } from './statistics';

/** Shorter tracks are brief at any frame rate. */
const BRIEF_MS = 500;
const BRIEF_OBSERVATIONS = 2;

/**
 * True if a person was seen too briefly for a summary, often because of a false detection.
 *
 * @param intervalMs time between two frames, which is also the duration of a face in a single frame.
 */
export function isBrief({ firstMs, lastMs, summary: { observations, seenMs } }: PersonSummary, intervalMs: number): boolean {
  // A single frame held for long is not a false detection.
  if (observations < BRIEF_OBSERVATIONS) return seenMs <= 2 * intervalMs;
  return lastMs - firstMs + intervalMs < BRIEF_MS;
}

/** People to list, by number: all but brief ones, unless all are brief. */
export function mainPeople(people: readonly PersonSummary[], intervalMs: number): readonly PersonSummary[] {
  const lasting = people.filter((person) => !isBrief(person, intervalMs));
  return (lasting.length > 0 ? lasting : people).toSorted((a, b) => a.person - b.person);
}
