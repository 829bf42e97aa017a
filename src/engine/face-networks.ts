import type { HiddenShares } from './covering-network';
import type { Answer } from './expression-model';
import type { Sensitivity } from './mixing';
import type { FaceInput } from './types';

/**
 * The networks that read faces which are cut out: the expression model and the one that tells what hides a face, on tfjs. In this thread, or in a
 * worker of their own. Calls may overlap, and run one after the other. Every method rejects with a `MienError`.
 */
export interface FaceNetworks {
  /** Resolves when they serve, with what the expression model takes; null: the same crops as the ones that show what hides a face. */
  ready(): Promise<FaceInput | null>;
  /** @param faces as `ExpressionModel` takes them. Theirs from now on: the array may be transferred. */
  classify(faces: Float32Array): Promise<readonly Answer[]>;
  /** As `ClassifierService.hiddenParts`. @param faces theirs from now on. */
  hiddenParts(faces: Float32Array): Promise<readonly HiddenShares[] | null>;
  setSensitivity(sensitivity: Sensitivity): Promise<void>;
  /** Also while they load, which ends then. Later calls reject with `engine/disposed`. */
  dispose(): Promise<void>;
}
