import type { Probabilities } from './labels';
import type { Sensitivity } from './mixing';
import type { BackendName, BroughtModelReport, FaceInput, ModelIdentity } from './types';

/** A model's answer for one face. */
export interface Answer {
  /** Probabilities of the seven expressions; the model's other classes are left out and the rest rescaled. */
  readonly probabilities: Probabilities;
  /** The class with the largest share (0–1) of all outputs if it is not one of the seven; else null. */
  readonly other: { readonly name: string; readonly share: number } | null;
}

/** An answer with the backend that computed it. */
export interface ComputedAnswer extends Answer {
  readonly backend: BackendName;
}

/** The classifier of a pipeline: the shipped model or the user's own. */
export interface ExpressionModel {
  readonly identity: ModelIdentity;
  readonly input: FaceInput;
  /** Null for the shipped model, which its card describes. */
  readonly report: BroughtModelReport | null;
  /**
   * Must not overlap with another call.
   *
   * @param faces [n, side, side, channels], luminance or colours 0–1; the model scales them itself.
   * @param sensitivity default: that of `EngineSettings`; ignored by any other model than the shipped one.
   */
  classify(faces: Float32Array, sensitivity?: Sensitivity): Promise<Answer[]>;
  dispose(): void;
}

/** Opens a model on tfjs's current backend, which has passed its known answer. `recover` replaces a lost backend. */
export type OpenExpressionModel = (recover: () => Promise<void>) => Promise<ExpressionModel>;
