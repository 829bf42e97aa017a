import type { Probabilities } from './labels';
import type { BroughtModelReport, FaceInput, ModelIdentity } from './types';

/** What a model says of a face. */
export interface Answer {
  /** Of the seven expressions; where the model has other classes too, of what these leave. */
  readonly probabilities: Probabilities;
  /** The class that has the largest share (0–1) of all outputs, where it is none of the seven; else null. */
  readonly other: { readonly name: string; readonly share: number } | null;
}

/** The classifier of a pipeline: the shipped model, or one that the user brought. */
export interface ExpressionModel {
  readonly identity: ModelIdentity;
  readonly input: FaceInput;
  /** Null of the model that ships, of which the card says all. */
  readonly report: BroughtModelReport | null;
  /**
   * Must not overlap with another call.
   *
   * @param faces [n, side, side, channels], luminance or colours 0–1; scaled by the model itself.
   */
  classify(faces: Float32Array): Promise<Answer[]>;
  dispose(): void;
}

/** Opens a model on tfjs's current backend, which has passed its known answer. `recover` replaces a backend that was lost. */
export type OpenExpressionModel = (recover: () => Promise<void>) => Promise<ExpressionModel>;
