import type { Augmentation } from '../../lab/teach/augment';
import type { Trainable } from '../../lab/teach/trainable';
import type { Checkpoint } from '../../lab/teach/training';
import type { TrainingPlan } from '../../lab/teach/training-state';
import type { DataName } from './data-words';

/** What is trained, but for the faces. */
export interface TrainingChoice {
  readonly name: string;
  readonly network: Trainable;
  readonly plan: TrainingPlan;
  readonly augmentation: Augmentation;
}

/** Training that was under way, as it lies on this device. */
export interface KeptTraining {
  readonly choice: TrainingChoice;
  readonly dataName: DataName;
  /** See `digestOf`: with other faces or labels it cannot go on. */
  readonly digest: string;
  readonly checkpoint: Checkpoint;
  /** Computing time until then, ms. */
  readonly spentMs: number;
  readonly savedAtMs: number;
}
