import { EXPRESSIONS } from '../engine/labels';
import type { ArchivedSession } from './archive-database';
import type { PeopleEdit } from './people-edits';
import type { SessionInfo } from './session-info';

/** Fields that grow during a recording; its name may be changed in another tab at the same time. */
export type SessionProgress = Pick<
  SessionInfo,
  'durationMs' | 'frame' | 'reading' | 'frames' | 'framesWithFaces' | 'skippedFrames' | 'markers' | 'people' | 'state'
>;

/** Takes only the fields that grow, so that a progress never reverts a new name or an edit of people. */
export function progressOf(progress: SessionProgress, before: ArchivedSession): SessionProgress {
  const { durationMs, frame, reading, frames, framesWithFaces, skippedFrames, markers, state } = progress;
  const people = [...before.people, ...progress.people.filter((edit) => !before.people.some((known) => isSameNeutral(known, edit)))];
  return { durationMs, frame, reading, frames, framesWithFaces, skippedFrames, markers, people, state };
}

/** Only baselines: a recording makes no other edits. */
function isSameNeutral(one: PeopleEdit, other: PeopleEdit): boolean {
  if (one.kind !== 'neutral' || other.kind !== 'neutral') return false;
  return one.person === other.person && EXPRESSIONS.every((e) => one.probabilities[e] === other.probabilities[e]);
}

/** Appends " (2)", " (3)" … to a name already used by a session that is not deleted. */
export function nameApart(name: string, sessions: readonly (Pick<ArchivedSession, 'name' | 'deletedAtMs'> | null)[]): string {
  const taken = new Set(sessions.flatMap((session) => (session?.deletedAtMs === null ? [session.name] : [])));
  let apart = name;
  for (let count = 2; taken.has(apart); count++) apart = `${name} (${count})`;
  return apart;
}
