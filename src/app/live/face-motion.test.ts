import { describe, expect, it } from 'vitest';
import type { SkippedFace } from '../../engine/types';
import { FaceMotion } from './face-motion';

const POINT = { x: 0, y: 0 };

function face(track: number, x: number, y = 100, side = 100): SkippedFace {
  return {
    track,
    appearance: null,
    status: 'skipped',
    reason: 'outside-frame',
    box: { x, y, width: side, height: side },
    score: 1,
    keypoints: {
      rightEye: POINT,
      leftEye: POINT,
      noseTip: POINT,
      mouthCenter: POINT,
      rightEarTragion: POINT,
      leftEarTragion: POINT,
    },
    crop: { center: POINT, side, rollDeg: 0 },
    headPose: { yawDeg: 0, pitchDeg: 0, rollDeg: 0 },
    concerns: [],
  };
}

function xAt(motion: FaceMotion, nowMs: number): number {
  const x = motion.at(nowMs)[0]?.box.x;
  if (x === undefined) throw new Error(`no face at ${nowMs} ms`);
  return x;
}

describe('FaceMotion', () => {
  it('keeps a still face exactly in place', () => {
    const motion = new FaceMotion({ fadeMs: () => 150 });
    for (let t = 0; t <= 1000; t += 66) motion.update([face(1, 40)], t, t + 30);
    for (let t = 1020; t < 1080; t += 7) expect(xAt(motion, t)).toBeCloseTo(40, 6);
  });

  it('keeps up with steady movement despite late results', () => {
    const motion = new FaceMotion({ fadeMs: () => 150 });
    const speed = 0.3;
    for (let t = 0; t <= 2000; t += 66) motion.update([face(1, t * speed)], t, t + 40);
    // The last frame is from 1980 ms; without prediction the box would be 15 px behind at 2030 ms.
    expect(Math.abs(xAt(motion, 2030) - 2030 * speed)).toBeLessThan(2);
  });

  it('corrects a sudden displacement smoothly, without jumps', () => {
    const motion = new FaceMotion({ fadeMs: () => 150 });
    for (let t = 0; t <= 500; t += 50) motion.update([face(1, 0)], t, t + 20);
    const before = xAt(motion, 570);
    motion.update([face(1, 60)], 550, 570);
    expect(xAt(motion, 570)).toBeCloseTo(before, 6);
    let largestStep = 0;
    for (let t = 570; t < 640; t += 4) largestStep = Math.max(largestStep, Math.abs(xAt(motion, t + 4) - xAt(motion, t)));
    expect(largestStep).toBeGreaterThan(0);
    expect(largestStep).toBeLessThan(8);
  });

  it('draws the same at a given time however often it is called', () => {
    const often = new FaceMotion({ fadeMs: () => 150 });
    const seldom = new FaceMotion({ fadeMs: () => 150 });
    for (let t = 0; t <= 600; t += 60) {
      for (const motion of [often, seldom]) motion.update([face(1, t * 0.2)], t, t + 25);
      for (let s = 0; s < 60; s += 8) often.at(t + 25 + s);
    }
    expect(often.at(660)).toEqual(seldom.at(660));
  });

  it('stops predicting when results stay away', () => {
    const motion = new FaceMotion({ fadeMs: () => 150 });
    for (let t = 0; t <= 1000; t += 50) motion.update([face(1, t * 0.3)], t, t + 10);
    expect(xAt(motion, 3000)).toBeLessThan(1000 * 0.3 + 0.35 * 120);
  });

  it('hides a box after seconds without a result', () => {
    for (const fadeMs of [0, 150]) {
      const motion = new FaceMotion({ fadeMs: () => fadeMs });
      motion.update([face(1, 0)], 0, 10);
      expect(motion.at(2400)).toHaveLength(1);
      expect(motion.at(2800)).toHaveLength(0);
    }
  });

  it('fades a face in and out, then forgets it', () => {
    const motion = new FaceMotion({ fadeMs: () => 200 });
    motion.update([face(1, 0)], 0, 0);
    expect(motion.at(0)).toHaveLength(0);
    expect(motion.at(100)[0]?.opacity).toBeCloseTo(0.5);
    expect(motion.at(300)[0]?.opacity).toBe(1);
    motion.update([], 400, 400);
    expect(motion.at(500)[0]?.opacity).toBeCloseTo(0.5);
    expect(motion.at(601)).toHaveLength(0);
    motion.update([], 700, 700);
    motion.update([face(1, 500)], 750, 750);
    expect(motion.at(850)[0]?.box.x).toBeCloseTo(500);
  });

  it('does not blink when a face is missed for one frame', () => {
    const motion = new FaceMotion({ fadeMs: () => 200 });
    for (let t = 0; t <= 400; t += 40) motion.update([face(1, 0)], t, t);
    motion.update([], 440, 440);
    motion.update([face(1, 0)], 480, 480);
    const after = motion.at(480)[0]?.opacity ?? 0;
    expect(after).toBeCloseTo(0.8);
    expect(motion.at(521)[0]?.opacity).toBeCloseTo(1);
  });

  it('leaves a lost face where it was drawn', () => {
    const motion = new FaceMotion({ fadeMs: () => 200 });
    for (let t = 0; t <= 400; t += 40) motion.update([face(1, t * 0.5)], t, t);
    motion.update([], 440, 440);
    expect(xAt(motion, 600)).toBeCloseTo(xAt(motion, 440), 6);
  });

  it('keeps tracks apart, in order of their ids', () => {
    const motion = new FaceMotion({ fadeMs: () => 0 });
    motion.update([face(7, 300), face(2, 100)], 0, 0);
    motion.update([face(2, 300), face(7, 100)], 5000, 5000);
    const drawn = motion.at(7000);
    expect(drawn.map((m) => m.face.track)).toEqual([2, 7]);
    expect(drawn[0]?.box.x).toBeGreaterThan(drawn[1]?.box.x ?? Infinity);
  });

  it('tolerates two results of the same time', () => {
    const motion = new FaceMotion({ fadeMs: () => 0 });
    motion.update([face(1, 10)], 100, 110);
    motion.update([face(1, 12)], 100, 115);
    expect(Number.isFinite(xAt(motion, 200))).toBe(true);
  });

  it('shows and hides immediately under reduced motion', () => {
    const motion = new FaceMotion({ fadeMs: () => 0 });
    motion.update([face(1, 0)], 0, 0);
    expect(motion.at(0)[0]?.opacity).toBe(1);
    motion.update([], 40, 40);
    expect(motion.at(40)).toHaveLength(0);
  });

  it('follows changes of the reduced-motion preference', () => {
    let fadeMs = 200;
    const motion = new FaceMotion({ fadeMs: () => fadeMs });
    motion.update([face(1, 0)], 0, 0);
    expect(motion.at(100)[0]?.opacity).toBeCloseTo(0.5);
    fadeMs = 0;
    motion.update([face(1, 0), face(2, 300)], 100, 100);
    expect(motion.at(100).map(({ opacity }) => opacity)).toEqual([1, 1]);
  });
});
