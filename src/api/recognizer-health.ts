import type { BackendName, BroughtModelReport, ModelIdentity } from '../engine/types';

export interface RecognizerHealth {
  /** Whether the model is in memory and verified. */
  readonly loaded: boolean;
  readonly backend: BackendName;
  readonly model: ModelIdentity;
  /** How the option `model` is interpreted: size, scaling and labels, with the confidence of each estimate. Null without that option. */
  readonly modelInput: BroughtModelReport | null;
  /** Memory held by TensorFlow.js; constant from one picture to the next. */
  readonly memory: { readonly numTensors: number; readonly numBytes: number };
  /** `main-thread`: this browser cannot run the engine in a worker, so each picture blocks the page. */
  readonly place: 'worker' | 'main-thread';
}
