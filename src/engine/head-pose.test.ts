import { describe, expect, it } from 'vitest';
import { estimateHeadPose, headAxes } from './head-pose';
import type { FaceKeypoints } from './types';

type Point3 = [number, number, number];
type Head = Record<keyof FaceKeypoints, Point3>;

// mm; x to the image's right, y down, z away. Independent of the engine's own model.
const AVERAGE: Head = {
  rightEye: [-31.5, 0, 0],
  leftEye: [31.5, 0, 0],
  noseTip: [0, 31.5, -40],
  mouthCenter: [0, 65, -24],
  rightEarTragion: [-66, 17, 56],
  leftEarTragion: [66, 17, 56],
};

/** Rotates a point as a head does: first pitch (up > 0), then yaw (to the image's right > 0), then roll (clockwise > 0). */
function turn([x, y, z]: Point3, yaw: number, pitch: number, roll: number): Point3 {
  const rad = Math.PI / 180;
  const p = pitch * rad;
  // Up: points in front (z < 0) go up (y falls).
  [y, z] = [y * Math.cos(p) + z * Math.sin(p), -y * Math.sin(p) + z * Math.cos(p)];
  const w = yaw * rad;
  // To the right: points in front (z < 0) go right (x grows).
  [x, z] = [x * Math.cos(w) - z * Math.sin(w), x * Math.sin(w) + z * Math.cos(w)];
  const r = roll * rad;
  return [x * Math.cos(r) - y * Math.sin(r), x * Math.sin(r) + y * Math.cos(r), z];
}

