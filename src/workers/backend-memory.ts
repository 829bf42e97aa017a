import { BACKEND_NAMES, type BackendName } from '../engine/types';

const KEY = 'mien.fastest-backend';

/**
 * The backend that was measured fastest on this device, or null where nothing is remembered (or
 * storage is denied). What was measured by another browser version counts as nothing.
 */
export function rememberedBackend(): BackendName | null {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? 'null') as { backend?: string; browser?: string } | null;
    if (stored?.browser !== navigator.userAgent) return null;
    return BACKEND_NAMES.find((name) => name === stored.backend) ?? null;
  } catch {
    return null;
  }
}

/** Remembers the fastest backend; null forgets it. Harmless where storage is denied. */
export function rememberBackend(backend: BackendName | null): void {
  try {
    if (backend === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify({ backend, browser: navigator.userAgent }));
  } catch {
    // Denied storage costs a measurement at the next start, nothing else.
  }
}
