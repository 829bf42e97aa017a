import { transfer } from 'comlink';
import { activateBackend } from '../../engine/backend';
import { MienError } from '../../engine/errors';
import { loadModelFiles } from '../../engine/model-files';
import { replyOf, type Reply } from '../../engine/reply';
import type { ModelSource } from '../../network/brought-model';
import type { Scaling } from '../../network/scaling';
import { SerialQueue } from '../../engine/serial-queue';
import { holdForever } from '../../workers/hold-lock';
import { signatureOf, SIGNATURE_BYTES, nearDuplicates } from '../data/near-duplicates';
import { readData, type DataFile, type ReadData } from '../data/read-data';
import { FACE_SIDE, LUMINANCE_BYTES, type FaceBatch } from '../faces';
import { InspectedModel, type ModelInspection } from '../models/inspection';
import { openLabModel, type LabModel, type ModelFacts, type ModelSpec } from '../models/lab-model';
import { Trunk, type ActivationMaps } from '../models/trunk';
import { fitHead, type Examples, type Head } from '../teach/softmax-regression';
import { runTraining, type TrainedModel, type TrainingNews, type TrainingOrder } from '../teach/training-job';
import type { FaceFeatures, LabApi, ReadPiece } from './lab-api';

/** Items that the page can receive within a few milliseconds. */
const PIECE_ITEMS = 2000;

/** Computation of the Lab, with its own tfjs instance, so that it cannot switch the backend of the live view. */
export class LabHost implements LabApi {
  readonly #queue = new SerialQueue();
  readonly #models = new Map<string, LabModel>();
  #assetBase: string | null = null;
  #inspected: InspectedModel | null = null;
  #trunk: Trunk | null = null;
  #endsTraining = false;

  holdLock(name: string): Promise<Reply<null>> {
    return this.#inTurn(async () => {
      await holdForever(name);
      return null;
    });
  }

  ping(): Promise<null> {
    return Promise.resolve(null);
  }

  start(assetBase: string): Promise<Reply<null>> {
    return this.#inTurn(async () => {
      const works = (await activateBackend('wasm', assetBase)) || (await activateBackend('cpu', assetBase));
      if (!works) throw new MienError('engine', 'no-backend', 'lab');
      this.#assetBase = assetBase;
      return null;
    });
  }

  inspect(files: ModelSource['files']): Promise<Reply<ModelInspection>> {
    return this.#inTurn(async () => {
      this.#endInspection();
      this.#inspected = await InspectedModel.open(files, this.#base());
      return this.#inspected.inspection;
    });
  }

  answersUnder(scaling: Scaling): Promise<Reply<Float32Array>> {
    return this.#inTurn(() => {
      if (!this.#inspected) throw new MienError('engine', 'disposed', 'no model is inspected');
      return this.#inspected.answersUnder(scaling);
    });
  }

  endInspection(): Promise<Reply<null>> {
    return this.#inTurn(() => {
      this.#endInspection();
      return null;
    });
  }

  open(key: string, spec: ModelSpec): Promise<Reply<ModelFacts>> {
    return this.#inTurn(async () => {
      const model = this.#models.get(key) ?? (await openLabModel(spec, this.#base()));
      this.#models.set(key, model);
      return model.facts;
    });
  }

  close(key: string): Promise<Reply<null>> {
    return this.#inTurn(() => {
      this.#models.get(key)?.dispose();
      this.#models.delete(key);
      return null;
    });
  }

  answer(key: string, faces: FaceBatch): Promise<Reply<Float32Array>> {
    return this.#inTurn(() => this.#modelOf(key).answer(faces));
  }

  async readData(files: readonly DataFile[], onProgress: (items: number) => void, onPiece: (piece: ReadPiece) => void | Promise<void>): Promise<Reply<ReadData['luminance']>> {
    const reply = await this.#inTurn(async () => {
      const { items, leftOut, luminance } = await readData(files, onProgress);
      for (let from = 0; from < Math.max(items.length, leftOut.length); from += PIECE_ITEMS) {
        await onPiece({ items: items.slice(from, from + PIECE_ITEMS), leftOut: leftOut.slice(from, from + PIECE_ITEMS) });
      }
      return luminance;
    });
    return reply.ok ? transfer(reply, [reply.value.buffer]) : reply;
  }

  signatures(luminance: Uint8Array): Promise<Reply<Uint8Array>> {
    return this.#inTurn(() => {
      const signatures = new Uint8Array((luminance.length / LUMINANCE_BYTES) * SIGNATURE_BYTES);
      for (let i = 0; i * LUMINANCE_BYTES < luminance.length; i++) {
        signatures.set(signatureOf(luminance.subarray(i * LUMINANCE_BYTES, (i + 1) * LUMINANCE_BYTES), FACE_SIDE), i * SIGNATURE_BYTES);
      }
      return signatures;
    });
  }

  bursts(signatures: Uint8Array): Promise<Reply<number[]>> {
    return this.#inTurn(() => nearDuplicates(Array.from({ length: signatures.length / SIGNATURE_BYTES }, (_, i) => signatures.subarray(i * SIGNATURE_BYTES, (i + 1) * SIGNATURE_BYTES))));
  }

  features(faces: FaceBatch): Promise<Reply<FaceFeatures>> {
    return this.#inTurn(async () => {
      const trunk = await this.#openTrunk();
      return { features: await trunk.features(faces), width: trunk.width };
    });
  }

  fitHead(examples: Examples): Promise<Reply<Head>> {
    return this.#inTurn(() => fitHead(examples));
  }

  async train(order: TrainingOrder, onNews: (news: TrainingNews) => void): Promise<Reply<TrainedModel>> {
    this.#endsTraining = false;
    return this.#inTurn(() => runTraining(order, this.#base(), onNews, () => this.#endsTraining));
  }

  endTraining(): Promise<Reply<null>> {
    this.#endsTraining = true;
    return Promise.resolve({ ok: true, value: null });
  }

  activation(faces: FaceBatch): Promise<Reply<ActivationMaps>> {
    return this.#inTurn(async () => (await this.#openTrunk()).activation(faces));
  }

  async #openTrunk(): Promise<Trunk> {
    this.#trunk ??= Trunk.open(await loadModelFiles(this.#base()));
    return this.#trunk;
  }

  #modelOf(key: string): LabModel {
    const model = this.#models.get(key);
    if (!model) throw new MienError('engine', 'disposed', key);
    return model;
  }

  #base(): string {
    if (this.#assetBase === null) throw new MienError('engine', 'disposed', 'the worker was not started');
    return this.#assetBase;
  }

  #endInspection(): void {
    this.#inspected?.dispose();
    this.#inspected = null;
  }

  #inTurn<T>(work: () => T | Promise<T>): Promise<Reply<T>> {
    return replyOf(() => this.#queue.add(work));
  }
}
