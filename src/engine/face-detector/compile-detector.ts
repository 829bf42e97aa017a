import { compileAsset, pastDamage, type OnBytes } from '../assets';

/** Of MediaPipe's files, below the folder that holds `vendor/`. */
export const MEDIAPIPE_FOLDER = 'vendor/mediapipe/';
const BINARY = `${MEDIAPIPE_FOLDER}vision_wasm_module_internal.wasm`;

/**
 * Fetches and compiles MediaPipe's WebAssembly, on any thread: what comes may be sent to another one. Throws as `compileAsset`.
 *
 * @param signal cancels it.
 */
export function compileDetector(assetBase: string, onBytes?: OnBytes, signal?: AbortSignal): Promise<WebAssembly.Module> {
  return pastDamage((cache) => compileAsset(new URL(BINARY, assetBase).href, cache, onBytes, signal));
}
