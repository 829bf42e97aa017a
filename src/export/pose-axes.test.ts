import { describe, expect, it } from 'vitest';
import { pixelRect } from '../engine/geometry';
import { poseStrokes } from './pose-axes';

const BOX = pixelRect(100, 200, 80, 100);
const strokes = (yawDeg: number, pitchDeg = 0, rollDeg = 0) => {
  const [right, up, ahead] = poseStrokes(BOX, { yawDeg, pitchDeg, rollDeg });
  if (!right || !up || !ahead) throw new Error('an axis is missing');
  return { right, up, ahead };
};
const reach = ({ from, to }: { from: { x: number; y: number }; to: { x: number; y: number } }) => Math.hypot(to.x - from.x, to.y - from.y);

describe('poseStrokes', () => {
  it('starts between eyes and nose of a frontal face, with the ahead axis as a point', () => {
    const { right, up, ahead } = strokes(0);
    expect(right.from.x).toBeCloseTo(140, 6);
    expect(right.from.y).toBeGreaterThan(225);
    expect(right.from.y).toBeLessThan(250);
    expect(right.to.x).toBeGreaterThan(right.from.x);
    expect(up.to.y).toBeLessThan(up.from.y);
    expect(reach(ahead)).toBeCloseTo(0, 6);
    expect(reach(right)).toBeCloseTo(32, 6);
  });

  it('points where the face looks, and starts closer to that side', () => {
    const { ahead } = strokes(40);
    expect(ahead.to.x).toBeGreaterThan(ahead.from.x);
    expect(ahead.from.x).toBeGreaterThan(140);
    const down = strokes(0, -30).ahead;
    expect(down.to.y).toBeGreaterThan(down.from.y);
  });

  it('follows the head’s roll', () => {
    const { right } = strokes(0, 0, 90);
    expect(right.to.x).toBeCloseTo(right.from.x, 6);
    expect(right.to.y).toBeGreaterThan(right.from.y);
  });
});
