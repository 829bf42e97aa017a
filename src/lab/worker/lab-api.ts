import type { Reply } from '../../engine/reply';
import type { ModelSource } from '../../network/brought-model';
import type { Scaling } from '../../network/scaling';
import type { FaceBatch } from '../faces';
import type { DataFile, ReadData } from '../data/read-data';
import type { ModelInspection } from '../models/inspection';
import type { ModelFacts, ModelSpec } from '../models/lab-model';
import type { ActivationMaps } from '../models/trunk';
import type { Examples, Head } from '../teach/softmax-regression';
import type { LockHolder } from '../../workers/protocol';
import type { TrainedModel, TrainingNews, TrainingOrder } from '../teach/training-job';

export interface FaceFeatures {
  readonly features: Float32Array;
  readonly width: number;
}

/** A part of a data set: receiving it all at once would block the page. */
export type ReadPiece = Pick<ReadData, 'items' | 'leftOut'>;

/** Interface of the Lab's worker over comlink. Answers calls one at a time, in order of arrival; `ping` bypasses the queue. */
export interface LabApi extends LockHolder {
  /** @param assetBase absolute URL of the folder that contains `vendor/`, `models/` and `lab/`, with a trailing slash. */
  start(assetBase: string): Promise<Reply<null>>;
  /** Reads a model's files and tries it on drawn faces. It stays open for `answersUnder` until another model is inspected. */
  inspect(files: ModelSource['files']): Promise<Reply<ModelInspection>>;
  /** Answers of the inspected model for the drawn faces under a scaling; see `InspectedModel.answersUnder`. */
  answersUnder(scaling: Scaling): Promise<Reply<Float32Array>>;
  endInspection(): Promise<Reply<null>>;
  /** Opens a model under a key; does nothing if it is open already. */
  open(key: string, spec: ModelSpec): Promise<Reply<ModelFacts>>;
  close(key: string): Promise<Reply<null>>;
  /** Class probabilities of an open model, [n × classes]. */
  answer(key: string, faces: FaceBatch): Promise<Reply<Float32Array>>;
  /** See `readData`. Passes items and left-out entries to `onPiece` in pieces, and returns the luminance. */
  readData(files: readonly DataFile[], onProgress: (items: number) => void, onPiece: (piece: ReadPiece) => void | Promise<void>): Promise<Reply<ReadData['luminance']>>;
  /** `SIGNATURE_BYTES` for each face; see `signatureOf`. */
  signatures(luminance: Uint8Array): Promise<Reply<Uint8Array>>;
  /** For each signature, the index of the first one it nearly duplicates, or its own index. */
  bursts(signatures: Uint8Array): Promise<Reply<number[]>>;
  /** Pooled features from Mien's own network, [n × width]. */
  features(faces: FaceBatch): Promise<Reply<FaceFeatures>>;
  /** See `fitHead`. */
  fitHead(examples: Examples): Promise<Reply<Head>>;
  /** Trains a network; see `runTraining`. Other calls wait until it ends. */
  train(order: TrainingOrder, onNews: (news: TrainingNews) => void): Promise<Reply<TrainedModel>>;
  /** Ends training after the current step; the result is the best epoch so far. */
  endTraining(): Promise<Reply<null>>;
  /** Where Mien's own network sees the expressions of faces; see `Trunk.activation`. */
  activation(faces: FaceBatch): Promise<Reply<ActivationMaps>>;
}
