import type { PersonSummary } from './statistics';

/** A track that is shorter is brief, whatever the frame rate. */
const BRIEF_MS = 500;
const BRIEF_OBSERVATIONS = 2;

/**
 * Whether somebody was seen too shortly to say much of; often that is a mistake of the detector.
 *
 * @param intervalMs time between two frames: a face that was seen in one frame was there for about as long.
 */
export function isBrief({ firstMs, lastMs, summary: { observations, seenMs } }: PersonSummary, intervalMs: number): boolean {
  // One frame that was held for long is no mistake.
  if (observations < BRIEF_OBSERVATIONS) return seenMs <= 2 * intervalMs;
  return lastMs - firstMs + intervalMs < BRIEF_MS;
}

/** Those worth a line of their own, in order of their numbers: all but the brief ones, unless nobody else is there. */
export function mainPeople(people: readonly PersonSummary[], intervalMs: number): readonly PersonSummary[] {
  const lasting = people.filter((person) => !isBrief(person, intervalMs));
  return (lasting.length > 0 ? lasting : people).toSorted((a, b) => a.person - b.person);
}
