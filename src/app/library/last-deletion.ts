import { Store } from '../../engine/store';
import { UNDO_MS } from '../../session/session-archive';

/** The last deletion of sessions, while it can be undone. */
export interface Deletion {
  readonly ids: readonly string[];
  readonly words: string;
  /** When it began. */
  readonly atMs: number;
}

/** Most time that passes from the opening of the Library to its purge. */
const OPENING_MS = 5000;

/** Outlives the Library's view, so that it can also be undone after a look at another place. */
export const lastDeletion = new Store<Deletion | null>(null);

/** Whether a deletion can be undone in a Library opened at this time, which frees the space of older ones. */
export function isUndoable({ atMs }: Deletion, openedAtMs: number): boolean {
  return openedAtMs - atMs < UNDO_MS - OPENING_MS;
}
