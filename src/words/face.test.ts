import { expect, it } from 'vitest';
import { wordHeadPose } from './face';

it('says which way a head turns, as seen in the picture', () => {
  expect(wordHeadPose({ yawDeg: 12.4, pitchDeg: -3.6, rollDeg: 0.4 })).toEqual([
    ['Turn', '12° right'],
    ['Nod', '4° down'],
    ['Tilt', '0°'],
  ]);
});
