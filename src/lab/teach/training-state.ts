import type { EpochRow } from './training-log';

/** Duration and learning rate of training. */
export interface TrainingPlan {
  readonly epochs: number;
  readonly batch: number;
  readonly learningRate: number;
  /** Epochs without a lower validation loss after which training stops. */
  readonly patience: number;
  /** Epochs without a lower validation loss after which the learning rate is halved. */
  readonly plateau: number;
}

export const LEAST_LEARNING_RATE = 1e-6;

/** State after some epochs, for early stopping and the plateau rule. */
export interface TrainingState {
  readonly rows: readonly EpochRow[];
  readonly learningRate: number;
  /** Epoch with the lowest validation loss; null before the first epoch. */
  readonly best: { readonly epoch: number; readonly valLoss: number } | null;
  /** Epochs since the learning rate or the best epoch changed. */
  readonly waited: number;
  readonly isOver: boolean;
}

export function startOf({ learningRate }: TrainingPlan): TrainingState {
  return { rows: [], learningRate, best: null, waited: 0, isOver: false };
}

/** State after one more epoch: updates the best epoch, and applies the plateau rule and early stopping. */
export function after(state: TrainingState, row: EpochRow, plan: TrainingPlan): TrainingState {
  const rows = [...state.rows, row];
  const best = state.best && state.best.valLoss <= row.valLoss ? state.best : { epoch: row.epoch, valLoss: row.valLoss };
  const isBest = best.epoch === row.epoch;
  const waited = isBest ? 0 : state.waited + 1;
  const halves = waited >= plan.plateau && state.learningRate > LEAST_LEARNING_RATE;
  return {
    rows,
    best,
    learningRate: halves ? Math.max(LEAST_LEARNING_RATE, state.learningRate / 2) : state.learningRate,
    waited: halves ? 0 : waited,
    isOver: rows.length >= plan.epochs || row.epoch - best.epoch >= plan.patience,
  };
}
