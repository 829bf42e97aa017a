import { Store } from '../../engine/store';
import { recall, remember } from '../tab-memory';

const KEY = 'mien-folders-searched';
const lost = new Store<readonly string[]>(noted());
/** Folder names of each running search. */
const running = new Set<readonly string[]>();

/** Folders that this tab was still searching when it was reloaded, so that none of their files are listed. */
export const lostFolders: Pick<typeof lost, 'subscribe' | 'getSnapshot'> = lost;

export function dismissLostFolders(): void {
  foundFolders(lost.getSnapshot());
}

/** Removes folders that were dropped or chosen again. */
export function foundFolders(folders: readonly string[]): void {
  if (lost.getSnapshot().length === 0) return;
  lost.set(lost.getSnapshot().filter((name) => !folders.includes(name)));
  note();
}

/** Notes that folders are being searched, so that a reload does not lose them silently. Returns a function to call once their files are listed. */
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
