import { createEngine } from '../workers/pipeline-client';
import type { Engine } from '../workers/protocol';

/** Base URL of `vendor/` and `models/` on the test server. */
export const ASSET_BASE = new URL('/', location.href).href;

let shared: Promise<Engine> | null = null;

/**
 * The engine shared by all browser tests, on WebAssembly for the same results on every machine. Never dispose it; name
 * streams after the test so that no two share tracks.
 */
export function sharedEngine(): Promise<Engine> {
  shared ??= createEngine({ assetBase: ASSET_BASE, backend: 'wasm', settings: { smoothingMs: 0, sensitivity: 'balanced' } });
  return shared;
}
