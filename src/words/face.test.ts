import { expect, it } from 'vitest';
import { pixelRect } from '../engine/geometry';
import { toProbabilities } from '../engine/labels';
import { withOtherClass } from '../engine/found-face';
import type { ClassifiedFace } from '../engine/types';
import { headlineOf, wordExpression, wordHeadPose } from './face';
import { explainUncertain } from './uncertain';

it('gives the direction of a head turn as seen in the picture', () => {
  expect(wordHeadPose({ yawDeg: 12.4, pitchDeg: -3.6, rollDeg: 0.4 })).toEqual([
    ['Turn', '12° right'],
    ['Nod', '4° down'],
    ['Tilt', '0°'],
  ]);
});

it('names an expression that stands out, and both of a close call', () => {
  expect(wordExpression(toProbabilities([0, 0, 0, 0.93, 0.02, 0, 0.05]))).toEqual({ name: 'Happy', share: '93%' });
  expect(wordExpression(toProbabilities([0, 0, 0, 0.15, 0.44, 0, 0.41]))).toEqual({ name: 'Sad or neutral', share: '44% and 41%' });
});

it('names the model’s own class instead of an expression, unless the picture is doubtful too', () => {
  const answer = { probabilities: toProbabilities([0, 0, 0, 0.6, 0.4, 0, 0]), other: { name: 'tongue out', share: 0.95 } };
  const point = { x: 0, y: 0 };
  const face = (concerns: ClassifiedFace['concerns']): ClassifiedFace => ({
    ...{ status: 'classified', track: 1, appearance: null, box: pixelRect(0, 0, 40, 40), score: 1, crop: { center: point, side: 40, rollDeg: 0 } },
    keypoints: { rightEye: point, leftEye: point, noseTip: point, mouthCenter: point, rightEarTragion: point, leftEarTragion: point },
    headPose: { yawDeg: 0, pitchDeg: 0, rollDeg: 0 },
    ...{ raw: answer.probabilities, smoothed: answer.probabilities, label: 'happy', confidence: 0.6, uncertain: true },
    concerns: withOtherClass(concerns, answer),
  });
  expect(headlineOf(face([]))).toBe('Tongue out 95%');
  expect(explainUncertain(face([]))).toBe('A class of the model’s own. The seven expressions share the rest.');
  expect(headlineOf(face([{ kind: 'dark', value: 0.05 }]))).toBe('Uncertain: too dark, tongue out 95%, a class of the model’s own');

  // A model without any of the seven has no closest expression.
  const none = (concerns: ClassifiedFace['concerns']) => ({ ...face(concerns), smoothed: toProbabilities(Array.from({ length: 7 }, () => 1 / 7)) });
  expect(explainUncertain(none([]))).toBe('A class of the model’s own.');
  expect(explainUncertain(none([{ kind: 'dark', value: 0.05 }]))).toBe('Too dark, tongue out 95%, a class of the model’s own.');
});
