import type { Reply } from '../../engine/reply';
import type { ModelSource } from '../../network/brought-model';
import type { Scaling } from '../../network/scaling';
import type { FaceBatch } from '../faces';
import type { ModelInspection } from '../models/inspection';
import type { ModelFacts, ModelSpec } from '../models/lab-model';

/** What the Lab's worker offers over comlink. Calls are answered one after the other, in the order in which they came. */
export interface LabApi {
  /** @param assetBase absolute URL of the folder that holds `vendor/`, `models/` and `lab/`, with a trailing slash. */
  start(assetBase: string): Promise<Reply<null>>;
  /** Reads a model's files and tries it on drawn faces. It stays open for `answersUnder`, until another one is inspected. */
  inspect(files: ModelSource['files']): Promise<Reply<ModelInspection>>;
  /** What the inspected model answers to the drawn faces under a scaling; see `InspectedModel.answersUnder`. */
  answersUnder(scaling: Scaling): Promise<Reply<Float32Array>>;
  endInspection(): Promise<Reply<null>>;
  /** Opens a model under a key; one that is open already stays as it is. */
  open(key: string, spec: ModelSpec): Promise<Reply<ModelFacts>>;
  close(key: string): Promise<Reply<null>>;
  /** Shares of an open model's classes, [n × classes]. */
  answer(key: string, faces: FaceBatch): Promise<Reply<Float32Array>>;
}
