import type { ArchivedSession } from '../../session/session-archive';
import { forget, recall, remember } from '../tab-memory';
import { SESSION_ORDERS, type SessionOrder } from './session-choice';

/** How the Library's list is looked at. */
export interface LibraryView {
  readonly search: string;
  readonly order: SessionOrder;
}

const KEY = 'mien.library-view';

type Known = readonly Pick<ArchivedSession, 'id' | 'state'>[];

/** As it was left in this tab, but without its search where a session has come since: it would be hidden. */
export function recallLibraryView(sessions: Known): LibraryView {
  const stored = recall(KEY);
  const { search, order, known } = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<string, unknown>;
  const seen = new Set<unknown>(Array.isArray(known) ? known : []);
  return {
    search: typeof search === 'string' && completeIds(sessions).every((id) => seen.has(id)) ? search : '',
    order: SESSION_ORDERS.find((each) => each === order) ?? 'newest',
  };
}

/** Forgets it where no session is left: names were searched for. */
export function rememberLibraryView({ search, order }: LibraryView, sessions: Known): void {
  if (sessions.length === 0) forget(KEY);
  else remember(KEY, { search, order, known: completeIds(sessions) });
}

/** One that is still being recorded comes when it ends. */
function completeIds(sessions: Known): readonly string[] {
  return sessions.flatMap(({ id, state }) => (state === 'complete' ? [id] : []));
}
