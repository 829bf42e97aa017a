import { compileAsset, pastDamage, type OnBytes } from '../assets';

/** Folder of MediaPipe's files, next to the other files in `vendor/`. */
export const MEDIAPIPE_FOLDER = 'vendor/mediapipe/';
/** MediaPipe's WebAssembly without the functions that face detection does not call, which trap: scripts/prepare-assets.ts. */
const BINARY = `${MEDIAPIPE_FOLDER}face_detection.wasm`;
/**
 * Fetches and compiles MediaPipe's WebAssembly on any thread; the module may be posted to another one. @throws as `compileAsset`.
 *
 * @param signal cancels the request.
 */
export function compileDetector(assetBase: string, onBytes?: OnBytes, signal?: AbortSignal): Promise<WebAssembly.Module> {
  return pastDamage((cache) => compileAsset(new URL(BINARY, assetBase).href, cache, onBytes, signal));
}
