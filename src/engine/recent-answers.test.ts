import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../scripts/drawn-faces/looks';
import { RecentAnswers, type FollowedFace } from './recent-answers';

const FRAME_MS = 33;

/** A face whose crop has blocks of random light, others for other looks. */
function face(track: number, looks = 0): FollowedFace {
  const random = seededRandom(looks + 1);
  const blocks = Array.from({ length: 64 }, random);
  return { track, luminance: Float32Array.from({ length: 48 * 48 }, (_, i) => blocks[Math.floor((i % 48) / 6) + 8 * Math.floor(i / 288)] ?? 0) };
}

/** Faces whose looks stay the same. */
function calm(tracks: readonly number[]): FollowedFace[] {
  return tracks.map((track) => face(track));
}

/** Asks in successive frames; each answer is the number of its frame. */
function stream(leastAgeMs = 0, mostKnown = 2) {
  const answers = new RecentAnswers<number>({ mostKnown, leastAgeMs });
  let frame = -1;
  const next = async (tracks: readonly number[], looks: Readonly<Record<number, number>> = {}) => {
    frame++;
    const asked: number[] = [];
    const given = await answers.answer(tracks.map((track) => face(track, looks[track])), frame * FRAME_MS, (indexes) => {
      asked.push(...indexes);
      return Promise.resolve(indexes.map(() => frame));
    });
    return { asked, given };
  };
  return { answers, next };
}

describe('RecentAnswers', () => {
  it('asks for every new face', async () => {
    const { next } = stream();
    expect((await next([1, 2, 3, 4, 5])).asked).toEqual([0, 1, 2, 3, 4]);
    expect((await next([1, 2, 7])).asked).toContain(2);
  });

  it('asks for one or two known faces in every frame', async () => {
    const { next } = stream();
    await next([1, 2]);
    expect(await next([1])).toEqual({ asked: [0], given: [1] });
    expect(await next([1, 2])).toEqual({ asked: [1, 0], given: [2, 2] });
  });

  it('asks for many that change in turns, two per frame, and keeps the answers of the others', async () => {
    const { next } = stream();
    const tracks = [1, 2, 3, 4, 5];
    const looks = (all: number) => Object.fromEntries(tracks.map((track) => [track, all]));
    expect((await next(tracks, looks(0))).given).toEqual([0, 0, 0, 0, 0]);
    expect((await next(tracks, looks(1))).given.sort()).toEqual([0, 0, 0, 1, 1]);
    expect((await next(tracks, looks(2))).given.sort()).toEqual([0, 1, 1, 2, 2]);
    const { asked, given } = await next(tracks, looks(3));
    expect(asked).toHaveLength(2);
    expect(given).not.toContain(0);
  });

  it('asks for one of many calm faces per frame, and for those that change at once', async () => {
    const { next } = stream();
    const tracks = [1, 2, 3, 4, 5];
    await next(tracks);
    expect((await next(tracks)).asked).toEqual([0]);
    expect((await next(tracks)).asked).toEqual([1]);
    expect((await next(tracks, { 4: 1, 5: 2 })).asked).toEqual([3, 4]);
    expect((await next(tracks, { 4: 1, 5: 2 })).asked).toEqual([2]);
  });

  it('renews no answer later than 200 ms because its face is calm', async () => {
    const { next } = stream();
    const tracks = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const frames = Array.from({ length: 40 }, () => tracks);
    const given: (readonly (number | null)[])[] = [];
    for (const all of frames) given.push((await next(all)).given);
    // Two per frame, as if all changed, would take five frames.
    given.forEach((answers, frame) => expect(frame - Math.min(...answers.map(Number))).toBeLessThanOrEqual(8));
  });

  it('keeps an answer for its minimum age, by the stream\'s clock', async () => {
    const { next } = stream(3 * FRAME_MS);
    const given: (number | null)[] = [];
    for (let i = 0; i < 7; i++) given.push(...(await next([1])).given);
    expect(given).toEqual([0, 0, 0, 3, 3, 3, 6]);
  });

  it('forgets ended tracks, and returns null where there is no answer yet', async () => {
    const { answers, next } = stream(1000);
    await next([1, 2]);
    answers.retain([2]);
    expect((await next([1, 2])).asked).toEqual([0]);
    expect(await answers.answer(calm([9]), 0, () => Promise.resolve([]))).toEqual([null]);
  });
});

