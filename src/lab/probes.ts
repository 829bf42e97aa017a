import { fetchAsset, pastDamage } from '../engine/assets';
import { PROBE_FACES } from '../network/probe-faces';

/**
 * Bytes of the drawn faces; `PROBE_FACES` describes the layout.
 *
 * @throws MienError of kind `model`.
 */
export function fetchProbes(assetBase: string): Promise<Uint8Array<ArrayBuffer>> {
  return pastDamage((cache) => fetchAsset(new URL(PROBE_FACES.file, assetBase).href, cache));
}
