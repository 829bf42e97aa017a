/** Null on insecure pages. */
export function lockManager(): LockManager | null {
  return (navigator as Partial<Navigator>).locks ?? null;
}

/**
 * Holds a Web Lock until the returned function is called; the browser also releases it whenever the page ends. Does nothing if locks are unavailable
 * or denied.
 */
export async function holdLock(name: string): Promise<() => void> {
  return new Promise((resolve) => {
    const holding = lockManager()?.request(name, () => new Promise<void>((release) => resolve(release)));
    (holding ?? Promise.reject(new Error('no locks'))).catch(() => resolve(() => undefined));
  });
}

/** Like `holdLock`, but with a time limit; null if another holder kept the lock until then. */
export async function tryLock(name: string, patienceMs: number): Promise<(() => void) | null> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(patienceMs);
    const holding = lockManager()?.request(name, { signal }, () => new Promise<void>((release) => resolve(release)));
    (holding ?? Promise.reject(new Error('no locks'))).catch(() => resolve(signal.aborted ? null : () => undefined));
  });
}

/** Suffixes of the held locks with a given prefix, in all tabs; null if unknown. */
export async function heldWith(prefix: string): Promise<ReadonlySet<string> | null> {
  try {
    const locks = await lockManager()?.query();
    return locks ? new Set(locks.held?.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []))) : null;
  } catch {
    return null;
  }
}

/** Runs `work` while no other tab does so under the same name; immediately if locks are unavailable. */
export function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  const locks = lockManager();
  return locks ? locks.request(name, work) : work();
}
