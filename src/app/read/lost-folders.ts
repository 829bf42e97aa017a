import { Store } from '../../engine/store';
import { recall, remember } from '../tab-memory';

const KEY = 'mien-folders-searched';
const lost = new Store<readonly string[]>(noted());
/** Names of folders, by search. */
const running = new Set<readonly string[]>();

/** Names of folders in which this tab was still searching when it was reloaded: none of their files was listed. */
export const lostFolders: Pick<typeof lost, 'subscribe' | 'getSnapshot'> = lost;

export function dismissLostFolders(): void {
  foundFolders(lost.getSnapshot());
}

/** Takes folders off the list that were dropped or chosen again. */
export function foundFolders(folders: readonly string[]): void {
  if (lost.getSnapshot().length === 0) return;
  lost.set(lost.getSnapshot().filter((name) => !folders.includes(name)));
  note();
}

/** Notes that folders are being searched, so that a reload does not lose them in silence. Returns what ends that: their files are listed. */
export function noteSearch(folders: readonly string[]): () => void {
  const search = [...folders];
  running.add(search);
  note();
  return () => {
    running.delete(search);
    foundFolders(folders);
    note();
  };
}

function note(): void {
  remember(KEY, [...lost.getSnapshot(), ...[...running].flat()]);
}

function noted(): readonly string[] {
  const value = recall(KEY);
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : [];
}
