import { EXPRESSIONS } from '../engine/labels';

/** A card in the format of `training.zoo.export`, with invented figures. For tests. */
export const ZOO_CARD = {
  id: 'seed-drawn',
  version: '1.0.0',
  sha256: '0'.repeat(64),
  input: { side: 48, channels: 1 },
  scaling: 'unit',
  labels: [...EXPRESSIONS],
  parameters: 1000,
  bytes: 1200,
  training: { recipe: 'Adam', words: '3 of at most 50 epochs', epochs: 3, plannedEpochs: 50, finished: false },
  data: 'drawn faces',
  claim: { words: 'no figure', accuracy: null },
  metrics: [{ output: 'As the app shows', labels: 'FER2013 labels', rule: '', count: 10, accuracy: 0.5, interval95: [0.2, 0.8], macroF1: 0.4, confusion: null }],
  transfer: { score: 0.4, sets: [{ name: 'drawn', source: '', faces: 7, people: 7, accuracy: 0.4, recall: 0.4, recall95: [0.1, 0.7], ece: 0.1, coverage: [], perClass: {} }] },
};
