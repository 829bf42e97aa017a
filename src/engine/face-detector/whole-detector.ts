import { compileAsset, pastDamage, type OnBytes } from '../assets';
import { MEDIAPIPE_FOLDER } from './compile-detector';

/** MediaPipe's WebAssembly with all functions: three times the size of `compileDetector`'s. */
const WHOLE_BINARY = `${MEDIAPIPE_FOLDER}vision_wasm_module_internal.wasm`;

/** As `compileDetector`, with all functions: after a trap, which a missing one may have caused. */
export function compileWholeDetector(assetBase: string, onBytes?: OnBytes): Promise<WebAssembly.Module> {
  return pastDamage((cache) => compileAsset(new URL(WHOLE_BINARY, assetBase).href, cache, onBytes));
}

/** Whether a trap caused this error: a missing function's, or any other. */
export function isTrap(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || (error instanceof Error && isTrap(error.cause));
}
