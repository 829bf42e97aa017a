import { expect, it } from 'vitest';
import { describeCard } from './model-card';

it('words plain values and nested parts of a card', () => {
  const card = { id: 'mien-s', labels: ['angry', 'sad'], metrics: { ferplus: { accuracy: 0.912345, faces: 2854 } }, input: { maxSide: 48 } };
  expect(describeCard(card)).toEqual([
    { title: 'This model', facts: [['Id', 'mien-s'], ['Labels', 'angry, sad']] },
    { title: 'Metrics', facts: [['Ferplus, accuracy', '0.9123'], ['Ferplus, faces', '2,854']] },
    { title: 'Input', facts: [['Max side', '48']] },
  ]);
});

it.each([null, 3, 'x', [], {}])('says nothing of %j', (json) => expect(describeCard(json)).toEqual([]));
