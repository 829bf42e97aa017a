import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readModelCard } from '../engine/model-card';
import { cardFacts } from './model-card';

const CARD = readModelCard(JSON.parse(readFileSync('public/models/mien-s/card.json', 'utf8')));

it('lists the card’s facts', () => {
  const names = ['Model', 'Version', 'Size', 'Parameters', 'Multiply-adds', 'What it sees', 'Trained on', 'Labels', 'Measured on', 'Data licence', 'SHA-256'];
  expect(cardFacts(CARD).map(([name]) => name)).toEqual(names);
  expect(cardFacts({ ...CARD, bytes: null, data: { ...CARD.data, licence: '' } }).map(([name]) => name)).toEqual(
    names.filter((name) => name !== 'Size' && name !== 'Data licence'),
  );
  expect(cardFacts({ ...CARD, parameters: 1_673_454 })).toContainEqual(['Parameters', '1,673,454']);
});