describe('RecentAnswers asked ahead', () => {
  const five = [1, 2, 3, 4, 5];

  /** The second frame can ask ahead for `settled`; these answers are 10, those asked for later 20. */
  async function secondFrame(settled: readonly number[], same: readonly number[], { fails = false, looks = 1 } = {}) {
    const answers = new RecentAnswers<number>({ mostKnown: 2, leastAgeMs: 0 });
    await answers.answer(calm(five), 0, (indexes) => Promise.resolve(indexes.map(() => 0)));
    const asked: number[][] = [];
    const ask = (tracks: readonly number[], value: number) => (indexes: readonly number[]) => {
      asked.push(indexes.map((i) => tracks[i] ?? NaN));
      return fails ? Promise.reject(new Error('lost')) : Promise.resolve(indexes.map(() => value));
    };
    const held = [...five, 9];
    const seen = (tracks: readonly number[]) => tracks.map((track) => face(track, looks));
    answers.askAhead(seen(held), (index) => settled.includes(held[index] ?? NaN), FRAME_MS, ask(held, 10));
    const given = await answers.answer(seen(five), FRAME_MS, ask(five, 20), new Set(same));
    return { asked, given };
  }

  it('asks for no more faces per frame', async () => {
    expect(await secondFrame(five, five)).toEqual({ asked: [[1, 2]], given: [10, 10, 0, 0, 0] });
    expect(await secondFrame([2, 4], five)).toEqual({ asked: [[2], [1]], given: [20, 10, 0, 0, 0] });
    expect(await secondFrame(five, five, { looks: 0 })).toEqual({ asked: [[1]], given: [10, 0, 0, 0, 0] });
  });

  it('asks again where a track now follows another face', async () => {
    const { asked, given } = await secondFrame(five, [1, 3, 4, 5]);
    expect(asked).toEqual([[1, 2], [2]]);
    expect(given).toEqual([10, 20, 0, 0, 0]);
  });

  it('asks for no new face', async () => {
    expect((await secondFrame([9], five)).asked).toEqual([[1, 2]]);
  });

  it('gives a face that is never settled its turns, too', async () => {
    const answers = new RecentAnswers<number>({ mostKnown: 1, leastAgeMs: 0 });
    for (let frame = 0; frame < 8; frame++) {
      const ask = (indexes: readonly number[]) => Promise.resolve(indexes.map(() => frame));
      answers.askAhead(calm([1, 2]), (index) => index === 1, frame * FRAME_MS, ask);
      const given = await answers.answer(calm([1, 2]), frame * FRAME_MS, ask, new Set([1, 2]));
      if (frame > 1) expect(given.toSorted()).toEqual([frame - 1, frame]);
    }
  });

  it('drops what a failed frame has asked for', async () => {
    const answers = new RecentAnswers<number>({ mostKnown: 1, leastAgeMs: 50 });
    const ask = (value: number) => (indexes: readonly number[]) => Promise.resolve(indexes.map(() => value));
    await answers.answer(calm([1, 2]), 0, ask(0));
    answers.askAhead(calm([1, 2]), () => true, 60, ask(60));
    answers.askAhead(calm([1, 2]), () => false, 90, ask(90));
    expect(await answers.answer(calm([1, 2]), 90, ask(91), new Set([1, 2]))).toEqual([91, 0]);
  });

  it('reports a failure', async () => {
    await expect(secondFrame(five, five, { fails: true })).rejects.toThrow('lost');
  });
});
