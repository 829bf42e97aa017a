/** Storage of this tab alone; null if denied. */
export function tabStorage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

/** A value that survives reloads and is copied to duplicated tabs; null if there is none or storage is denied. */
export function recall(key: string): unknown {
  try {
    return JSON.parse(tabStorage()?.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

/**
 * Writes only what has changed.
 *
 * @param value JSON-serialisable.
 */
export function remember(key: string, value: unknown): void {
  try {
    const storage = tabStorage();
    const text = JSON.stringify(value);
    if (storage?.getItem(key) !== text) storage?.setItem(key, text);
  } catch {
    // Storage denied or full: forgotten after a reload.
  }
}

export function forget(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Storage denied: nothing was stored.
  }
}
