import { expose } from 'comlink';
import { EmotionClassifier } from '../engine/emotion-classifier';
import type { HiddenShares } from '../engine/covering-network';
import type { OnDownload } from '../engine/download-meter';
import { MienError } from '../engine/errors';
import type { ComputedAnswer, OpenExpressionModel } from '../engine/expression-model';
import { LoadedNetworks } from '../engine/loaded-networks';
import type { Sensitivity } from '../engine/mixing';
import { loadModelFiles } from '../engine/model-files';
import { replyOf, type Reply } from '../engine/reply';
import type { BackendName, BackendReport, EngineHealth, FaceInput } from '../engine/types';
import { holdForever } from './hold-lock';
import type { NetworkApi, StartOptions } from './protocol';
import { SerialQueue } from '../engine/serial-queue';

/**
 * The networks behind `NetworkApi`. Runs calls one at a time in order of arrival; returns errors as values. Runs in a worker of its own beside the
 * engine's, so that both load in parallel, or on the main thread without workers.
 */
export class NetworkHost implements NetworkApi {
  #networks: LoadedNetworks | null = null;
  /** Why `#networks` is null. */
  #fault: MienError = new MienError('engine', 'disposed');
  readonly #queue = new SerialQueue();
  readonly #end = new AbortController();

  holdLock(name: string): Promise<Reply<null>> {
    return this.#inTurn(async () => {
      await holdForever(name);
      return null;
    });
  }

  ping(): Promise<null> {
    return Promise.resolve(null);
  }

  start(options: StartOptions, onDownload: OnDownload, engine: MessagePort | null): Promise<Reply<null>> {
    if (engine) expose(this, engine);
    return this.#inTurn(async () => {
      const { assetBase, backends, settings: { sensitivity } } = options;
      try {
        this.#networks = await LoadedNetworks.load({ assetBase, backends, sensitivity, openModel: opener(options) }, onDownload, this.#end.signal);
        return null;
      } catch (error) {
        this.#fault = MienError.from(error);
        throw error;
      }
    });
  }

  ready(): Promise<Reply<FaceInput | null>> {
    return this.#inTurn(() => this.#running().brought);
  }

  classify(faces: Float32Array, sensitivity?: Sensitivity): Promise<Reply<readonly ComputedAnswer[]>> {
    return this.#inTurn(() => this.#running().classify(faces, sensitivity));
  }

  hiddenParts(faces: Float32Array): Promise<Reply<readonly HiddenShares[] | null>> {
    return this.#inTurn(() => this.#running().hiddenParts(faces));
  }

  setSensitivity(sensitivity: Sensitivity): Promise<Reply<null>> {
    return this.#inTurn(() => {
      this.#running().sensitivity = sensitivity;
      return null;
    });
  }

  measure(): Promise<Reply<number>> {
    return this.#inTurn(() => this.#running().measure());
  }

  changeBackend(name: BackendName): Promise<Reply<null>> {
    return this.#inTurn(async () => {
      await this.#running().changeBackend(name);
      return null;
    });
  }

  health(): Promise<Reply<EngineHealth>> {
    return this.#inTurn(() => this.#running().health());
  }

  /**
   * Cancels a running load and waits until it stops: a step of a backend's check, tfjs's start of a backend, or the opening of a user-supplied model cannot
   * be interrupted.
   */
  dispose(): Promise<Reply<null>> {
    this.#end.abort(new MienError('engine', 'disposed'));
    return this.#inTurn(() => {
      this.#networks?.dispose();
      this.#networks = null;
      this.#fault = new MienError('engine', 'disposed');
      return null;
    });
  }

  probe(backend: BackendName, assetBase: string): Promise<Reply<BackendReport>> {
    return this.#inTurn(async () => {
      const made = await EmotionClassifier.create(backend, await loadModelFiles(assetBase), assetBase);
      if (typeof made === 'string') return { name: backend, outcome: made, medianMs: null, deviation: null };
      await made.measure();
      return made.report;
    });
  }

  #running(): LoadedNetworks {
    if (!this.#networks) throw this.#fault;
    return this.#networks;
  }

  #inTurn<T>(work: () => T | Promise<T>): Promise<Reply<T>> {
    return replyOf(() => this.#queue.add(work));
  }
}

/** Opens models other than the shipped one. Fetches that code, including tf.layers, on demand. */
function opener({ model, assetBase }: StartOptions): OpenExpressionModel | null {
  if (!model) return null;
  return async (recover) => {
    const { BroughtModel } = await import('../network/brought-model');
    return BroughtModel.open(model, assetBase, recover);
  };
}
