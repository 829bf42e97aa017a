import { Store } from '../../engine/store';

/** The last deletion of sessions, while it can be undone. */
export interface Deletion {
  readonly ids: readonly string[];
  readonly words: string;
  readonly atMs: number;
}

/** Outlives the Library's view, so that it can also be undone after a look at another place. */
export const lastDeletion = new Store<Deletion | null>(null);
