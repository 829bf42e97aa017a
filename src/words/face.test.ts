import { expect, it } from 'vitest';
import { toProbabilities } from '../engine/labels';
import { wordExpression, wordHeadPose } from './face';

it('says which way a head turns, as seen in the picture', () => {
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
