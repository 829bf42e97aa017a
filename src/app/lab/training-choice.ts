import type { Augmentation } from '../../lab/teach/augment';
import type { Trainable } from '../../lab/teach/trainable';
import type { Checkpoint } from '../../lab/teach/training';
import type { TrainingPlan } from '../../lab/teach/training-state';
import type { DataName } from './data-words';

/** Settings of a training run, without the faces. */
export interface TrainingChoice {
  readonly name: string;
  readonly network: Trainable;
  readonly plan: TrainingPlan;
  readonly augmentation: Augmentation;
}

/** Interrupted training as stored on this device. */
export interface KeptTraining {
  readonly choice: TrainingChoice;
  readonly dataName: DataName;
  /** See `digestOf`: training cannot resume with other faces or labels. */
  readonly digest: string;
  readonly checkpoint: Checkpoint;
  /** Computing time so far, ms. */
  readonly spentMs: number;
  readonly savedAtMs: number;
}
