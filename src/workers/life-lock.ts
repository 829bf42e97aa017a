/** Name of the lock that a worker holds while it lives; null without Web Locks. */
export function newLifeLock(): string | null {
  // Typed as always present, but missing on insecure pages and in older browsers.
  const locks = navigator.locks as LockManager | undefined;
  return locks ? `mien-engine-${crypto.randomUUID()}` : null;
}

/**
 * Calls back when the holder of the lock is gone. No event reports a worker that was terminated or killed, but the browser releases its locks. Call
 * only once the worker holds the lock.
 */
export function onLockFreed(name: string, callback: () => void): void {
  // Refused if storage is denied.
  navigator.locks.request(name, callback).catch(() => undefined);
}
