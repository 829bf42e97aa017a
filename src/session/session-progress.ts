import { EXPRESSIONS } from '../engine/labels';
import type { ArchivedSession } from './archive-database';
import type { PeopleEdit } from './people-edits';
import type { SessionInfo } from './session-info';

/** What grows while a session is recorded; its name may be changed meanwhile, in another tab. */
export type SessionProgress = Pick<
  SessionInfo,
  'durationMs' | 'frame' | 'reading' | 'frames' | 'framesWithFaces' | 'skippedFrames' | 'markers' | 'people' | 'state'
>;

/** Only the fields that grow, so that a progress never undoes a change of name, or an edit of people. */
export function progressOf(progress: SessionProgress, before: ArchivedSession): SessionProgress {
  const { durationMs, frame, reading, frames, framesWithFaces, skippedFrames, markers, state } = progress;
  const people = [...before.people, ...progress.people.filter((edit) => !before.people.some((known) => isSameNeutral(known, edit)))];
  return { durationMs, frame, reading, frames, framesWithFaces, skippedFrames, markers, people, state };
}

/** A recording makes no other edits than these. */
function isSameNeutral(one: PeopleEdit, other: PeopleEdit): boolean {
  if (one.kind !== 'neutral' || other.kind !== 'neutral') return false;
  return one.person === other.person && EXPRESSIONS.every((e) => one.probabilities[e] === other.probabilities[e]);
}

/** The name, with " (2)", " (3)" … where a session has it that is not deleted. */
export function nameApart(name: string, sessions: readonly (Pick<ArchivedSession, 'name' | 'deletedAtMs'> | null)[]): string {
  const taken = new Set(sessions.flatMap((session) => (session?.deletedAtMs === null ? [session.name] : [])));
  let apart = name;
  for (let count = 2; taken.has(apart); count++) apart = `${name} (${count})`;
  return apart;
}
