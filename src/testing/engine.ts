import { createEngine } from '../workers/pipeline-client';
import type { Engine } from '../workers/protocol';

/** Where the test server serves `vendor/` and `models/`. */
export const ASSET_BASE = new URL('/', location.href).href;

let shared: Promise<Engine> | null = null;

/**
 * The one engine of all browser tests, on WebAssembly so that results are the same on every machine. Never dispose it; name
 * streams after the test, so that no two share tracks.
 */
export function sharedEngine(): Promise<Engine> {
  shared ??= createEngine({ assetBase: ASSET_BASE, backend: 'wasm', settings: { smoothingMs: 0, sensitivity: 'balanced' } });
  return shared;
}
