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
