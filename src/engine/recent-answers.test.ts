import { describe, expect, it } from 'vitest';
import { CROP_SIZE } from './crop-arithmetic';
import { toProbabilities } from './labels';
import { RecentAnswers } from './recent-answers';

const RAW = toProbabilities([1, 0, 0, 0, 0, 0, 0]);
const crop = (phase: number) => Float32Array.from({ length: CROP_SIZE * CROP_SIZE }, (_, i) => Math.SQRT2 * Math.sin(i / 5 + phase));
const faces = (count: number, phase: number) => Array.from({ length: count }, (_, i) => ({ track: i + 1, crop: crop(phase) }));

describe('RecentAnswers', () => {
  it('asks for every new face, and for none that looks the same', () => {
    const answers = new RecentAnswers();
    expect(answers.choose(faces(5, 0))).toEqual([0, 1, 2, 3, 4]);
    for (const face of faces(5, 0)) answers.put(face, RAW);
    expect(answers.choose(faces(5, 0.01))).toEqual([]);
    expect(answers.get(3)).toBe(RAW);
    expect(answers.get(6)).toBeNull();
  });

  it('asks for changed faces by turns, so that each is asked for in a few frames', () => {
    const answers = new RecentAnswers();
    for (const face of faces(5, 0)) answers.put(face, RAW);
    const asked = [1, 2, 3].flatMap((phase) => {
      const now = faces(5, phase);
      const chosen = answers.choose(now);
      expect(chosen.length).toBeLessThanOrEqual(2);
      for (const i of chosen) answers.put(now[i] ?? { track: 0, crop: crop(0) }, RAW);
      return chosen;
    });
    expect(new Set(asked).size).toBe(5);
  });

  it('forgets tracks that have ended', () => {
    const answers = new RecentAnswers();
    for (const face of faces(2, 0)) answers.put(face, RAW);
    answers.retain([2]);
    expect(answers.get(1)).toBeNull();
    expect(answers.choose(faces(2, 0))).toEqual([0]);
  });
});
