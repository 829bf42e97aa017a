import { proxy, transfer } from 'comlink';
import { MienError } from '../engine/errors';
import { valueOf, type Reply } from '../engine/reply';
import type { ModelSource } from '../network/brought-model';
import type { Scaling } from '../network/scaling';
import { watchLock } from '../workers/life-watch';
import { watchSilence } from '../workers/silence-watch';
import { SupervisedWorker } from '../workers/supervised-worker';
import { whyNotStarted } from '../workers/why-not-started';
import type { LeftOutItem } from './data/items';
import { SIGNATURE_BYTES } from './data/near-duplicates';
import type { DataFile, ReadData, ReadItem } from './data/read-data';
import { countFaces, LUMINANCE_BYTES, type FaceBatch } from './faces';
import type { ModelInspection } from './models/inspection';
import type { ModelFacts, ModelSpec } from './models/lab-model';
import type { ActivationMaps } from './models/trunk';
import type { Examples, Head } from './teach/softmax-regression';
import type { TrainedModel, TrainingNews, TrainingOrder } from './teach/training-job';
import type { FaceFeatures, LabApi, ReadPiece } from './worker/lab-api';
import workerUrl from './worker/lab.worker.ts?worker&url';

/** A worker that takes this long for a short call has hung, ms; the largest model on a slow phone takes less. */
const PATIENCE_MS = 180_000;
const SCRIPT = new URL(workerUrl, import.meta.url);
/** Faces per message, 4.6 MB. */
const HASHED_AT_A_TIME = 2000;

/** Client of a Lab worker. Starts the worker with the first call, and again with the next call after it died. */
export class LabClient {
  readonly #assetBase: string;
  #worker: SupervisedWorker<LabApi> | null = null;
  #opened = new Map<string, Promise<ModelFacts>>();

  constructor(assetBase: string) {
    this.#assetBase = assetBase;
  }

  /** @throws MienError of kind `model-file` or `engine`, like all methods. */
  inspect(files: ModelSource['files']): Promise<ModelInspection> {
    return this.#call((api) => api.inspect(files));
  }

  answersUnder(scaling: Scaling): Promise<Float32Array> {
    return this.#call((api) => api.answersUnder(scaling));
  }

  endInspection(): Promise<null> {
    return this.#worker ? this.#call((api) => api.endInspection()) : Promise.resolve(null);
  }

  /** Opens a model once per key. */
  open(key: string, spec: ModelSpec): Promise<ModelFacts> {
    this.#running();
    const known = this.#opened.get(key);
    if (known) return known;
    const opening = this.#call((api) => api.open(key, spec));
    this.#opened.set(key, opening);
    opening.catch(() => this.#opened.delete(key));
    return opening;
  }

  async close(key: string): Promise<void> {
    if (!this.#opened.delete(key) || !this.#worker) return;
    await this.#call((api) => api.close(key));
  }

  /** A model's class probabilities for each face, [n × classes]. */
  async answer(key: string, spec: ModelSpec, faces: FaceBatch): Promise<Float32Array> {
    await this.open(key, spec);
    return countFaces(faces) === 0 ? new Float32Array() : this.#call((api) => api.answer(key, faces));
  }

  /** See `readData`; `dispose` cancels it. */
  async readData(files: readonly DataFile[], onProgress: (items: number) => void): Promise<ReadData> {
    const items: ReadItem[] = [];
    const leftOut: LeftOutItem[] = [];
    const take = (piece: ReadPiece) => {
      items.push(...piece.items);
      leftOut.push(...piece.leftOut);
    };
    const luminance = await this.#long((api) => api.readData(files, proxy(onProgress), proxy(take)));
    return { items, luminance, leftOut };
  }

  /** See `nearDuplicates`. Sends the faces in pieces, since copying all of them at once would block the page. */
  async bursts(luminance: Uint8Array): Promise<number[]> {
    const signatures = new Uint8Array((luminance.length / LUMINANCE_BYTES) * SIGNATURE_BYTES);
    for (let from = 0; from * LUMINANCE_BYTES < luminance.length; from += HASHED_AT_A_TIME) {
      const piece = luminance.slice(from * LUMINANCE_BYTES, (from + HASHED_AT_A_TIME) * LUMINANCE_BYTES);
      signatures.set(await this.#call((api) => api.signatures(transfer(piece, [piece.buffer]))), from * SIGNATURE_BYTES);
    }
    return this.#long((api) => api.bursts(signatures));
  }

  /** Pooled features from Mien's own network. */
  features(faces: FaceBatch): Promise<FaceFeatures> {
    return this.#call((api) => api.features(faces));
  }

  /** See `fitHead`. */
  fitHead(examples: Examples): Promise<Head> {
    return this.#long((api) => api.fitHead(examples));
  }

  /** See `runTraining`; `dispose` cancels it without a result. Transfers the faces of the order, since copying them would block the page. */
  train(order: TrainingOrder, onNews: (news: TrainingNews) => void): Promise<TrainedModel> {
    const { setup, heldOut } = order;
    const faces = [setup.train.luminance, setup.validation.luminance, heldOut].map(({ buffer }) => buffer);
    return this.#long((api) => api.train(transfer(order, faces), proxy(onNews)));
  }

  /** Ends training after the current step, with the best result so far. */
  endTraining(): Promise<null> {
    return this.#call((api) => api.endTraining());
  }

  /** See `Trunk.activation`. */
  activation(faces: FaceBatch): Promise<ActivationMaps> {
    return this.#call((api) => api.activation(faces));
  }

  /** Ends the worker; pending calls reject with `engine/disposed`. A later call starts a new worker. */
  dispose(): void {
    this.#worker?.end(new MienError('engine', 'disposed', 'lab'));
    this.#forget();
  }

  #running(): SupervisedWorker<LabApi> {
    if (this.#worker && !this.#worker.gone.aborted) return this.#worker;
    this.#forget();
    const worker = new SupervisedWorker<LabApi>({
      url: workerUrl,
      name: 'mien-lab',
      onBreak: (message, hasRun) => (hasRun ? died(message) : whyNotStarted(SCRIPT.href, message)),
    });
    this.#worker = worker;
    watchLock(worker.remote, () => worker.end(died('lab')));
    // Calls are answered in order, so none runs before `start`; the first one reports its failure.
    void worker.remote.start(this.#assetBase).catch(() => undefined);
    return worker;
  }

  #forget(): void {
    this.#worker = null;
    this.#opened = new Map();
  }

  async #call<T>(send: (api: LabApi) => Promise<Reply<T>>, patienceMs = PATIENCE_MS): Promise<T> {
    const late = new MienError('engine', 'timeout', 'lab');
    return valueOf<T>(await this.#running().call((remote) => send(remote as unknown as LabApi), patienceMs, late));
  }

  /** A call without a time limit, as long as the worker answers pings meanwhile. */
  async #long<T>(send: (api: LabApi) => Promise<Reply<T>>): Promise<T> {
    const worker = this.#running();
    const over = new AbortController();
    const watched = { ping: () => worker.remote.ping(), fetchScript: async () => (await fetch(SCRIPT)).arrayBuffer() };
    watchSilence(watched, () => worker.end(died('lab, silent')), over.signal);
    try {
      return await this.#call(send, Infinity);
    } finally {
      over.abort();
    }
  }
}

function died(message: string): MienError {
  return new MienError('engine', 'worker-died', message);
}
