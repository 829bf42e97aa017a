import { useMemo, useState, useSyncExternalStore } from 'react';
import { RecordingView } from '../../app/results/recording-view';
import { usualIntervalMs } from '../../session/frame-interval';
import { mainPeople } from '../../session/people';
import { PeopleAssignment } from '../../session/people-edits';
import type { LoadedSession } from '../../session/session-archive';
import { spanOf, type SessionSpan } from '../../session/session-info';
import { hasConcerns, type PersonSummary } from '../../session/statistics';
import { personName } from '../../words/person-style';
import { useSettings } from '../use-settings';

/** One side of a comparison. */
export interface Side {
  readonly session: LoadedSession;
  readonly view: RecordingView;
  readonly people: readonly PersonSummary[];
  readonly nameOf: (person: number) => string;
  readonly person: PersonSummary | null;
  readonly pickPerson: (person: number) => void;
  /** Typical time between two frames, ms. */
  readonly intervalMs: number;
  readonly whole: SessionSpan;
  /** The time at the axis's zero: the start or a marker, ms. */
  readonly zeroMs: number;
  readonly pickZero: (ms: number) => void;
}

/** The user's choices for one session, and the data they need. */
export function useCompareSide(session: LoadedSession): Side {
  const { info, store } = session;
  const [{ leaveOutConcerns }] = useSettings();
  const assignment = useMemo(() => PeopleAssignment.of(info.people), [info]);
  const view = useMemo(() => new RecordingView(store, leaveOutConcerns ? hasConcerns : null, assignment), [store, leaveOutConcerns, assignment]);
  const { people: everybody } = useSyncExternalStore(view.subscribe, view.getSnapshot);
  const [picked, pickPerson] = useState<number | null>(null);
  const whole = spanOf(info, store.getSnapshot().newestMs);
  const [zeroMs, pickZero] = useState(whole.fromMs);
  const intervalMs = useMemo(() => usualIntervalMs(store.readTimesMs()), [store]);
  const people = mainPeople(everybody.filter(({ person }) => !assignment.isLeftOut(person)), intervalMs);
  const mostSeen = people.reduce<PersonSummary | null>((most, each) => (!most || each.summary.seenMs > most.summary.seenMs ? each : most), null);
  const person = people.find((each) => each.person === picked) ?? mostSeen;
  return { session, view, people, nameOf: (each) => personName(each, assignment.nameOf(each)), person, pickPerson, intervalMs, whole, zeroMs, pickZero };
}
