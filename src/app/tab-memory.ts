/** What is stored for this tab alone; null where that is denied. */
export function tabStorage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

/** What a tab remembers over a reload, and a copy of it takes along; null where storage is denied. */
export function recall(key: string): unknown {
  try {
    return JSON.parse(tabStorage()?.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

/** @param value as JSON holds it. */
export function remember(key: string, value: unknown): void {
  try {
    tabStorage()?.setItem(key, JSON.stringify(value));
  } catch {
    // Then it begins anew after a reload.
  }
}

export function forget(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Then nothing was remembered.
  }
}
