import { transfer, type Remote } from 'comlink';
import type { FaceNetworks } from '../engine/face-networks';
import { valueOf } from '../engine/reply';
import type { NetworkApi } from './protocol';

/** Adapts `NetworkApi`, on this thread or another one, to the interface that the pipeline uses. */
export function linkedNetworks(api: NetworkApi | Remote<NetworkApi>): FaceNetworks {
  const sent = (faces: Float32Array) => transfer(faces, [faces.buffer]);
  return {
    ready: async () => valueOf(await api.ready()),
    // Skips the round trip if there are no faces.
    classify: async (faces, sensitivity) => (faces.length === 0 ? [] : valueOf(await api.classify(sent(faces), sensitivity))),
    hiddenParts: async (faces) => (faces.length === 0 ? null : valueOf(await api.hiddenParts(sent(faces)))),
    setSensitivity: async (sensitivity) => void valueOf(await api.setSensitivity(sensitivity)),
    dispose: async () => void valueOf(await api.dispose()),
  };
}
