/** What the browser says of this site's storage. */
export interface StorageUse {
  /** Of everything that the site keeps, its offline copy included; bytes. */
  readonly usedBytes: number;
  /** As much as it may keep; bytes. */
  readonly quotaBytes: number;
  /** The browser will not clear it by itself when the device is short of room. */
  readonly persisted: boolean;
}

/** Null where the browser does not say. */
export async function storageUse(): Promise<StorageUse | null> {
  try {
    const [{ usage, quota }, persisted] = await Promise.all([navigator.storage.estimate(), navigator.storage.persisted()]);
    return usage === undefined || quota === undefined ? null : { usedBytes: usage, quotaBytes: quota, persisted };
  } catch {
    return null;
  }
}

/** Asks the browser not to clear what is kept by itself. It may ask the person, so only after they kept something. */
export async function askToPersist(): Promise<void> {
  try {
    if (!(await navigator.storage.persisted())) await navigator.storage.persist();
  } catch {
    // Not offered here: the browser clears the oldest sites first, if ever.
  }
}
