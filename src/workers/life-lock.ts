/** A name for the lock that a worker holds while it lives; null where there are no Web Locks. */
export function newLifeLock(): string | null {
  // Typed as always present, yet absent on insecure pages and in older browsers.
  const locks = navigator.locks as LockManager | undefined;
  return locks ? `mien-engine-${crypto.randomUUID()}` : null;
}

/**
 * Calls back when the holder of the lock is gone. A worker that is terminated or killed tells
 * nobody, but the browser frees its locks. Call it only once the worker holds the lock.
 */
export function onLockFreed(name: string, callback: () => void): void {
  // Refused where storage is denied.
  navigator.locks.request(name, callback).catch(() => undefined);
}
