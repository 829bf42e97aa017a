/** Missing on insecure pages. */
export function lockManager(): LockManager | null {
  return (navigator as Partial<Navigator>).locks ?? null;
}

/**
 * Holds a Web Lock until the returned function is called; the browser frees it when the page goes, however it goes.
 * Holds nothing where locks are missing or denied.
 */
export async function holdLock(name: string): Promise<() => void> {
  return new Promise((resolve) => {
    const holding = lockManager()?.request(name, () => new Promise<void>((letGo) => resolve(letGo)));
    (holding ?? Promise.reject(new Error('no locks'))).catch(() => resolve(() => undefined));
  });
}

/** As `holdLock`, but gives up after a while; null where somebody else holds it until then. */
export async function tryLock(name: string, patienceMs: number): Promise<(() => void) | null> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(patienceMs);
    const holding = lockManager()?.request(name, { signal }, () => new Promise<void>((letGo) => resolve(letGo)));
    (holding ?? Promise.reject(new Error('no locks'))).catch(() => resolve(signal.aborted ? null : () => undefined));
  });
}

/** What follows a prefix in the names of the locks that are held, in this tab and in others; null where that cannot be known. */
export async function heldWith(prefix: string): Promise<ReadonlySet<string> | null> {
  try {
    const locks = await lockManager()?.query();
    return locks ? new Set(locks.held?.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []))) : null;
  } catch {
    return null;
  }
}

/** Works while no other tab does the same under this name; at once where locks are missing. */
export function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  const locks = lockManager();
  return locks ? locks.request(name, work) : work();
}
