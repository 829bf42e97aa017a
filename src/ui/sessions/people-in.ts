import { PeopleAssignment } from '../../session/people-edits';
import type { ArchivedSession } from '../../session/session-archive';

/** Number of people in a session, with edits applied. */
export function peopleIn({ tracks, people }: ArchivedSession): number {
  return PeopleAssignment.of(people).among(tracks).length;
}
