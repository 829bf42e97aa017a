import { BACKEND_NAMES, type BackendName } from '../engine/types';

const KEY = 'mien.fastest-backend';

/** The fastest backend measured on this device; null if none is remembered, storage is denied, or another browser version measured it. */
export function rememberedBackend(): BackendName | null {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? 'null') as { backend?: string; browser?: string } | null;
    if (stored?.browser !== navigator.userAgent) return null;
    return BACKEND_NAMES.find((name) => name === stored.backend) ?? null;
  } catch {
    return null;
  }
}

/** Remembers the fastest backend; null forgets it. Does nothing if storage is denied. */
export function rememberBackend(backend: BackendName | null): void {
  try {
    if (backend === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify({ backend, browser: navigator.userAgent }));
  } catch {
    // Denied storage only costs one measurement at the next start.
  }
}
