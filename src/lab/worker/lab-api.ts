import type { Reply } from '../../engine/reply';
import type { ModelSource } from '../../network/brought-model';
import type { Scaling } from '../../network/scaling';
import type { FaceBatch } from '../faces';
import type { DataFile, ReadData } from '../data/read-data';
import type { ModelInspection } from '../models/inspection';
import type { ModelFacts, ModelSpec } from '../models/lab-model';
import type { ActivationMaps } from '../models/trunk';
import type { Examples, Head } from '../teach/softmax-regression';
import type { TrainedModel, TrainingNews, TrainingOrder } from '../teach/training-job';

export interface FaceFeatures {
  readonly features: Float32Array;
  readonly width: number;
}

/** Some of what a data set says: all at once would stop the page while it takes it in. */
export type ReadPiece = Pick<ReadData, 'items' | 'leftOut'>;

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
  /** See `readData`. Its items and what is left out go to `onPiece` in pieces, the luminance is the answer. */
  readData(files: readonly DataFile[], onProgress: (items: number) => void, onPiece: (piece: ReadPiece) => void | Promise<void>): Promise<Reply<ReadData['luminance']>>;
  /** `SIGNATURE_BYTES` of each face; see `signatureOf`. */
  signatures(luminance: Uint8Array): Promise<Reply<Uint8Array>>;
  /** Of each hash the number of the first one that it is a near-duplicate of; its own if of none. */
  bursts(signatures: Uint8Array): Promise<Reply<number[]>>;
  /** Pooled features of Mien's own network, [n × width]. */
  features(faces: FaceBatch): Promise<Reply<FaceFeatures>>;
  /** See `fitHead`. */
  fitHead(examples: Examples): Promise<Reply<Head>>;
  /** Trains a network; see `runTraining`. Other calls wait for its end. */
  train(order: TrainingOrder, onNews: (news: TrainingNews) => void): Promise<Reply<TrainedModel>>;
  /** Ends training after the step under way; the best epoch so far is what came of it. */
  endTraining(): Promise<Reply<null>>;
  /** Where Mien's own network sees the expressions of faces; see `Trunk.activation`. */
  activation(faces: FaceBatch): Promise<Reply<ActivationMaps>>;
}
