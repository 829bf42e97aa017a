import { expect, it } from 'vitest';
import { after, startOf, type TrainingPlan, type TrainingState } from './training-state';

const PLAN: TrainingPlan = { epochs: 10, batch: 8, learningRate: 0.008, patience: 5, plateau: 2 };

function afterLosses(...losses: readonly number[]): TrainingState {
  const row = (valLoss: number, epoch: number) => ({ epoch, valLoss, accuracy: 0, loss: 0, valAccuracy: 0, learningRate: 0, endedAtMs: 0 });
  return losses.map(row).reduce((state, each) => after(state, each, PLAN), startOf(PLAN));
}

it('continues while the loss falls, up to the last epoch', () => {
  expect(afterLosses(3, 2, 1)).toMatchObject({ best: { epoch: 2, valLoss: 1 }, learningRate: 0.008, isOver: false });
  expect(afterLosses(...Array.from({ length: 10 }, (_, i) => 10 - i)).isOver).toBe(true);
});

it('halves the learning rate on each plateau, and stops when patience runs out', () => {
  expect(afterLosses(1, 2, 2)).toMatchObject({ best: { epoch: 0, valLoss: 1 }, learningRate: 0.004, isOver: false });
  expect(afterLosses(1, 2, 2, 2, 2)).toMatchObject({ learningRate: 0.002, isOver: false });
  expect(afterLosses(1, 2, 2, 2, 2, 2)).toMatchObject({ best: { epoch: 0 }, isOver: true });
  expect(afterLosses(1, 2, 2, 2, 0.5)).toMatchObject({ best: { epoch: 4 }, learningRate: 0.004, isOver: false });
});
