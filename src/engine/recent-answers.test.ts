import { describe, expect, it } from 'vitest';
import { toProbabilities } from './labels';
import { RecentAnswers } from './recent-answers';

const RAW = toProbabilities([1, 0, 0, 0, 0, 0, 0]);

function answered(...tracks: number[]): RecentAnswers {
  const answers = new RecentAnswers();
  for (const track of tracks) answers.put(track, RAW);
  return answers;
}

describe('RecentAnswers', () => {
  it('asks for every new face', () => {
    expect(new RecentAnswers().choose([1, 2, 3, 4, 5])).toEqual([0, 1, 2, 3, 4]);
    expect(answered(1, 2).choose([1, 2, 7])).toContain(2);
  });

  it('asks for one or two known faces in every frame', () => {
    expect(answered(1).choose([1])).toEqual([0]);
    expect(answered(1, 2).choose([1, 2])).toEqual([0, 1]);
  });

  it('asks for many by turns, and keeps the answers of the others', () => {
    const tracks = [1, 2, 3, 4, 5];
    const answers = answered(...tracks);
    const asked = [1, 2, 3].flatMap(() => {
      const chosen = answers.choose(tracks);
      expect(chosen).toHaveLength(2);
      for (const i of chosen) answers.put(tracks[i] ?? 0, RAW);
      return chosen;
    });
    expect(new Set(asked).size).toBe(5);
    expect(answers.get(3)).toBe(RAW);
  });

  it('forgets tracks that have ended', () => {
    const answers = answered(1, 2);
    answers.retain([2]);
    expect(answers.get(1)).toBeNull();
  });
});
