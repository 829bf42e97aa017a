import { activateBackend } from '../../engine/backend';
import { MienError } from '../../engine/errors';
import { replyOf, type Reply } from '../../engine/reply';
import type { ModelSource } from '../../network/brought-model';
import type { Scaling } from '../../network/scaling';
import { SerialQueue } from '../../workers/serial-queue';
import type { FaceBatch } from '../faces';
import { InspectedModel, type ModelInspection } from '../models/inspection';
import { openLabModel, type LabModel, type ModelFacts, type ModelSpec } from '../models/lab-model';
import type { LabApi } from './lab-api';

/** The Lab's computing, on a tfjs of its own, so that nothing here takes the backend from under the live view. */
export class LabHost implements LabApi {
  readonly #queue = new SerialQueue();
  readonly #models = new Map<string, LabModel>();
  #assetBase: string | null = null;
  #inspected: InspectedModel | null = null;

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
