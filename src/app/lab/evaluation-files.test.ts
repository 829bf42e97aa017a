import { expect, it } from 'vitest';
import type { EvaluationResult, Judgement } from './evaluation';
import { answersCsv } from './evaluation-files';

it('writes of each judged face all that its data set says, and answers from which the figures can be computed again', async () => {
  const face = (i: number, person: string | null) => ({ name: `${i}.png`, label: '3', columns: { usage: 'test', age: `${20 + i}` }, category: 'happy', person, concerned: false });
  const probabilities = Float32Array.of(1 / 3, 2 / 3, 0.9, 0.1);
  const first = { name: 'Mien’s own', answers: { classes: ['sad', 'happy'], labels: [1, 1], probabilities } } as unknown as Judgement;
  const data = { faces: [face(0, 'Anna'), face(1, null), face(2, null)], bursts: [0, 1, 1] };
  const blob = await answersCsv({ data, faces: [0, 2], first, second: null } as unknown as EvaluationResult, false);
  const csv = await blob.text();
  expect(csv.split('\r\n')).toEqual([
    'name,label,class,person,group,data_usage,data_age,model,answer,confidence,sad,happy',
    '0.png,3,happy,Anna,person Anna,test,20,Mien’s own,happy,0.666666687,0.333333343,0.666666687',
    '2.png,3,happy,,near-duplicates 1,test,22,Mien’s own,sad,0.899999976,0.899999976,0.100000001',
    '',
  ]);
  expect(Math.fround(0.666666687)).toBe(probabilities[1]);
});
