import { newLifeLock, onLockFreed } from './life-lock';
import type { LockHolder } from './protocol';
import { watchSilence } from './silence-watch';

/** A worker that is watched from outside. */
export interface WatchedWorker extends Pick<LockHolder, 'holdLock' | 'ping'> {
  /** Fetches the whole script of the worker again. */
  fetchScript(): Promise<unknown>;
}

/**
 * Detects the death of a worker, which no event reports: at once by its lock, or by its silence if it died before it had a lock or the
 * lock was refused because storage is denied.
 *
 * @param unheard ends the silence check.
 */
export function watchLife(worker: WatchedWorker, onGone: () => void, unheard: AbortSignal): void {
  watchLock(worker, onGone);
  watchSilence(worker, onGone, unheard);
}

/** Detects at once that a worker is gone, if the browser grants it a lock. */
export function watchLock(worker: Pick<WatchedWorker, 'holdLock'>, onGone: () => void): void {
  const lock = newLifeLock();
  if (lock !== null) void worker.holdLock(lock).then(({ ok }) => ok && onLockFreed(lock, onGone));
}
