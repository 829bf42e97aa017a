import type { HiddenShares } from './covering-network';
import type { ComputedAnswer } from './expression-model';
import type { Sensitivity } from './mixing';
import type { FaceInput } from './types';

/**
 * The networks that read cropped faces: the expression model and the covering network, on tfjs, in this thread or in their own
 * worker. Calls may overlap and run one after another. Every method rejects with a `MienError`.
 */
export interface FaceNetworks {
  /** Resolves when they are ready, with the expression model's input; null: the covering network's crops serve both. */
  ready(): Promise<FaceInput | null>;
  /** Like `ExpressionModel.classify`. @param faces ownership passes on: the array may be transferred. */
  classify(faces: Float32Array, sensitivity?: Sensitivity): Promise<readonly ComputedAnswer[]>;
  /** As `ClassifierService.hiddenParts`. @param faces ownership passes on. */
  hiddenParts(faces: Float32Array): Promise<readonly HiddenShares[] | null>;
  setSensitivity(sensitivity: Sensitivity): Promise<void>;
  /** Also cancels loading. Later calls reject with `engine/disposed`. */
  dispose(): Promise<void>;
}
