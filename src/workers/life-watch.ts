import { newLifeLock, onLockFreed } from './life-lock';
import type { LockHolder } from './protocol';
import { watchSilence } from './silence-watch';

/** A worker, to be watched from outside. */
export interface WatchedWorker extends Pick<LockHolder, 'holdLock' | 'ping'> {
  /** Fetches its script whole, once more. */
  fetchScript(): Promise<unknown>;
}

/**
 * Notices the death of a worker, which tells nobody: by the lock that it holds, at once, or else by its silence, where it died before it
 * had one, or is refused one since storage is denied.
 *
 * @param unheard ends the listening for silence.
 */
export function watchLife(worker: WatchedWorker, onGone: () => void, unheard: AbortSignal): void {
  watchLock(worker, onGone);
  watchSilence(worker, onGone, unheard);
}

/** Notices at once that a worker is gone, where the browser grants it a lock. */
export function watchLock(worker: Pick<WatchedWorker, 'holdLock'>, onGone: () => void): void {
  const lock = newLifeLock();
  if (lock !== null) void worker.holdLock(lock).then(({ ok }) => ok && onLockFreed(lock, onGone));
}
