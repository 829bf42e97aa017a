import type { BackendName, BroughtModelReport, ModelIdentity } from '../engine/types';

export interface RecognizerHealth {
  /** The model is in memory and was checked. */
  readonly loaded: boolean;
  readonly backend: BackendName;
  readonly model: ModelIdentity;
  /** How the option `model` is read: size, scaling and labels, and how sure each proposal is. Null without that option. */
  readonly modelInput: BroughtModelReport | null;
  /** Memory that TensorFlow.js holds; it stays the same from one picture to the next. */
  readonly memory: { readonly numTensors: number; readonly numBytes: number };
  /** `main-thread`: this browser cannot run it in a worker, and each picture holds the page up. */
  readonly place: 'worker' | 'main-thread';
}
