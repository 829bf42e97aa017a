import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EXPRESSIONS } from '../../engine/labels';
import { readCard } from './model-card';

const EMPTY = { facts: [], accuracy: [], knownFailures: [], notFor: [] };

it('shows all parts of the card that is shipped', () => {
  const view = readCard(JSON.parse(readFileSync('public/models/mien-s/card.json', 'utf8')));
  expect(view.facts.map(([name]) => name)).toEqual(expect.arrayContaining(['Model', 'Size', 'Trained on', 'Measured on', 'SHA-256']));
  expect(view.accuracy.length).toBeGreaterThan(0);
  for (const row of view.accuracy) {
    expect(Object.keys(row.recall)).toEqual([...EXPRESSIONS]);
    expect(row.interval95?.[0]).toBeLessThan(row.accuracy);
    expect(row.interval95?.[1]).toBeGreaterThan(row.accuracy);
  }
  expect(view.knownFailures.length).toBeGreaterThan(0);
  expect(view.notFor.length).toBeGreaterThan(0);
});

it.each([null, 3, 'x', [], {}, { metrics: [{}, null, 'x'], notFor: [1], data: 'x', bytes: '3' }])('shows nothing of %j', (json) =>
  expect(readCard(json)).toEqual(EMPTY),
);
