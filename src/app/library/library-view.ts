import type { ArchivedSession } from '../../session/session-archive';
import { forget, recall, remember } from '../tab-memory';
import { SESSION_ORDERS, type SessionOrder } from './session-choice';

/** Search and order of the Library's list. */
export interface LibraryView {
  readonly search: string;
  readonly order: SessionOrder;
}

const KEY = 'mien.library-view';

type Known = readonly Pick<ArchivedSession, 'id' | 'state'>[];

/** The view last used in this tab, without its search if a session was added since, which it might hide. */
export function recallLibraryView(sessions: Known): LibraryView {
  const stored = recall(KEY);
  const { search, order, known } = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<string, unknown>;
  const seen = new Set<unknown>(Array.isArray(known) ? known : []);
  return {
    search: typeof search === 'string' && completeIds(sessions).every((id) => seen.has(id)) ? search : '',
    order: SESSION_ORDERS.find((each) => each === order) ?? 'newest',
  };
}

/** Stores the view; forgets it if no session is left, since the search may contain a name. */
export function rememberLibraryView({ search, order }: LibraryView, sessions: Known): void {
  if (sessions.length === 0) forget(KEY);
  else remember(KEY, { search, order, known: completeIds(sessions) });
}

/** A session that is still being recorded counts as added when it ends. */
function completeIds(sessions: Known): readonly string[] {
  return sessions.flatMap(({ id, state }) => (state === 'complete' ? [id] : []));
}
