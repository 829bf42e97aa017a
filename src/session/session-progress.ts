import type { ArchivedSession } from './archive-database';
import { isEqual } from './concurrent-edits';
import type { SessionInfo } from './session-info';

/** Fields that grow during a recording; its name may be changed in another tab at the same time. */
export type SessionProgress = Pick<
  SessionInfo,
  'durationMs' | 'frame' | 'reading' | 'frames' | 'framesWithFaces' | 'skippedFrames' | 'markers' | 'people' | 'state'
>;

/** Takes only the fields that grow, so that a progress never reverts a new name or an edit of people. */
export function progressOf(progress: SessionProgress, before: ArchivedSession): SessionProgress {
  const { durationMs, frame, reading, frames, framesWithFaces, skippedFrames, markers, state } = progress;
  const people = [...before.people, ...progress.people.filter((edit) => !before.people.some((known) => isEqual(known, edit)))];
  return { durationMs, frame, reading, frames, framesWithFaces, skippedFrames, markers, people, state };
}

/** Appends " (2)", " (3)" … to a name already used by a session that is not deleted. */
export function nameApart(name: string, sessions: readonly (Pick<ArchivedSession, 'name' | 'deletedAtMs'> | null)[]): string {
  const taken = new Set(sessions.flatMap((session) => (session?.deletedAtMs === null ? [session.name] : [])));
  let apart = name;
  for (let count = 2; taken.has(apart); count++) apart = `${name} (${count})`;
  return apart;
}
