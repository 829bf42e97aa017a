import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXPRESSIONS } from './labels';
import { SENSITIVITIES } from './mixing';
import { readModelCard } from './model-card';

const JSON_OF_SHIPPED: unknown = JSON.parse(readFileSync('public/models/mien-s/card.json', 'utf8'));
const SHIPPED = readModelCard(JSON_OF_SHIPPED);

function changed(part: Readonly<Record<string, unknown>>): unknown {
  return { ...(JSON_OF_SHIPPED as object), ...part };
}

describe('the shipped card', () => {
  it('is complete, and its figures are consistent', () => {
    const { metrics, transfer, sensitivity, calibration, robustness, knownFailures, notFor, bytes, data } = SHIPPED;
    expect(bytes).toBeGreaterThan(0);
    expect(Object.values(data).every((words) => words !== '')).toBe(true);
    expect(metrics.length).toBeGreaterThan(0);
    for (const row of metrics) {
      expect(row.confusion?.flat().reduce((a, b) => a + b)).toBe(row.count);
      const right = EXPRESSIONS.reduce((sum, _, i) => sum + (row.confusion?.[i]?.[i] ?? 0), 0);
      expect(right / row.count).toBeCloseTo(row.accuracy, 6);
      expect(row.interval95?.[0]).toBeLessThan(row.accuracy);
      expect(row.interval95?.[1]).toBeGreaterThan(row.accuracy);
    }
    expect(transfer?.sets.map(({ name }) => name)).toEqual(['CK+ peak', 'Taiwanese, clear', 'photographs']);
    const recalls = transfer?.sets.map(({ recall }) => recall) ?? [];
    expect(recalls.reduce((a, b) => a + b, 0) / recalls.length).toBeCloseTo(transfer?.score ?? NaN, 6);
    const gains = transfer?.sets.map(({ surest80, accuracy }) => (surest80?.accuracy ?? NaN) - accuracy) ?? [];
    const byVotes = metrics.find(({ labels, output }) => labels === 'FER+ votes' && output === 'As the app shows');
    // Confidence must be informative: accuracy of the most confident four fifths is five points higher. With 80 photographs these are 64,
    // one of which is 1.6 points, so the mean over the sets counts.
    expect(gains.reduce((a, b) => a + b, 0) / gains.length).toBeGreaterThanOrEqual(0.05);
    expect((transfer?.ferplusSurest80?.accuracy ?? NaN) - (byVotes?.accuracy ?? NaN)).toBeGreaterThanOrEqual(0.05);
    for (const { faces, recall, recall95, surest80 } of transfer?.sets ?? []) {
      expect(surest80?.faces).toBe(Math.round(0.8 * faces));
      expect(surest80?.accuracy).toBeGreaterThan(surest80?.interval95[0] ?? NaN);
      expect(surest80?.accuracy).toBeLessThan(surest80?.interval95[1] ?? NaN);
      expect(recall95[0]).toBeLessThan(recall);
      expect(recall95[1]).toBeGreaterThan(recall);
    }
    expect(sensitivity.map(({ level }) => level)).toEqual(SENSITIVITIES);
    expect(calibration?.bins.reduce((sum, bin) => sum + bin.faces, 0)).toBe(calibration?.count);
    expect(robustness.map((sweep) => sweep.name)).toContain('box scale');
    for (const { points } of robustness) expect(points.every((p) => p.accuracy > 0 && p.accuracy < 1)).toBe(true);
    expect(knownFailures.length).toBeGreaterThan(0);
    expect(notFor.length).toBeGreaterThan(0);
  });

  it('belongs to a model that meets the release criteria', () => {
    expect(SHIPPED.bytes).toBeLessThanOrEqual(4_000_000);
    expect(SHIPPED.parameters).toBeLessThanOrEqual(2_000_000);
    expect(SHIPPED.multiplyAdds).toBeLessThanOrEqual(100_000_000);
    expect(SHIPPED.calibration?.ece).toBeLessThanOrEqual(0.03);
    const byVotes = SHIPPED.metrics.filter(({ labels }) => labels === 'FER+ votes');
    expect(byVotes).toHaveLength(2);
    for (const { output, confusion } of byVotes) {
      confusion?.forEach((row, i) => {
        const faces = row.reduce((a, b) => a + b);
        if (faces >= 30) expect((row[i] ?? 0) / faces, `${output}: ${EXPRESSIONS[i]}`).toBeGreaterThanOrEqual(0.65);
      });
    }
  });
});

describe('readModelCard', () => {
  it('reads a card without descriptions', () => {
    const { id, version, sha256, labels, input, mixing } = SHIPPED;
    expect(readModelCard({ id, version, sha256, labels, input: { width: input.width, height: input.height }, mixing })).toMatchObject({
      ...{ id, mixing, bytes: null, transfer: null, calibration: null },
      ...{ metrics: [], sensitivity: [], robustness: [], knownFailures: [], notFor: [] },
    });
  });

  it('drops a description of another shape', () => {
    const card = changed({
      metrics: [{}, null, 'x', (JSON_OF_SHIPPED as { metrics: unknown[] }).metrics[0]],
      transfer: { score: 0.7, sets: [{ name: 'x', faces: 3 }] },
      sensitivity: [{ level: 'eager', transferScore: '0.7' }],
      calibration: { outputs: { mean_ferplus: { after: { count: 3, ece: 'x' } } } },
      robustness: { sweeps: { roll: [{ at: '1' }] } },
      notFor: [1, 'exams'],
      ...{ data: 'x', bytes: '3' },
    });
    expect(readModelCard(card)).toMatchObject({ transfer: null, sensitivity: [], calibration: null, robustness: [], notFor: ['exams'], bytes: null });
    expect(readModelCard(card).metrics).toEqual(SHIPPED.metrics.slice(0, 1));
  });

  const { shares, priors, ...rule } = SHIPPED.mixing;
  it.each([
    ['nothing', null, 'corrupt'],
    ['a list', [], 'corrupt'],
    ['a card without checksum', changed({ sha256: undefined }), 'corrupt'],
    ['shares that do not sum to 1', changed({ mixing: { ...rule, priors, shares: { fer2013: 0.5, ferplus: 0.4 } } }), 'corrupt'],
    ['a head without priors', changed({ mixing: { ...rule, shares, priors: { fer2013: priors['fer2013'] } } }), 'corrupt'],
    ['a prior of 0', changed({ mixing: { ...rule, shares, priors: { ...priors, fer2013: [0, 1, 1, 1, 1, 1, 1] } } }), 'corrupt'],
    ['another order of labels', changed({ labels: SHIPPED.labels.toReversed() }), 'incompatible'],
    ['another input size', changed({ input: { width: 64, height: 64 } }), 'incompatible'],
  ])('refuses %s', (_, card, reason) => {
    expect(() => readModelCard(card)).toThrow(expect.objectContaining({ kind: 'model', reason }));
  });
});
