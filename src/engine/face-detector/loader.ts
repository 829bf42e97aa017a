import { fetchAsset } from '../assets';
import { MienError } from '../errors';
import { MEDIAPIPE_FOLDER } from './compile-detector';

const LOADER = `${MEDIAPIPE_FOLDER}vision_wasm_module_internal.js`;

/** Creates MediaPipe's WebAssembly module. */
export type ModuleFactory = (hooks: object) => Promise<unknown>;

/** Fetches MediaPipe's script into this realm. @throws as `importLoader`. */
export function loadDetectorLoader(assetBase: string): Promise<ModuleFactory> {
  return importLoader(new URL(LOADER, assetBase).href);
}

/**
 * Imports the script with MediaPipe's factory.
 *
 * @throws `model/not-found`, `model/network`; `model/corrupt` if the response is not that script; `engine/worker-blocked` if the
 * page's policy refuses it.
 */
export async function importLoader(url: string): Promise<ModuleFactory> {
  const refused: string[] = [];
  const onRefusal = ({ blockedURI }: SecurityPolicyViolationEvent) => refused.push(blockedURI);
  globalThis.addEventListener('securitypolicyviolation', onRefusal);
  try {
    const loader = (await import(/* @vite-ignore */ url)) as { default: ModuleFactory };
    return loader.default;
  } catch (error) {
    // An import error does not distinguish a missing file from a refused one or a lost connection; this throws if it is missing.
    // A failed module stays failed in this worker: bypass the cache, so that the next worker gets an intact copy.
    const [fetched] = await Promise.allSettled([fetchAsset(url, 'reload')]);
    const detail = `${url}: ${String(error)}`;
    if (refused.includes(url)) throw new MienError('engine', 'worker-blocked', detail, error);
    if (fetched.status === 'rejected') throw fetched.reason;
    // Browsers report a failed fetch of a script only as this error; a script that arrived reports its own.
    if (error instanceof TypeError) throw new MienError('model', 'network', detail, error);
    throw new MienError('model', 'corrupt', detail, error);
  } finally {
    globalThis.removeEventListener('securitypolicyviolation', onRefusal);
  }
}
