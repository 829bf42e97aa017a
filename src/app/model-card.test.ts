import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EXPRESSIONS } from '../engine/labels';
import { SENSITIVITIES } from '../engine/mixing';
import { readCard } from './model-card';

const EMPTY = { facts: [], transfer: null, sensitivity: [], accuracy: [], calibration: null, robustness: [], knownFailures: [], notFor: [] };

it('shows all parts of the card that is shipped', () => {
  const view = readCard(JSON.parse(readFileSync('public/models/mien-s/card.json', 'utf8')));
  expect(view.facts.map(([name]) => name)).toEqual(expect.arrayContaining(['Model', 'Size', 'Trained on', 'Measured on', 'SHA-256']));
  expect(view.accuracy.length).toBeGreaterThan(0);
  for (const row of view.accuracy) {
    expect(row.confusion?.flat().reduce((a, b) => a + b)).toBe(row.count);
    const right = EXPRESSIONS.reduce((sum, _, i) => sum + (row.confusion?.[i]?.[i] ?? 0), 0);
    expect(right / row.count).toBeCloseTo(row.accuracy, 6);
    expect(row.interval95?.[0]).toBeLessThan(row.accuracy);
    expect(row.interval95?.[1]).toBeGreaterThan(row.accuracy);
  }
  expect(view.transfer?.sets.map(({ name }) => name)).toEqual(['CK+ peak', 'Taiwanese, clear', 'photographs']);
  const recalls = view.transfer?.sets.map(({ recall }) => recall) ?? [];
  expect(recalls.reduce((a, b) => a + b, 0) / recalls.length).toBeCloseTo(view.transfer?.score ?? NaN, 6);
  for (const { accuracy, accuracyAt80, recall, recall95 } of view.transfer?.sets ?? []) {
    // Its confidence must tell something: the surest four fifths are right at least five points more often.
    expect(accuracyAt80).toBeGreaterThanOrEqual(accuracy + 0.05);
    expect(recall95[0]).toBeLessThan(recall);
    expect(recall95[1]).toBeGreaterThan(recall);
  }
  expect(view.sensitivity.map(({ level }) => level)).toEqual(SENSITIVITIES);
  expect(view.calibration?.bins.reduce((sum, bin) => sum + bin.faces, 0)).toBe(view.calibration?.count);
  expect(view.robustness.map((sweep) => sweep.name)).toContain('box scale');
  for (const { points } of view.robustness) expect(points.every((p) => p.accuracy > 0 && p.accuracy < 1)).toBe(true);
  expect(view.knownFailures.length).toBeGreaterThan(0);
  expect(view.notFor.length).toBeGreaterThan(0);
});

it('is of a model that may ship', () => {
  const card = JSON.parse(readFileSync('public/models/mien-s/card.json', 'utf8')) as {
    readonly bytes: number;
    readonly parameters: number;
    readonly multiplyAdds: number;
    readonly metrics: readonly { readonly output: string; readonly labels: string; readonly perClass: Record<string, { recall: number; count: number }> }[];
  };
  expect(card.bytes).toBeLessThanOrEqual(4_000_000);
  expect(card.parameters).toBeLessThanOrEqual(2_000_000);
  expect(card.multiplyAdds).toBeLessThanOrEqual(100_000_000);
  expect(readCard(card).calibration?.ece).toBeLessThanOrEqual(0.03);
  const byVotes = card.metrics.filter(({ labels }) => labels === 'FER+ votes');
  expect(byVotes).toHaveLength(2);
  for (const { output, perClass } of byVotes) {
    for (const [name, { recall, count }] of Object.entries(perClass)) {
      if (count >= 30) expect(recall, `${output}: ${name}`).toBeGreaterThanOrEqual(0.65);
    }
  }
});

/** Parts of the right name and the wrong shape. */
const CROOKED = {
  transfer: { score: 0.7, sets: [{ name: 'x', faces: 3 }] },
  sensitivity: [{ level: 'eager', transferScore: '0.7' }],
  calibration: { outputs: { mean_ferplus: { after: { count: 3, ece: 'x' } } } },
  robustness: { sweeps: { roll: [{ at: '1' }], size: 'x' } },
};

it.each([null, 3, 'x', [], {}, { metrics: [{}, null, 'x'], notFor: [1], data: 'x', bytes: '3' }, CROOKED])('shows nothing of %j', (json) =>
  expect(readCard(json)).toEqual(EMPTY),
);
