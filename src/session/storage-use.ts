/** The browser's report on this site's storage. */
export interface StorageUse {
  /** Size of everything the site stores, including its offline copy, bytes. */
  readonly usedBytes: number;
  /** Quota, bytes. */
  readonly quotaBytes: number;
  /** True if the browser keeps it when the device runs short of space. */
  readonly persisted: boolean;
}

/** Null if the browser does not report it. */
export async function storageUse(): Promise<StorageUse | null> {
  try {
    const [{ usage, quota }, persisted] = await Promise.all([navigator.storage.estimate(), navigator.storage.persisted()]);
    return usage === undefined || quota === undefined ? null : { usedBytes: usage, quotaBytes: quota, persisted };
  } catch {
    return null;
  }
}

/** Asks the browser for persistent storage. The browser may prompt the user, so call this only after something was saved. */
export async function askToPersist(): Promise<void> {
  try {
    if (!(await navigator.storage.persisted())) await navigator.storage.persist();
  } catch {
    // Unsupported: the browser clears the oldest sites first, if ever.
  }
}
