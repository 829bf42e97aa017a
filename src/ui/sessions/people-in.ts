import { PeopleAssignment } from '../../session/people-edits';
import type { ArchivedSession } from '../../session/session-archive';

/** How many people are in a session, by what was said of them. */
export function peopleIn({ tracks, people }: ArchivedSession): number {
  return PeopleAssignment.of(people).among(tracks).length;
}
