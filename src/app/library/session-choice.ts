import { sessionName } from '../../words/session';

export const SESSION_ORDERS = ['newest', 'oldest', 'name', 'longest'] as const;
export type SessionOrder = (typeof SESSION_ORDERS)[number];

interface Session {
  readonly name: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly tags: readonly string[];
}

const COLLATOR = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const COMPARE: Readonly<Record<SessionOrder, (a: Session, b: Session) => number>> = {
  newest: (a, b) => b.startedAtMs - a.startedAtMs,
  oldest: (a, b) => a.startedAtMs - b.startedAtMs,
  name: (a, b) => COLLATOR.compare(sessionName(a), sessionName(b)),
  longest: (a, b) => b.durationMs - a.durationMs,
};

/** Sessions whose names and tags contain every word of a search, sorted. */
export function chooseSessions<T extends Session>(sessions: readonly T[], search: string, order: SessionOrder): readonly T[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found = sessions.filter((session) => words.every((word) => [sessionName(session), ...session.tags].join(' ').toLocaleLowerCase().includes(word)));
  return found.sort(COMPARE[order]);
}