/** Projects with true perspective: pixels for a camera `distance` mm away. */
function photograph(head: Head, yaw: number, pitch: number, roll: number, distance = 700, jitter = () => 0): FaceKeypoints {
  const focal = 800;
  return Object.fromEntries(
    Object.entries(head).map(([name, point]) => {
      const [x, y, z] = turn(point, yaw, pitch, roll);
      const depth = distance + z;
      return [name, { x: 320 + (focal * x) / depth + jitter(), y: 240 + (focal * y) / depth + jitter() }];
    }),
  ) as unknown as FaceKeypoints;
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function reshape(scale: Partial<Record<keyof FaceKeypoints, Point3>>): Head {
  return Object.fromEntries(
    Object.entries(AVERAGE).map(([name, p]) => {
      const s = scale[name as keyof FaceKeypoints] ?? [1, 1, 1];
      return [name, [p[0] * s[0], p[1] * s[1], p[2] * s[2]]];
    }),
  ) as unknown as Head;
}

const YAWS = [-40, -25, -10, 0, 10, 25, 40];
const PITCHES = [-25, -10, 0, 10, 25];
const ROLLS = [-40, 0, 15];
const POSES = YAWS.flatMap((yaw) => PITCHES.flatMap((pitch) => ROLLS.map((roll) => [yaw, pitch, roll] as const)));

function worstError(head: Head, distance: number, jitter?: () => number): { yaw: number; pitch: number; roll: number } {
  const worst = { yaw: 0, pitch: 0, roll: 0 };
  for (const [yaw, pitch, roll] of POSES) {
    const pose = estimateHeadPose(photograph(head, yaw, pitch, roll, distance, jitter));
    worst.yaw = Math.max(worst.yaw, Math.abs(pose.yawDeg - yaw));
    worst.pitch = Math.max(worst.pitch, Math.abs(pose.pitchDeg - pitch));
    worst.roll = Math.max(worst.roll, Math.abs(pose.rollDeg - roll));
  }
  return worst;
}

describe('estimateHeadPose', () => {
  it('recovers every pose exactly from a distant camera', () => {
    const worst = worstError(AVERAGE, 1e6);
    expect(Math.max(worst.yaw, worst.pitch, worst.roll)).toBeLessThan(0.1);
  });

  // At 700 mm the eyes are 72 px apart: ±3 px is 4 % of that, and more than BlazeFace's own scatter.
  it.each([
    [500, 0],
    [700, 3],
    [2000, 1],
  ])('stays within 5° up to 40° yaw, %d mm from the camera, with ±%d px of noise', (distance, noise) => {
    const next = random(3);
    const worst = worstError(AVERAGE, distance, () => (next() * 2 - 1) * noise);
    expect(worst.yaw).toBeLessThan(5);
    expect(worst.pitch).toBeLessThan(5);
    expect(worst.roll).toBeLessThan(5);
  });

  it.each<[string, Partial<Record<keyof FaceKeypoints, Point3>>]>([
    ['a long nose', { noseTip: [1, 1, 1.2] }],
    ['a short nose', { noseTip: [1, 1, 0.8] }],
    ['eyes and ears far apart', { rightEye: [1.1, 1, 1], leftEye: [1.1, 1, 1], rightEarTragion: [1.1, 1, 1], leftEarTragion: [1.1, 1, 1] }],
    ['eyes close together', { rightEye: [0.9, 1, 1], leftEye: [0.9, 1, 1] }],
    ['a long face', { noseTip: [1, 1.07, 1], mouthCenter: [1, 1.07, 1] }],
    ['ears set low', { rightEarTragion: [1, 1.4, 1], leftEarTragion: [1, 1.4, 1] }],
    ['a shallow head', { rightEarTragion: [1, 1, 0.9], leftEarTragion: [1, 1, 0.9] }],
  ])('stays within 5° for %s', (_, scale) => {
    const worst = worstError(reshape(scale), 1000);
    expect(worst.yaw).toBeLessThan(5);
    expect(worst.pitch).toBeLessThan(5);
    expect(worst.roll).toBeLessThan(5);
  });

  it('has the signs that types.ts documents', () => {
    const face = photograph(AVERAGE, 0, 0, 0);
    const withNoseAt = (dx: number, dy: number): FaceKeypoints => ({
      ...face,
      noseTip: { x: face.noseTip.x + dx, y: face.noseTip.y + dy },
    });
    expect(estimateHeadPose(withNoseAt(15, 0)).yawDeg).toBeGreaterThan(1);
    expect(estimateHeadPose(withNoseAt(-15, 0)).yawDeg).toBeLessThan(-1);
    expect(estimateHeadPose(withNoseAt(0, -15)).pitchDeg).toBeGreaterThan(1);
    expect(estimateHeadPose(withNoseAt(0, 15)).pitchDeg).toBeLessThan(-1);
    // Clockwise on screen: the eye on the image's right sinks.
    const leaning = estimateHeadPose(photograph(AVERAGE, 0, 0, 30));
    expect(leaning.rollDeg).toBeCloseTo(30, 0);
  });

  it('follows a head that lies on its side or hangs upside down', () => {
    for (const roll of [-150, -90, 90, 135, 175]) {
      expect(estimateHeadPose(photograph(AVERAGE, 10, 5, roll, 1e6)).rollDeg).toBeCloseTo(roll, 3);
    }
  });

  it('is independent of the size of the face in the picture', () => {
    const large = photograph(AVERAGE, 20, -10, 5, 2000);
    const small = Object.fromEntries(
      (Object.entries(large) as [string, { x: number; y: number }][]).map(([name, p]) => [name, { x: p.x / 30, y: p.y / 30 }]),
    ) as unknown as FaceKeypoints;
    const [a, b] = [estimateHeadPose(large), estimateHeadPose(small)];
    expect(b.yawDeg).toBeCloseTo(a.yawDeg, 6);
    expect(b.pitchDeg).toBeCloseTo(a.pitchDeg, 6);
    expect(b.rollDeg).toBeCloseTo(a.rollDeg, 6);
  });

  it.each<[string, (i: number) => { x: number; y: number }]>([
    ['coincide', () => ({ x: 5, y: 5 })],
    ['lie on a horizontal line', (i) => ({ x: i * 7, y: 5 })],
    ['lie on a slanted line', (i) => ({ x: i * 7, y: i * 3 })],
    ['are not numbers', () => ({ x: NaN, y: NaN })],
    ['are infinite', (i) => ({ x: i % 2 ? Infinity : -Infinity, y: 0 })],
    ['are astronomically large', (i) => ({ x: 1e300 * (i - 3), y: -1e300 * i * i })],
  ])('gives finite angles when the points %s', (_, at) => {
    const names = Object.keys(AVERAGE) as (keyof FaceKeypoints)[];
    const pose = estimateHeadPose(Object.fromEntries(names.map((name, i) => [name, at(i)])) as unknown as FaceKeypoints);
    for (const angle of Object.values(pose) as number[]) expect(Number.isFinite(angle)).toBe(true);
  });
});

describe('headAxes', () => {
  it.each(POSES)('matches the axes of a head turned %d°, %d°, %d° as seen by a distant camera', (yaw, pitch, roll) => {
    const axes = headAxes({ yawDeg: yaw, pitchDeg: pitch, rollDeg: roll });
    const seen = { right: turn([1, 0, 0], yaw, pitch, roll), up: turn([0, -1, 0], yaw, pitch, roll), ahead: turn([0, 0, -1], yaw, pitch, roll) };
    for (const name of ['right', 'up', 'ahead'] as const) {
      expect(axes[name].x).toBeCloseTo(seen[name][0], 9);
      expect(axes[name].y).toBeCloseTo(seen[name][1], 9);
    }
  });
});
