import { expect, it } from 'vitest';
import type { EvaluationResult, Judgement } from './evaluation';
import { answersCsv, figuresJson } from './evaluation-files';

it('writes all columns of each evaluated face, and answers precise enough to recompute the figures', async () => {
  const face = (i: number, person: string | null) => ({ name: `${i}.png`, label: '3', columns: { usage: 'test', age: `${20 + i}` }, category: 'happy', person, concerned: false });
  const probabilities = Float32Array.of(1 / 3, 2 / 3, 0.9, 0.1, 0.8, 0.2);
  const first = { name: 'Mien’s own', answers: { classes: ['sad', 'happy'], labels: [1, 1, 1], probabilities } } as unknown as Judgement;
  const data = { faces: [face(0, 'Anna'), face(1, null), face(2, null), face(3, null)], bursts: [0, 1, 1, 3] };
  const blob = await answersCsv({ data, faces: [0, 2, 3], first, second: null } as unknown as EvaluationResult, false);
  const csv = await blob.text();
  expect(csv.split('\r\n')).toEqual([
    'face,name,label,class,person,group,data_usage,data_age,model,answer,confidence,sad,happy',
    '0,0.png,3,happy,Anna,person Anna,test,20,Mien’s own,happy,0.666666687,0.333333343,0.666666687',
    '2,2.png,3,happy,,near-duplicates 1,test,22,Mien’s own,sad,0.899999976,0.899999976,0.100000001',
    '3,3.png,3,happy,,face 3,test,23,Mien’s own,sad,0.800000012,0.800000012,0.200000003',
    '',
  ]);
  expect(Math.fround(0.666666687)).toBe(probabilities[1]);
});

it('writes the accuracy for every group with enough faces', async () => {
  const COUNT = 80;
  const faces = Array.from({ length: COUNT }, (_, i) => ({ name: '', label: '', columns: { age: `${i / 4}`, site: i < 60 ? 'a' : 'b' }, category: 'happy', person: null, concerned: false }));
  const answers = { classes: ['sad', 'happy'], labels: faces.map(() => 1), probabilities: faces.flatMap((_, i) => (i < 30 ? [1, 0] : [0, 1])) };
  const first = { name: 'm', answers, accuracy: { interval: {} }, calibration: {} } as unknown as Judgement;
  const result = { data: { name: 'set', faces, leftOut: [], bursts: faces.map((_, i) => i) }, faces: faces.map((_, i) => i), unknown: new Map(), first, second: null, comparison: null, durationMs: 1 } as unknown as EvaluationResult;
  const { models } = JSON.parse(await figuresJson(result).text()) as { models: [{ by_group: unknown }] };
  // Age ranges have 20 faces each, and site b has 20: too few to report.
  expect(models[0].by_group).toEqual([{ column: 'data_site', fewest_faces: 30, groups: [{ value: 'a', count: 60, correct: 30, accuracy: 0.5, interval95: [expect.closeTo(0.377, 3), expect.closeTo(0.623, 3)] as unknown }] }]);
});
